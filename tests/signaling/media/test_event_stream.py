"""Events come out in order; with nobody listening, memory stays bounded and no fact is lost."""

import asyncio
from datetime import UTC, datetime

from signaling.media.engine import Connected, Seat, Speaking, Witnessed
from signaling.media.event_stream import MAX_WAITING, EventStream

PAT = Seat("room", "pat")
EVENING = datetime(2026, 3, 2, 18, tzinfo=UTC)


async def test_events_come_in_the_order_of_emission() -> None:
    stream = EventStream()
    events = [Connected(PAT, "publish"), Witnessed(PAT, EVENING), Connected(PAT, "subscribe")]
    for event in events:
        stream.emit(event)
    stream.close()
    assert [event async for event in stream.read()] == events


async def test_a_listener_waits_for_the_next_event() -> None:
    stream = EventStream()
    reading = asyncio.create_task(anext(stream.read()))
    await asyncio.sleep(0)
    assert not reading.done()
    stream.emit(Connected(PAT, "publish"))
    assert await reading == Connected(PAT, "publish")


async def test_with_too_many_unread_only_events_that_repeat_are_dropped() -> None:
    stream = EventStream()
    for _ in range(MAX_WAITING):
        stream.emit(Witnessed(PAT, EVENING))
    stream.emit(Speaking("room", ("pat",)))
    stream.emit(Witnessed(PAT, EVENING))
    stream.emit(Connected(PAT, "publish"))
    stream.close()
    events = [event async for event in stream.read()]
    assert len(events) == MAX_WAITING + 1
    assert events[-1] == Connected(PAT, "publish")
