"""A person in the room sends all they can: nobody else waits, and they are dismissed with the truth on record."""

import itertools
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode

from domain.events.room import ConnectionClosed as Closed
from runtime.clock import new_id, now
from signaling import messages as m
from signaling.door.gateway import Gateway
from signaling.door.limits import ARRIVALS_OF_PERSON
from signaling.media.fake import ANSWER, OFFER
from store.database import Database
from tests import ledgers
from tests.waiting import eventually

EVERYTHING: list[m.Request] = [
    m.Publish(offer=OFFER), m.Resubscribe(), m.Accept(offer_id=1, answer=ANSWER), m.View(cameras={}, screens={}),
    m.SetDevices(microphone=True, camera=False), m.SetDevices(microphone=False, camera=True), m.AdmitAll(),
]  # fmt: skip
QUICK_SECONDS, SLOWER = 1.0, 3
"""The most seconds to join and leave; on a busy machine, at most `SLOWER` times the time it took before."""


def flood(count: int) -> bytes:
    """This many messages of every kind, pings and junk, as they go over the wire."""
    frames = [Frame(Opcode.TEXT, msgspec.json.encode(request)) for request in EVERYTHING]
    frames += [Frame(Opcode.PING, b"?"), Frame(Opcode.TEXT, b"}"), Frame(Opcode.BINARY, b"\x00")]
    return b"".join(frame.serialize(mask=True) for frame in itertools.islice(itertools.cycle(frames), count))


@pytest.fixture
def closed(database: Database, evening: Any) -> Callable[[], Awaitable[list[Closed]]]:
    async def look() -> list[Closed]:
        async with database.transaction() as tx:
            return [fact.event for fact in await ledgers.of_session(tx, evening.session) if type(fact.event) is Closed]

    return look


async def seconds_of_coming_and_going(door: Any, who: str) -> float:
    began = time.perf_counter()
    async with door.enter(who) as person:
        await person.hear("welcomed")
        await person.say(type="leave")
        await person.hear("dismissed")
    return time.perf_counter() - began


async def test_a_flooder_is_dismissed_and_nobody_else_waits(
    door: Any, closed: Callable[[], Awaitable[list[Closed]]]
) -> None:
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        await dana.say(type="start_session")
        connection = (await pat.hear("welcomed"))["connection"]
        await dana.say(type="admit_all")
        await pat.see(here=True)
        before = await seconds_of_coming_and_going(door, "sam")
        pat.socket.transport.write(flood(30_000))
        for _ in range(3):
            assert await seconds_of_coming_and_going(door, "sam") < max(QUICK_SECONDS, SLOWER * before)
        dismissed = await pat.hear("dismissed")
        assert (dismissed["cause"], "more messages" in dismissed["sentence"]) == ("too_slow", True)

        async def lost() -> list[Closed]:
            return [fact for fact in await closed() if fact.connection == connection]

        (fact,) = await eventually(lost)
        assert fact.cause == "lost"


async def test_a_sender_who_never_reads_is_dropped(door: Any, closed: Callable[[], Awaitable[list[Closed]]]) -> None:
    async with connect(door.url, max_queue=1) as deaf:
        await deaf.send(msgspec.json.encode(m.Join(ticket=door.ticket("pat"))).decode())
        deaf.transport.pause_reading()
        deaf.transport.write(flood(2_000))
        (fact,) = await eventually(closed)
        assert fact.cause == "lost"
        deaf.transport.abort()


async def test_a_person_who_reconnects_too_often_is_asked_to_wait(door: Any) -> None:
    for _ in range(int(ARRIVALS_OF_PERSON.burst)):
        async with door.enter("pat") as pat:
            await pat.hear("welcomed")
    async with door.enter("pat") as pat, door.enter("sam") as sam:
        refused = await pat.hear("refused")
        assert (refused["code"], refused["closing"]) == ("too_many_attempts", True)
        await sam.hear("welcomed")


async def test_a_network_that_connects_too_often_is_refused_before_any_work_is_done() -> None:
    gateway = Gateway(None, None, now, new_id, lambda _: ())  # type: ignore[arg-type]  no handshake gets that far
    async with gateway.listen("127.0.0.1", 0, "http://localhost") as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        gateway._clock = lambda: 100.0
        while gateway._knocks.grant("127.0.0.1", 100.0):
            pass
        with pytest.raises(InvalidStatus) as turned_away:
            await connect(url)
        assert turned_away.value.response.status_code == 429
        async with connect(url, additional_headers={"X-Forwarded-For": "198.51.100.7"}) as neighbour:
            await neighbour.send("{}")
            assert msgspec.json.decode(await neighbour.recv())["code"] == "ticket_missing"
