"""How a process lives: it starts, runs until it is asked to stop, and stops cleanly; or says in a sentence why not."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

import uvloop

from runtime.errors import for_operator


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run `main` until it returns, or SIGINT or SIGTERM cancels it; its own `finally` blocks do the stopping.

    Raises:
        CannotStart: the system refused something that the operator can mend (a taken port, a missing folder).
        Refusal: as raised by `main`, also from within its task groups.
    """
    try:
        uvloop.run(_until_asked(main))
    except (OSError, BaseExceptionGroup) as error:
        if told := for_operator(error):
            raise told from error
        raise


async def _until_asked(main: Coroutine[Any, Any, None]) -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(main)
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, task.cancel)
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()
