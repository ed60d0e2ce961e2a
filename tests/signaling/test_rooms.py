"""Rooms outlive their node: what it had open is closed at the last evidence, and the evening goes on."""

import contextlib
from datetime import timedelta
from typing import Any

from domain import chain
from domain.events import ConnectionClosed, ConnectionOpened, RoomClosed, RoomOpened, encode
from runtime.clock import new_id, now
from signaling.rooms import present_elsewhere
from store import ledger, liveness, rooms
from store.database import Database
from store.ledger import Recorded
from tests.waiting import eventually


async def epoch_of(database: Database, session: str, epoch: int) -> list[Recorded]:
    """The stream of one epoch, as the ledger has it."""
    async with database.transaction() as tx:
        return [fact for fact in await ledger.of_session(tx, session) if fact.stream == f"room:{session}:{epoch}"]


def is_whole(stream: list[Recorded]) -> bool:
    """Chained without a break, and closed with the right count."""
    last = stream[-1].event
    unbroken = chain.first_broken([(fact.body.encode(), fact.hash) for fact in stream]) is None
    return unbroken and isinstance(last, RoomClosed) and last.count == len(stream)


async def left_open(database: Database, evening: Any, node: str) -> str:
    """What a node leaves that dies with Pat in its room; returns Pat's connection."""
    connection, pat = new_id(), evening.people["pat"]
    opening = now() - timedelta(seconds=20)
    facts = [
        RoomOpened(id=new_id(), seq=(1 << 32) + 1, at=opening, session=evening.session, node=node, epoch=1),
        ConnectionOpened(
            id=new_id(), seq=(1 << 32) + 2, at=opening, session=evening.session,
            connection=connection, person=pat, role="client",
        ),
    ]  # fmt: skip
    link, rows = chain.START, []
    for fact in facts:
        link = chain.link(link, encode(fact))
        rows.append(ledger.row(fact, evening.clinic, f"room:{evening.session}:1", link))
    async with database.transaction() as tx:
        await rooms.take(tx, evening.session, evening.clinic, node, opening)
        evidence = liveness.Liveness(evening.clinic, evening.session, 1, connection, SEEN, "media")
        await liveness.save(tx, evidence)
        await ledger.append(tx, rows)
    return connection


SEEN = now().replace(microsecond=0) - timedelta(seconds=7)


async def test_a_node_back_from_a_crash_closes_its_stream_at_the_last_evidence(
    evening: Any, database: Database, door_of: Any
) -> None:
    connection = await left_open(database, evening, "node-a")
    async with door_of():
        pass
    stream = await epoch_of(database, evening.session, 1)
    (lost,) = [fact.event for fact in stream if isinstance(fact.event, ConnectionClosed)]
    assert (lost.connection, lost.cause, lost.last_seen) == (connection, "lost", SEEN)
    assert is_whole(stream)


async def test_another_node_takes_a_dead_nodes_room_and_closes_what_it_left_open(
    evening: Any, database: Database, door_of: Any
) -> None:
    connection = await left_open(database, evening, "node-dead")
    async with door_of() as door:

        async def let_in() -> bool:
            async with door.enter("dana", "facilitator") as dana:
                return bool((await dana.hear("welcomed", "refused"))["type"] == "welcomed")

        assert not await let_in(), "a node that has just come cannot know who is dead"
        await eventually(let_in)
    stream = await epoch_of(database, evening.session, 2)
    assert isinstance(stream[0].event, RoomOpened)
    closed = [fact.event for fact in stream if isinstance(fact.event, ConnectionClosed)]
    assert (closed[0].connection, closed[0].cause, closed[0].last_seen) == (connection, "lost", SEEN)
    assert is_whole(stream)


async def test_a_living_nodes_room_is_not_taken(evening: Any, database: Database, door_of: Any) -> None:
    await left_open(database, evening, "node-b")
    async with database.transaction() as tx:
        await rooms.renew_lease(tx, "node-b", "ws://nowhere", 1)
    async with door_of() as door, door.enter("dana", "facilitator") as dana:
        assert (await dana.hear("refused"))["code"] == "rooms_unavailable"


async def test_a_node_that_stops_moves_everybody_and_they_resume_on_the_next(
    evening: Any, database: Database, door_of: Any
) -> None:
    async with contextlib.AsyncExitStack() as people:
        async with door_of() as door:
            dana = await people.enter_async_context(door.enter("dana", "facilitator"))
            first = await dana.hear("welcomed")
        assert (await dana.hear("dismissed"))["cause"] == "moved"
    async with door_of() as door, door.socket() as dana:
        await dana.say(type="resume_session", token=first["resume"], replaces=first["connection"])
        await dana.hear("welcomed")
        await dana.see(here=True)
    first_epoch = await epoch_of(database, evening.session, 1)
    (moved,) = [fact.event for fact in first_epoch if isinstance(fact.event, ConnectionClosed)]
    assert moved.cause == "moved"
    assert is_whole(first_epoch)
    assert is_whole(await epoch_of(database, evening.session, 2))


async def test_people_of_one_session_share_one_room_however_they_come(
    evening: Any, database: Database, door_of: Any
) -> None:
    async with door_of() as door, door.enter("dana", "facilitator") as dana, door.enter("pat"), door.enter("sam"):

        async def both_wait() -> bool:
            return len((await dana.hear("room_changed"))["waiting"]) == 2

        await eventually(both_wait)
    assert await epoch_of(database, evening.session, 2) == []


def test_whoever_is_in_another_room_too_is_elsewhere() -> None:
    present = [frozenset({"pat", "sam"}), frozenset({"pat"}), frozenset({"lee"})]
    assert list(present_elsewhere(present)) == [{"pat", "lee"}, {"pat", "sam", "lee"}, {"pat", "sam"}]
