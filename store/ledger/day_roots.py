"""Root hashes of the days before closings existed, over all clinics, written once per UTC day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from domain.ledger import chain
from store.database import Transaction

DAY = timedelta(days=1)


class Root(msgspec.Struct, frozen=True):
    """A UTC day, its root, and the number of streams under it."""

    day: date
    root: bytes
    streams: int


async def work_out(tx: Transaction, day: date) -> Root:
    """The root of a day, from the facts that the ledger holds now."""
    start = _midnight(day)
    rows = await tx.fetch(
        """
        SELECT DISTINCT ON (clinic_id, stream) stream, hash FROM ledger WHERE recorded_at >= $1 AND recorded_at < $2
        ORDER BY clinic_id, stream, seq DESC
        """,
        start,
        start + DAY,
    )
    return Root(day, chain.day_root({row["stream"]: row["hash"] for row in rows}), len(rows))


async def every(tx: Transaction) -> list[Root]:
    """All stored roots, by day."""
    rows = await tx.fetch("SELECT day, root, streams FROM ledger_roots ORDER BY day")
    return [Root(**row) for row in rows]


async def of_days(tx: Transaction, days: Iterable[date]) -> list[Root]:
    """The stored roots of these days, by day."""
    rows = await tx.fetch(
        "SELECT day, root, streams FROM ledger_roots WHERE day = ANY($1::date[]) ORDER BY day", sorted(set(days))
    )
    return [Root(**row) for row in rows]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
