"""Each room is on the least loaded process; when one dies, its seats are lost and come back on another."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial

import pytest

from bots import clip
from bots.clip import Clip
from bots.media import Publisher
from domain.errors import MediaRefused
from signaling.media.engine import FeedId, Lost, MediaEvent, Published, Seat, Unpublished
from signaling.media.processes.control import Begin
from signaling.media.processes.pool import MediaProcesses
from signaling.media.transport.peers import Listening
from tests.sharing import free_port
from tests.waiting import eventually

BEGIN = Begin(Listening("127.0.0.1", 0, ("127.0.0.1",)), 30.0, "info", "text")
PAT = Seat("evening", "pat")
FEEDS = (FeedId("pat", "audio"), FeedId("pat", "video"))


@pytest.fixture(scope="module")
def short_clip() -> Clip:
    return clip.make(0)


@pytest.fixture
async def engine() -> AsyncIterator[MediaProcesses]:
    engine = await MediaProcesses.start(BEGIN, 2)
    await engine.open_room("evening")
    await engine.open_room("morning")
    yield engine
    await engine.close()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def publish(engine: MediaProcesses, stack: AsyncExitStack, short_clip: Clip, seat: Seat = PAT) -> None:
    publisher = Publisher(short_clip)
    await stack.enter_async_context(publisher.sending(await engine.publish(seat, publisher.offer)))


async def next_of(engine: MediaProcesses, *kinds: type) -> MediaEvent:
    async with asyncio.timeout(10):
        async for event in engine.events():
            if isinstance(event, kinds):
                return event
    raise AssertionError("the events ended")


def process_of(engine: MediaProcesses, room: str) -> int:
    place = engine._places[room]
    assert place is not None
    return place.process.pid


async def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def is_gone(process: int) -> bool:
    return not await runs(process)


async def test_rooms_are_placed_whole_and_on_different_processes(engine, stack, short_clip) -> None:
    await publish(engine, stack, short_clip)
    assert isinstance(await next_of(engine, Published), Published)
    await publish(engine, stack, short_clip, Seat("morning", "sam"))
    await publish(engine, stack, short_clip, Seat("evening", "dana"))
    assert process_of(engine, "evening") != process_of(engine, "morning")
    assert set(await engine.statistics("evening")) == {"pat", "dana"}


async def test_when_a_process_dies_its_seats_are_lost_and_come_back_within_two_seconds(
    engine, stack, short_clip
) -> None:
    await publish(engine, stack, short_clip)
    await next_of(engine, Published)
    dead = process_of(engine, "evening")
    async with asyncio.timeout(2):
        assert await engine.subscribe(Seat("evening", "dana"), FEEDS) is not None
        os.kill(dead, signal.SIGKILL)
        assert await next_of(engine, Lost, Unpublished) == Lost(PAT, "publish")
        assert await next_of(engine, Lost, Unpublished) == Unpublished(PAT, FEEDS)
        assert await next_of(engine, Lost, Unpublished) == Lost(Seat("evening", "dana"), "subscribe")
        await publish(engine, stack, short_clip)
        assert await next_of(engine, Published) == Published(PAT, FEEDS)
    assert process_of(engine, "evening") != dead


async def test_other_rooms_do_not_notice_and_the_dead_process_is_replaced(engine, stack, short_clip) -> None:
    await publish(engine, stack, short_clip)
    await publish(engine, stack, short_clip, Seat("morning", "sam"))
    alive = process_of(engine, "morning")
    os.kill(process_of(engine, "evening"), signal.SIGKILL)
    await next_of(engine, Lost)
    await eventually(lambda: _both(engine), 10)
    assert process_of(engine, "morning") == alive
    assert set(await engine.statistics("morning")) == {"sam"}


async def _both(engine: MediaProcesses) -> bool:
    return len(engine._running) == 2


async def test_a_request_that_a_dying_process_leaves_unanswered_goes_to_the_next(engine, stack, short_clip) -> None:
    await publish(engine, stack, short_clip)
    os.kill(process_of(engine, "evening"), signal.SIGSTOP)
    asking = asyncio.ensure_future(engine.publish(PAT, Publisher(short_clip).offer))
    await asyncio.sleep(0)
    os.kill(process_of(engine, "evening"), signal.SIGKILL)
    assert (await asyncio.wait_for(asking, 5)).startswith("v=0")


async def test_a_renewal_disturbs_nobody_and_the_old_processes_end_with_their_rooms(engine, stack, short_clip) -> None:
    await publish(engine, stack, short_clip)
    await next_of(engine, Published)
    old, before = process_of(engine, "evening"), [remote.process.pid for remote in engine._running]
    (idle,) = (process for process in before if process != old)
    await engine.renew()
    await eventually(partial(is_gone, idle), 10)
    assert process_of(engine, "evening") == old
    await publish(engine, stack, short_clip, Seat("morning", "sam"))
    assert process_of(engine, "morning") not in before
    await engine.close_room("evening")
    await eventually(partial(is_gone, old), 10)


async def test_a_second_renewal_moves_the_remaining_rooms(engine, stack, short_clip) -> None:
    await publish(engine, stack, short_clip)
    await next_of(engine, Published)
    old = process_of(engine, "evening")
    await engine.renew()
    renewed = {remote.process.pid for remote in engine._running}
    async with asyncio.timeout(2):
        await engine.renew()
        assert await next_of(engine, Lost, Unpublished) == Lost(PAT, "publish")
        await publish(engine, stack, short_clip)
        await next_of(engine, Published)
    assert process_of(engine, "evening") in renewed
    await eventually(partial(is_gone, old), 10)


async def test_a_renewal_without_free_ports_leaves_everything_as_it_was(stack, short_clip) -> None:
    first = free_port()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", first + 1))
        begin = Begin(Listening("127.0.0.1", first, ("127.0.0.1",)), 30.0, "info", "text")
        engine = await MediaProcesses.start(begin, 1)
        before = list(engine._running)
        with pytest.raises(OSError, match="could not listen"):
            await engine.renew()
        assert engine._running == before
        await engine.close()


async def test_a_refusal_of_the_engine_keeps_its_sentence(engine) -> None:
    with pytest.raises(MediaRefused, match="media section"):
        await engine.publish(PAT, "hello")


async def test_closing_ends_every_process(stack, short_clip) -> None:
    engine = await MediaProcesses.start(BEGIN, 2)
    processes = [remote.process.pid for remote in engine._running]
    await engine.close()
    assert [await is_gone(process) for process in processes] == [True, True]
    assert [event async for event in engine.events()] == []


async def test_a_taken_port_is_an_os_error() -> None:
    engine = await MediaProcesses.start(BEGIN, 1)
    (remote,) = engine._running
    taken = Begin(Listening("127.0.0.1", remote.port, ("127.0.0.1",)), 30.0, "info", "text")
    with pytest.raises(OSError, match="could not listen"):
        await MediaProcesses.start(taken, 1)
    await engine.close()
