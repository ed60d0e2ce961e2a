"""Journal to ledger: the shipper against COPY of the very same rows into an identical table, turn about."""

import itertools
import time
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import msgspec

from signaling.journal import Fact, Journal
from signaling.shipper import Shipper
from store.database import Database
from store.ledger import LedgerRow

_PEER_SQL = """
CREATE TABLE IF NOT EXISTS ledger_copied (LIKE ledger INCLUDING ALL, FOREIGN KEY (clinic_id) REFERENCES clinics)
"""
_HEADS_SQL = """
INSERT INTO ledger_heads (clinic_id, position) SELECT clinic_id, max(position) FROM ledger GROUP BY clinic_id
ON CONFLICT (clinic_id) DO UPDATE SET position = excluded.position
"""
COLUMNS = LedgerRow.__struct_fields__


async def ship(database: Database, folder: Path, rows: Sequence[LedgerRow]) -> float:
    """Rows a second from a journal that lies on disk to the ledger."""
    await _journal(folder, rows)
    began = time.perf_counter()
    shipped = await Shipper(folder, database).ship_all()
    return shipped / (time.perf_counter() - began)


async def copy(owner: "asyncpg.Connection[asyncpg.Record]", table: str, rows: Sequence[LedgerRow]) -> float:
    """Rows per second by one COPY; each gets its position. Who has news is noted behind it."""
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
