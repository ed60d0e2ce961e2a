"""The holder of a dead node's journal closes its streams, so that no statement waits for them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.attendance.facts import counted
from domain.events.catalogue import AnyEvent
from domain.events.room import ConnectionClosed, ConnectionOpened, ConnectionSeen, RoomClosed, RoomOpened
from domain.ledger import chain
from domain.ledger.chain import RULES, Rule
from domain.ledger.streams import numbered, room_stream
from runtime.clock import new_id, now
from runtime.errors import CannotStart
from signaling.hosting.recovery import last_effects, room_from_facts, ship_and_close
from signaling.hosting.stream import Stream
from signaling.journal.journal import Entry, Journal
from signaling.room.effects import Record
from store.database import Database
from store.ledger import facts as ledger
from store.room import leases as rooms
from store.room.leases import LeftOpen
from store.room.liveness import Liveness
from tests import ledgers
from tests.signaling.epochs import SEEN, epoch_of, is_whole, left_open
from tests.signaling.stories import PLAN, at, facts, group
from tests.workers.poison import Owner


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


async def test_facts_on_the_disk_of_a_taken_over_node_count_and_its_stream_is_whole(
    evening: Any, database: Database, door_of: Any
) -> None:
    connection = await left_open(database, evening, "node-a")
    await taken_over(database, evening)
    async with door_of():
        pass
    stream = await epoch_of(database, evening.session, 1)
    seen, closed = (fact.event for fact in stream[-2:])
    assert isinstance(seen, ConnectionSeen)
    assert (seen.connection, seen.at, closed.at) == (connection, SEEN, SEEN)
    assert is_whole(stream)
    async with database.transaction() as tx:
        assert not counted(fact.event for fact in await ledgers.of_session(tx, evening.session)).stale


async def taken_over(database: Database, evening: Any) -> None:
    """Another node has the room now."""
    opened = RoomOpened(id=new_id(), seq=numbered(2, 1), at=now(), session=evening.session, node="b", epoch=2)
    stream = Stream(room_stream(evening.session, 2), evening.clinic, new_id)
    async with database.transaction() as tx:
        await rooms.close(tx, evening.clinic, evening.session, 1, now())
        await ledger.append(tx, [stream.fact(Record(opened, None)).row])


async def dead_disk(folder: Path, database: Database, evening: Any, rule: Rule) -> None:
    """An unshipped journal: Sam came in while the database was away, and the node died."""
    begun = chain.End(rule=rule)
    stream, name = Stream(room_stream(evening.session, 1), evening.clinic, new_id, begun), "node-dead"
    about = {"session": evening.session, "at": SEEN - timedelta(seconds=9)}
    opened: list[Any] = [
        RoomOpened(**about, seq=numbered(1, 1), node=name, epoch=1),
        ConnectionOpened(**about, seq=numbered(1, 2), connection=SAM, person=evening.people["sam"], role="client"),
    ]
    async with database.transaction() as tx:
        await rooms.take(tx, evening.clinic, evening.session, name, SEEN - timedelta(seconds=9))
    entries: list[Entry] = [stream.fact(Record(fact, None)) for fact in opened]
    journal = Journal.open(folder)
    for entry in (*entries, Liveness(evening.clinic, evening.session, 1, SAM, SEEN, "media")):
        journal.append(entry)
    await journal.close()


SAM = new_id()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("taken", [False, True])
async def test_a_dead_nodes_disk_is_shipped_and_its_open_epochs_are_closed_once(
    evening: Any, database: Database, tmp_path: Path, taken: bool, rule: Rule
) -> None:
    """The same for an older release's stream, which keeps the rule it began with."""
    await dead_disk(tmp_path / "disk", database, evening, rule)
    if taken:
        await taken_over(database, evening)
    shipped = await ship_and_close(tmp_path / "disk", database, now())
    stream = await epoch_of(database, evening.session, 1)
    assert is_whole(stream)
    assert chain.rule_of(stream[0].body.encode(), stream[0].hash) == rule
    end = stream[2].event
    if taken:
        assert isinstance(end, ConnectionSeen)
        assert (end.connection, end.at) == (SAM, SEEN)
    else:
        assert isinstance(end, ConnectionClosed)
        assert (end.connection, end.cause, end.last_seen) == (SAM, "lost", SEEN)
    assert shipped == len(stream) + 2, "the evidence, and that the room is free"
    assert await ship_and_close(tmp_path / "disk", database, now()) == 0
    assert await epoch_of(database, evening.session, 1) == stream


async def test_another_nodes_rooms_are_left_alone(evening: Any, database: Database, tmp_path: Path) -> None:
    await left_open(database, evening, "node-b")
    await Journal.open(tmp_path / "disk").close()
    assert await ship_and_close(tmp_path / "disk", database, now()) == 0


async def test_the_journal_of_a_node_that_runs_is_not_shipped_for_it(database: Database, tmp_path: Path) -> None:
    running = Journal.open(tmp_path / "disk")
    with pytest.raises(CannotStart):
        await ship_and_close(tmp_path / "disk", database, now())
    await running.close()


def test_evidence_from_after_the_takeover_is_no_evidence() -> None:
    events: list[AnyEvent] = [PLAN, *group().facts]
    events.append(RoomOpened(id="next", seq=numbered(2, 1), at=at(40), session="evening", node="b", epoch=2))
    left = LeftOpen("evening", 1, "clinic", "room:evening:1", at(-10), taken_over=True)
    last = facts(last_effects(left, events, {"pat-phone": at(30), "dana-laptop": at(41)}, at(90)))
    seen = [(fact.connection, fact.at) for fact in last if isinstance(fact, ConnectionSeen)]
    assert seen == [("pat-phone", at(30))]
    assert isinstance(last[-1], RoomClosed)
    assert (last[-1].at, last[-1].count) == (at(30), len(events) - 2 + len(last))


def test_facts_that_a_node_recorded_after_its_room_was_taken_do_not_count() -> None:
    first = [msgspec.structs.replace(fact, id=str(fact.seq)) for fact in group().facts]
    events: list[AnyEvent] = [PLAN, *first]
    events.append(RoomOpened(id="next", seq=numbered(2, 1), at=at(0.5), session="evening", node="b", epoch=2))
    assert room_from_facts(events, 2).standing.admitted == {"dana"}, "Pat was let in by the old node a moment too late"


async def test_a_stream_with_an_unreadable_fact_is_closed_after_that_fact_s_number(
    evening: Any, database: Database, door_of: Any, owner_url: str
) -> None:
    """The unreadable fact is Pat's opening, the last of the stream: the end is chained and numbered after it."""
    await left_open(database, evening, "node-a")
    await Owner(owner_url).poison(evening.session, -1)
    async with door_of():
        pass
    stream = await epoch_of(database, evening.session, 1)
    last = stream[-1].event
    assert isinstance(last, RoomClosed)
    assert (len(stream), last.count, last.seq) == (3, 3, numbered(1, 3))
    assert chain.link(stream[-2].hash, stream[-1].body.encode()) == stream[-1].hash


async def test_a_node_starts_even_if_one_session_cannot_be_closed(
    evening: Any, database: Database, door_of: Any, owner_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    await left_open(database, evening, "node-a")
    await Owner(owner_url).poison(evening.session, 0)
    async with door_of() as door, door.enter("dana", "facilitator") as dana:
        refused = await dana.hear("refused")
    assert (refused["code"], "no plan" in refused["sentence"]) == ("not_found", True)
    assert "an epoch that was left open cannot be closed; the others go on" in caplog.messages
