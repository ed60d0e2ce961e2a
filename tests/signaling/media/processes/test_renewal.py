"""An operator's SIGHUP renews the media processes, and a running evening does not notice."""

import os
import signal
from functools import partial

from signaling.media.fake import FakeMedia
from signaling.media.processes.control import Begin
from signaling.media.processes.pool import MediaProcesses
from signaling.media.processes.renewal import renewed_on_request
from signaling.media.transport.peers import Listening
from tests.waiting import eventually

BEGIN = Begin(Listening("127.0.0.1", 0, ("127.0.0.1",)), 30.0, "info", "text")


async def others_run(engine: MediaProcesses, before: set[int]) -> bool:
    return not before & running(engine)


def running(engine: MediaProcesses) -> set[int]:
    return {remote.process.pid for remote in engine._running}


async def test_new_processes_take_over_at_each_signal() -> None:
    engine = await MediaProcesses.start(BEGIN, 1)
    async with renewed_on_request(engine):
        for _ in range(2):
            before = running(engine)
            os.kill(os.getpid(), signal.SIGHUP)
            await eventually(partial(others_run, engine, before), 20)
    await engine.close()


async def test_an_engine_without_processes_ignores_the_signal() -> None:
    before = signal.getsignal(signal.SIGHUP)
    async with renewed_on_request(FakeMedia()):
        assert signal.getsignal(signal.SIGHUP) == before
