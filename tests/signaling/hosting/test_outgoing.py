"""A slow socket delays itself, never the room."""

import asyncio
from datetime import UTC, datetime

import msgspec
import pytest

from domain.errors import TooSlow
from signaling.hosting.outgoing import CAPACITY, Outgoing
from signaling.messages import Answered, AttendanceCounted

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


async def test_messages_leave_in_order() -> None:
    outgoing = Outgoing()
    outgoing.put(Answered(answer="one"))
    outgoing.put(Answered(answer="two"))
    outgoing.close()
    sent = [await outgoing.next() for _ in range(3)]
    assert [msgspec.json.decode(data)["answer"] for data in sent[:2] if data] == ["one", "two"]
    assert sent[2] is None


async def test_a_newer_picture_replaces_the_one_that_waits() -> None:
    outgoing = Outgoing()
    for minute in range(1000):
        outgoing.put(AttendanceCounted(now=SIX.replace(minute=minute % 60), clients=()))
    outgoing.close()
    last = await outgoing.next()
    assert last is not None
    assert msgspec.json.decode(last)["now"] == "2026-09-15T22:39:00Z"
    assert await outgoing.next() is None


async def test_a_socket_with_too_many_unsent_messages_is_too_slow() -> None:
    outgoing = Outgoing()
    for _ in range(CAPACITY):
        outgoing.put(Answered(answer="v=0"))
    with pytest.raises(TooSlow):
        outgoing.put(Answered(answer="v=0"))


async def test_messages_after_the_close_are_ignored() -> None:
    outgoing = Outgoing()
    outgoing.close()
    outgoing.put(Answered(answer="late"))
    assert await outgoing.next() is None


async def test_one_request_for_a_sign_causes_one_ping() -> None:
    outgoing = Outgoing()
    outgoing.ask_for_sign()
    await outgoing.sign_wanted()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await outgoing.sign_wanted()
