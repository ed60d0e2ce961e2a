"""The shipper: every journal entry arrives once and in order, however often it is sent."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.chart.notes import SealedDraft
from domain.events.catalogue import encode
from domain.events.room import ConnectionOpened
from domain.ledger import chain
from runtime.clock import new_id, now
from signaling.journal.journal import ClosedRoom, Fact, Journal
from signaling.journal.shipper import Shipper
from store.chart import drafts
from store.database import Database
from store.ledger import facts as ledger
from store.room import leases, liveness
from store.room.liveness import Liveness
from tests import ledgers


def arrivals(evening: Any, count: int, stream: str = "room:x:1") -> list[Fact]:
    link, facts = chain.START, []
    for seq in range(1, count + 1):
        event = ConnectionOpened(
            id=new_id(), seq=seq, at=now(), session=evening.session, connection=new_id(), person=new_id(), role="client"
        )
        link = chain.link(link, encode(event))
        facts.append(Fact(ledger.row(event, evening.clinic, stream, link)))
    return facts


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    opened = Journal.open(tmp_path / "journal")
    running = asyncio.ensure_future(opened.run())
    yield opened
    running.cancel()
    await opened.close()


async def in_ledger(database: Database, stream: str = "room:x:1") -> list[str]:
    async with database.transaction() as tx:
        return [fact.event_id for fact in await ledgers.everything(tx) if fact.stream == stream]


async def test_everything_arrives_in_order_and_once(database: Database, evening: Any, journal: Journal) -> None:
    facts = arrivals(evening, 1_300)
    for fact in facts:
        journal.append(fact)
    await journal.flushed(journal.mark)
    shipper = Shipper(journal.folder, database)
    assert await shipper.ship_all() == 1_300
    assert await in_ledger(database) == [fact.row.event_id for fact in facts]
    assert await shipper.ship_all() == 0


async def test_a_shipper_that_died_before_it_noted_its_place_ships_again_without_effect(
    database: Database, evening: Any, journal: Journal
) -> None:
    facts = arrivals(evening, 10)
    for fact in facts:
        journal.append(fact)
    await journal.flushed(journal.mark)
    await Shipper(journal.folder, database).ship_all()
    (journal.folder / "shipped.json").unlink()
    assert await Shipper(journal.folder, database).ship_all() == 10
    assert len(await in_ledger(database)) == 10


async def test_the_next_process_ships_what_the_last_one_left(
    database: Database, evening: Any, journal: Journal
) -> None:
    first, second = arrivals(evening, 2)
    await journal.flushed(journal.append(first))
    await Shipper(journal.folder, database).ship_all()
    await journal.flushed(journal.append(second))
    assert await Shipper(journal.folder, database).ship_all() == 1
    assert len(await in_ledger(database)) == 2


async def test_drafts_and_evidence_only_grow(database: Database, evening: Any, journal: Journal) -> None:
    connection, later = new_id(), now()
    earlier = later - timedelta(seconds=5)
    for seen in (later, earlier):
        journal.append(Liveness(evening.clinic, evening.session, 1, connection, seen, "media"))
    for revision, sealed in ((2, b"newer"), (1, b"older")):
        at = later if revision == 2 else earlier
        dana = evening.people["dana"]
        journal.append(
            SealedDraft(evening.clinic, evening.session, None, "progress", dana, revision, at, "key", sealed)
        )
    await journal.flushed(journal.mark)
    await Shipper(journal.folder, database).ship_all()
    async with database.transaction() as tx:
        assert await liveness.of_session(tx, evening.clinic, evening.session) == {connection: later}
        (draft,) = await drafts.of_session(tx, evening.clinic, evening.session)
    assert draft.sealed == b"newer"


async def test_a_closed_room_is_free_for_the_next_epoch(database: Database, evening: Any, journal: Journal) -> None:
    async with database.transaction() as tx:
        assert await leases.take(tx, evening.clinic, evening.session, "node-a", now()) == 1
    await journal.flushed(journal.append(ClosedRoom(evening.session, 1, now(), evening.clinic)))
    await Shipper(journal.folder, database).ship_all()
    async with database.transaction() as tx:
        assert await leases.held_by(tx, "node-a") == []


async def test_reached_waits_for_the_database(database: Database, evening: Any, journal: Journal) -> None:
    shipper = Shipper(journal.folder, database)
    running = asyncio.ensure_future(shipper.run(journal))
    for fact in arrivals(evening, 5):
        journal.append(fact)
    async with asyncio.timeout(5):
        await shipper.reached(journal.mark)
    assert len(await in_ledger(database)) == 5
    running.cancel()
