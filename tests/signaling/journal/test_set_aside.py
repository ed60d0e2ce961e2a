"""An entry that the database refuses for ever is set aside as bytes, with its reason; later entries go on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.chart.notes import SealedDraft
from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.events.room import BreakEnded, BreakStarted, RoomClosed, RoomOpened
from domain.ledger import chain
from domain.ledger.verification import first_fault
from runtime.clock import new_id, now
from signaling.hosting.recovery import ship_and_close
from signaling.journal import segments
from signaling.journal.journal import ClosedRoom, Disk, Fact, Journal
from signaling.journal.shipper import REFUSED, Shipper
from store.chart import drafts
from store.database import Database
from store.ledger import chains, set_aside
from store.ledger import facts as ledger
from store.ledger.set_aside import Listed
from store.room import leases
from store.room.liveness import Liveness
from tests.signaling.epochs import epoch_of

FIRST = 1 << 32


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    opened = Journal.open(tmp_path / "journal")
    running = asyncio.ensure_future(opened.run())
    yield opened
    running.cancel()
    await opened.close()


def epoch(evening: Any, *, closed: bool = True) -> list[Fact]:
    """A room that opened, had a break, and closed."""
    events: list[Event] = [
        RoomOpened(at=now(), node="node-a", epoch=1), BreakStarted(at=now()), BreakEnded(at=now()),
        *([RoomClosed(at=now(), count=4)] if closed else []),
    ]  # fmt: skip
    link, facts = chain.START, []
    for number, bare in enumerate(events, 1):
        event = msgspec.structs.replace(bare, id=new_id(), seq=FIRST + number, session=evening.session)
        link = chain.link(link, encode(event))
        facts.append(Fact(ledger.row(event, evening.clinic, f"room:{evening.session}:1", link)))
    return facts


def unstorable(fact: Fact) -> Fact:
    """The same bytes, chained alike, in a row that fits no column."""
    return Fact(msgspec.structs.replace(fact.row, v=1 << 40))


def draft(evening: Any, revision: int, client: str | None = None) -> SealedDraft:
    dana = evening.people["dana"]
    return SealedDraft(evening.clinic, evening.session, client, "progress", dana, revision, now(), "key", b"sealed")


async def ship(journal: Journal, database: Database, *entries: Any) -> None:
    for entry in entries:
        journal.append(entry)
    await journal.flushed(journal.mark)
    await Shipper(journal.folder, database).ship_all()


async def aside_in(database: Database) -> list[Listed]:
    async with database.transaction() as tx:
        return await set_aside.listed(tx)


async def test_a_draft_whose_revision_fits_no_column_is_set_aside_and_the_others_go_on(
    database: Database, evening: Any, journal: Journal
) -> None:
    good = draft(evening, 7, evening.people["pat"])
    await ship(journal, database, draft(evening, 9_223_372_036_854_775_808), good, *epoch(evening))
    async with database.transaction() as tx:
        assert [one.revision for one in await drafts.of_session(tx, evening.clinic, evening.session)] == [7]
    assert len(await epoch_of(database, evening.session, 1)) == 4
    [kept] = await aside_in(database)
    assert (kept.kind, kept.session, kept.reason) == ("draft", evening.session, "DataError 22000")


@pytest.mark.parametrize("bad", [0, 1, 3])
async def test_a_refused_fact_keeps_its_place_and_the_chain_holds_through_it(
    database: Database, evening: Any, journal: Journal, bad: int
) -> None:
    facts = epoch(evening)
    await ship(journal, database, *facts[:bad], unstorable(facts[bad]), *facts[bad + 1 :])
    assert len(await epoch_of(database, evening.session, 1)) == 3
    [kept] = await aside_in(database)
    row = facts[bad].row
    assert (kept.kind, kept.session, kept.stream, kept.seq) == ("fact", evening.session, row.stream, row.seq)
    async with database.transaction() as tx:
        walked = await chains.facts(tx, evening.clinic, [row.stream])
        assert await set_aside.sessions(tx) == [evening.session]
    assert [(fact.seq, fact.body, fact.hash) for fact in walked] == [
        (fact.row.seq, fact.row.body, fact.row.hash) for fact in facts
    ]
    assert first_fault(walked) is None


async def test_a_stream_with_only_facts_set_aside_is_still_verified(
    database: Database, evening: Any, journal: Journal
) -> None:
    facts = epoch(evening)
    await ship(journal, database, *(unstorable(fact) for fact in facts))
    async with database.transaction() as tx:
        for session in (None, evening.session):
            names = [stream.name async for stream in chains.streams(tx, evening.clinic, session)]
            assert names == [f"plan:{evening.session}", facts[0].row.stream]
        assert first_fault(await chains.facts(tx, evening.clinic, names)) is None
        others = [stream.name async for stream in chains.streams(tx, evening.clinic, new_id())]
        assert others == []


async def test_an_altered_byte_of_a_fact_set_aside_is_found(
    database: Database, evening: Any, journal: Journal, owner_url: str
) -> None:
    facts = epoch(evening)
    await ship(journal, database, facts[0], unstorable(facts[1]), *facts[2:])
    async with Database.open(owner_url) as owner, owner.transaction() as tx:
        await tx.execute("UPDATE set_aside_entries SET body = body || ' '::bytea")
    async with database.transaction() as tx:
        fault = first_fault(await chains.facts(tx, evening.clinic, [facts[0].row.stream]))
    assert fault is not None and (fault.seq, fault.position) == (FIRST + 2, None)
    assert fault.wrong.startswith("its hash does not follow")


async def test_a_fact_whose_place_is_taken_is_set_aside_and_the_chain_is_the_others(
    database: Database, evening: Any, journal: Journal
) -> None:
    ours, theirs = epoch(evening), epoch(evening)
    async with database.transaction() as tx:
        await ledger.append(tx, [fact.row for fact in theirs])
    await ship(journal, database, ours[1], draft(evening, 1))
    [kept] = await aside_in(database)
    assert kept.reason == "another fact has this place in its stream"
    async with database.transaction() as tx:
        walked = await chains.facts(tx, evening.clinic, [ours[0].row.stream])
    assert [fact.body for fact in walked] == [fact.row.body for fact in theirs]
    assert first_fault(walked) is None


async def test_any_kind_of_entry_may_be_refused_and_shipping_again_sets_nothing_aside_twice(
    database: Database, evening: Any, journal: Journal
) -> None:
    bad = [
        Liveness(evening.clinic, evening.session, 1, "no id at all", now(), "media"),
        ClosedRoom(evening.session, 1 << 70 >> 7, now(), evening.clinic),
        SealedDraft(evening.clinic, "tonight", None, "progress", "dana", 1, now(), "key", b""),
        SealedDraft(evening.clinic, new_id(), None, "progress", evening.people["dana"], 1, now(), "k\x00", b""),
    ]
    await ship(journal, database, *bad, *epoch(evening))
    assert sorted(kept.kind for kept in await aside_in(database)) == ["closed_room", "draft", "draft", "evidence"]
    (journal.folder / "shipped.json").unlink()
    await Shipper(journal.folder, database).ship_all()
    assert len(await aside_in(database)) == 4
    assert len(await epoch_of(database, evening.session, 1)) == 4


async def test_an_entry_of_another_release_is_set_aside_as_it_is(
    database: Database, evening: Any, journal: Journal
) -> None:
    strange = msgspec.msgpack.encode({"type": "of_tomorrow", "session": evening.session})
    segments.path_of(journal.folder, 1).write_bytes(segments.frame(strange))
    (later := segments.path_of(journal.folder, 2)).write_bytes(b"")
    later.write_bytes(b"".join(segments.frame(msgspec.msgpack.encode(fact)) for fact in epoch(evening)))
    await Shipper(journal.folder, database).ship_all()
    assert [kept.kind for kept in await aside_in(database)] == ["unreadable"]
    assert len(await epoch_of(database, evening.session, 1)) == 4


async def test_a_damaged_segment_is_set_aside_from_the_damage_on_and_the_next_is_shipped(
    database: Database, evening: Any, tmp_path: Path
) -> None:
    journal = Journal.open(tmp_path / "journal", Disk(segment_bytes=1))
    running = asyncio.ensure_future(journal.run())
    for fact in epoch(evening):
        await journal.flushed(journal.append(fact))
    damaged = segments.path_of(journal.folder, 2)
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    await Shipper(journal.folder, database).ship_all()
    running.cancel()
    await journal.close()
    assert [kept.reason for kept in await aside_in(database)] == ["the journal is damaged here"]
    assert [fact.seq - FIRST for fact in await epoch_of(database, evening.session, 1)] == [1, 3, 4]


async def test_a_dead_nodes_last_segment_that_is_damaged_in_its_middle_loses_one_fact_and_its_stream_is_closed(
    database: Database, evening: Any, tmp_path: Path
) -> None:
    async with database.transaction() as tx:
        await leases.take(tx, evening.clinic, evening.session, "node-a", now())
    journal = Journal.open(tmp_path / "dead")
    for fact in epoch(evening, closed=False):
        journal.append(fact)
    await journal.close()
    segment = segments.path_of(journal.folder, 1)
    segment.write_bytes(segment.read_bytes().replace(b"break.started", b"break.starred", 1))
    await ship_and_close(journal.folder, database, now())
    stream = await epoch_of(database, evening.session, 1)
    assert [(fact.seq - FIRST, fact.type) for fact in stream] == [
        (1, "room.opened"), (3, "break.ended"), (4, "room.closed")
    ]  # fmt: skip
    [kept] = await aside_in(database)
    assert kept.reason == "the journal is damaged here"


async def test_entries_that_the_first_release_set_aside_in_a_file_join_the_others(
    database: Database, evening: Any, journal: Journal
) -> None:
    [fact, *_] = epoch(evening)
    (journal.folder / REFUSED).write_bytes(segments.frame(msgspec.msgpack.encode(fact)))
    await Shipper(journal.folder, database).ship_all()
    assert [kept.seq for kept in await aside_in(database)] == [fact.row.seq]
    assert not (journal.folder / REFUSED).exists()


async def test_a_dead_nodes_journal_is_shipped_around_it_and_what_it_left_open_is_closed_behind_it(
    database: Database, evening: Any, tmp_path: Path
) -> None:
    async with database.transaction() as tx:
        await leases.take(tx, evening.clinic, evening.session, "node-a", now())
    facts = epoch(evening, closed=False)
    journal = Journal.open(tmp_path / "dead")
    for entry in (*facts[:2], unstorable(facts[2]), draft(evening, 1 << 63)):
        journal.append(entry)
    await journal.close()
    await ship_and_close(tmp_path / "dead", database, now())
    stream = await epoch_of(database, evening.session, 1)
    assert [fact.seq - FIRST for fact in stream] == [1, 2, 4]
    assert (last := stream[-1].event) and isinstance(last, RoomClosed) and last.count == 4
    async with database.transaction() as tx:
        assert first_fault(await chains.facts(tx, evening.clinic, [stream[0].stream])) is None
    assert sorted(kept.kind for kept in await aside_in(database)) == ["draft", "fact"]
