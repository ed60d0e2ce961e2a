"""The life of a process: it starts, runs until it is asked to stop, and stops cleanly; or one sentence says why not."""

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine
from typing import Any

import uvloop

from runtime.errors import for_operator

FAILED = 1
"""The exit code of a process that met a bug, or lost something that it needs."""
END_SECONDS = 3.0
"""Seconds until a process whose work has failed is ended by force."""


class LastResort:
    """Ends this process if it does not end by itself.

    A thread that waits for a broken disk, or a socket that does not close, would keep it alive for ever.
    """

    def __init__(self, seconds: float = END_SECONDS) -> None:
        self._timer = threading.Timer(seconds, os._exit, (FAILED,))
        self._timer.daemon = True

    def start(self) -> None:
        """Start the countdown: the process has to end."""
        self._timer.start()

    def cancel(self) -> None:
        """Stop the countdown: the process ended by itself, or never had to."""
        self._timer.cancel()


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run `main` until it returns, or SIGINT or SIGTERM cancels it; its own `finally` blocks stop its work.

    Raises:
        CannotStart: the system refused something that the operator can fix (a taken port, a missing folder).
        Refusal: raised by `main`, also inside its task groups.
    """
    last_resort = LastResort()
    try:
        uvloop.run(_until_asked(main, last_resort))
    except (OSError, BaseExceptionGroup) as error:
        if known := for_operator(error):
            raise known from error
        raise
    finally:
        last_resort.cancel()


async def _until_asked(main: Coroutine[Any, Any, None], last_resort: LastResort) -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.get_running_loop().create_task(main, name="main")
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, task.cancel)
    await asyncio.wait([task])
    if not task.cancelled():
        if task.exception() is not None:
            last_resort.start()
        task.result()
