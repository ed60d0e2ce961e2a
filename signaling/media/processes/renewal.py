"""Renewal of the media processes while people talk, at the operator's SIGHUP."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator

from signaling.media.engine import MediaEngine
from signaling.media.processes.pool import MediaProcesses

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def renewed_on_request(engine: MediaEngine) -> AsyncIterator[None]:
    """At each SIGHUP, start new media processes; an engine without processes ignores the signal."""
    if not isinstance(engine, MediaProcesses):
        yield
        return
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGHUP, asked.set)
    try:
        async with asyncio.TaskGroup() as tasks:
            renewing = tasks.create_task(_renew_whenever(asked, engine), name="media: renewal")
            yield
            renewing.cancel()
    finally:
        loop.remove_signal_handler(signal.SIGHUP)


async def _renew_whenever(asked: asyncio.Event, engine: MediaProcesses) -> None:
    while await asked.wait():
        asked.clear()
        try:
            await engine.renew()
        except (OSError, TimeoutError):
            log.exception("the media processes could not be renewed; the old ones go on")
        else:
            log.info("the media processes were renewed")
