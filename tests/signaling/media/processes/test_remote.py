"""A process that is gone fails all waiting requests."""

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest

from signaling.media.engine import MediaEvent
from signaling.media.processes import control
from signaling.media.processes.control import Begin
from signaling.media.processes.remote import ProcessGone, Remote
from signaling.media.transport.peers import Listening

BEGIN = Begin(Listening("127.0.0.1", 0, ("127.0.0.1",)), 30.0, "info", "text")


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    remote = await Remote.start(BEGIN)
    yield remote
    await remote.stop()


async def test_a_request_to_a_dead_process_fails(remote: Remote) -> None:
    events: list[MediaEvent] = []
    running = asyncio.ensure_future(remote.run(events.append))
    await remote.ask(control.OpenRoom("evening"))
    remote.process.send_signal(signal.SIGSTOP)
    waiting = asyncio.ensure_future(remote.ask(control.CountPackets("evening")))
    await asyncio.sleep(0)
    remote.process.kill()
    with pytest.raises(ProcessGone):
        await asyncio.wait_for(waiting, 5)
    await running
    with pytest.raises(ProcessGone):
        await remote.ask(control.CountPackets("evening"))


async def test_a_process_ends_with_its_line_and_not_by_the_terminal_s_keys(remote: Remote) -> None:
    running = asyncio.ensure_future(remote.run(lambda _: None))
    remote.process.send_signal(signal.SIGINT)
    remote.process.send_signal(signal.SIGTERM)
    await remote.ask(control.OpenRoom("evening"))
    remote.hang_up()
    assert await asyncio.wait_for(remote.process.wait(), 5) == 0
    await running
