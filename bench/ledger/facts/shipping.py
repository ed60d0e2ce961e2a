"""Journal to ledger: the shipper compared with COPY of the same rows into an identical table, in alternating rounds.

Once with the facts of one clinic, once with those of many clinics at the same time.
"""

import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import asyncpg
import msgspec
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger import evenings
from bench.ledger.clinic import Clinic
from bench.ledger.evenings import GROUP
from bench.ledger.installation import Installation
from bench.ledger.sizes import Sizes
from bench.ledger.timing import median
from bench.report import Figure, judged
from signaling.journal.journal import Fact, Journal
from signaling.journal.shipper import Shipper
from store.database import Database
from store.ledger.facts import LedgerRow

_PEER_SQL = """
CREATE TABLE IF NOT EXISTS ledger_copied (LIKE ledger INCLUDING ALL, FOREIGN KEY (clinic_id) REFERENCES clinics)
"""
_HEADS_SQL = """
INSERT INTO ledger_heads (clinic_id, position) SELECT clinic_id, max(position) FROM ledger GROUP BY clinic_id
ON CONFLICT (clinic_id) DO UPDATE SET position = excluded.position
"""
COLUMNS = LedgerRow.__struct_fields__
AIM, AIM_OF_MANY = 0.4, 0.3


class _Side(msgspec.Struct, frozen=True):
    """Clinics in their own database, and the rows per second of each round there."""

    clinics: Sequence[Clinic]
    folder: Path
    database: Database
    owner: "asyncpg.Connection[asyncpg.Record]"
    peer: str
    shipped: list[float] = []
    copied: list[float] = []

    async def turn(self, count: int) -> None:
        """One round: COPY, then the shipper."""
        facts = list(rows(self.clinics, count))
        self.copied.append(await copy(self.owner, self.peer, facts))
        self.shipped.append(await ship(self.database, self.folder / f"{len(self.shipped)}", facts))


async def measure(installation: Installation, sizes: Sizes, progress: Progress) -> tuple[float, list[Figure]]:
    """Rows per second by COPY with one clinic, which other figures are compared with too; and the figures."""
    task = progress.add_task("Journal to ledger, against COPY", total=2 * sizes.rounds)
    async with _side(installation, 1) as one, _side(installation, sizes.clinics) as many:
        for _ in range(sizes.rounds):
            for side in (one, many):
                await side.turn(sizes.rows)
                progress.advance(task)
    figures = [
        _compared("journal → Postgres", one, AIM),
        _compared(f"… of {sizes.clinics} clinics at once", many, AIM_OF_MANY),
    ]
    return median(one.copied), figures


@contextlib.asynccontextmanager
async def _side(installation: Installation, count: int) -> AsyncIterator[_Side]:
    name = f"shipping_{count}"
    application_url, owner_url = await installation.fresh_database(name)
    async with Database.open(application_url) as database:
        made = [await clinics.found(database, GROUP) for _ in range(count)]
        owner = await asyncpg.connect(owner_url)
        yield _Side(made, installation.folder / name, database, owner, await peer(owner))
        await owner.close()


def _compared(what: str, side: _Side, aim: float) -> Figure:
    ratio = median(side.shipped) / median(side.copied)
    figure = f"{median(side.shipped):,.0f} rows/s, {ratio:.2f} × COPY ({median(side.copied):,.0f} rows/s)"
    return judged(what, figure, f"≥ {aim} × COPY", ratio >= aim)


def rows(clinics: Sequence[Clinic], count: int) -> Iterator[LedgerRow]:
    """At least `count` facts in all, in the order in which one node records them: each clinic's next fact in turn."""
    coming = [evenings.rows(clinic, -(-count // len(clinics))) for clinic in clinics]
    for facts in itertools.zip_longest(*coming):
        yield from (fact for fact in facts if fact is not None)


async def ship(database: Database, folder: Path, rows: Sequence[LedgerRow]) -> float:
    """Rows per second from a journal on disk to the ledger."""
    await _journal(folder, rows)
    began = time.perf_counter()
    shipped = await Shipper(folder, database).ship_all()
    return shipped / (time.perf_counter() - began)


async def copy(owner: "asyncpg.Connection[asyncpg.Record]", table: str, rows: Sequence[LedgerRow]) -> float:
    """Rows per second by one COPY, with positions; the clinics' heads are updated after it, untimed."""
    ends = await owner.fetch(f"SELECT clinic_id::text, max(position) FROM {table} GROUP BY clinic_id")
    last: dict[str, int] = {clinic: position for clinic, position in ends}
    numbers = {clinic: itertools.count(last.get(clinic, 0) + 1) for clinic in {row.clinic_id for row in rows}}
    records = [(*_record(row), next(numbers[row.clinic_id])) for row in rows]
    began = time.perf_counter()
    await owner.copy_records_to_table(table, records=records, columns=(*COLUMNS, "position"))
    seconds = time.perf_counter() - began
    await owner.execute(_HEADS_SQL)
    return len(rows) / seconds


async def peer(owner: "asyncpg.Connection[asyncpg.Record]") -> str:
    """The name of a table with the ledger's columns, indexes and constraints."""
    await owner.execute(_PEER_SQL)
    return "ledger_copied"


def _record(row: LedgerRow) -> tuple[object, ...]:
    """The row's values; the driver takes JSON as text."""
    values = msgspec.structs.asdict(row) | {"body": row.body.decode()}
    return tuple(values[column] for column in COLUMNS)


async def _journal(folder: Path, rows: Sequence[LedgerRow]) -> None:
    journal = Journal.open(folder)
    for row in rows:
        journal.append(Fact(row))
    await journal.close()
