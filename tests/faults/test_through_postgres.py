"""An evening's disks go through the real journal, shipper, Postgres and workers: late, doubled, in pieces."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.attendance.facts import SessionFacts, plan_of
from signaling.journal.journal import Entry, Journal
from signaling.journal.shipper import Shipper
from store.database import Database
from store.ledger import facts as ledger
from store.ledger.facts import LedgerRow
from tests import ledgers
from tests.faults.simulated.clinic import Clinic, Scale
from tests.faults.simulated.live_room import CLINIC
from tests.ledgers import consume, records_of
from workers.attendance import CONSUMER
from workers.rebuild import rebuild

SCALE = Scale(sessions=3, clients=7)


class Disk:
    """One node's journal, written in pieces and shipped by several processes."""

    def __init__(self, folder: Path, entries: list[Entry], chance: Random) -> None:
        self._folder, self._left, self._chance = folder, entries, chance

    async def happens(self, database: Database) -> None:
        """Write a piece, ship one, or lose the note of the position, so that everything is shipped again."""
        match self._chance.randrange(3):
            case 0:
                await self._write(self._left[: self._chance.randrange(1, 120)])
            case 1:
                await Shipper(self._folder, database).ship_once()
            case 2:
                (self._folder / "shipped.json").unlink(missing_ok=True)

    async def is_done(self, database: Database) -> None:
        """Write and ship the rest."""
        await self._write(self._left)
        await Shipper(self._folder, database).ship_all()

    async def _write(self, piece: list[Entry]) -> None:
        self._left = self._left[len(piece) :]
        async with _writing(self._folder) as journal:
            for entry in piece:
                journal.append(entry)


@contextlib.asynccontextmanager
async def _writing(folder: Path) -> AsyncIterator[Journal]:
    """A process that opens the journal that the last one left, and flushes before it ends."""
    journal = Journal.open(folder)
    running = asyncio.ensure_future(journal.run())
    try:
        yield journal
        await journal.flushed(journal.mark)
    finally:
        running.cancel()
        await journal.close()


@pytest.fixture(params=[4, 6])
async def evening(request: pytest.FixtureRequest, database: Database) -> Clinic:
    """A small clinic after its evening, with the servers' facts in the ledger."""
    clinic = Clinic(request.param, SCALE)
    clinic.live()
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO clinics (id, name, timezone) VALUES ($1, 'Riverbend', 'UTC')", CLINIC)
        await ledger.append(tx, [row for row in rows_of(clinic) if not row.stream.startswith("room:")])
    return clinic


def rows_of(clinic: Clinic) -> Iterator[LedgerRow]:
    return iter(clinic.fleet.database.rows.values())


def expected(clinic: Clinic) -> dict[str, bytes]:
    """Each session's record, computed from all facts at once."""
    sessions = []
    for session in clinic.truth.plans:
        events = clinic.fleet.database.events(session)
        plan = plan_of(events)
        assert plan is not None
        sessions.append(SessionFacts(id=session, plan=plan, policy=clinic.policy, events=events))
    found = attendance(sessions, explain=True)
    return {session: msgspec.json.encode(record) for session, record in found.items()}


async def recorded(clinic: Clinic, database: Database) -> dict[str, bytes]:
    """Each session's record, as the workers computed it."""
    async with database.transaction() as tx:
        found = {session: await records_of(tx, session) for session in clinic.truth.plans}
    return {session: msgspec.json.encode(one.record) for session, one in found.items() if one is not None}


async def test_everything_arrives_once_and_gives_the_same_records_in_any_order(
    evening: Clinic, database: Database, tmp_path: Path
) -> None:
    chance = evening.world.chance
    disks = [Disk(tmp_path / node.name, list(node.disk), chance) for node in evening.fleet.nodes]
    for _ in range(60):
        await chance.choice(disks).happens(database)
        if chance.random() < 0.3:
            await consume(database, CONSUMER, batch=chance.randrange(1, 60))
    for disk in disks:
        await disk.is_done(database)
    while await consume(database, CONSUMER, batch=200):
        pass
    async with database.transaction() as tx:
        rows = await ledgers.everything(tx)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert sorted(row.event_id for row in rows) == sorted(row.event_id for row in rows_of(evening))
    assert {row.event_id: (row.body.encode(), row.hash) for row in rows} == {
        row.event_id: (row.body, row.hash) for row in rows_of(evening)
    }
    assert await recorded(evening, database) == expected(evening)
    await rebuild(database, lambda done, total: None)
    assert await recorded(evening, database) == expected(evening)
