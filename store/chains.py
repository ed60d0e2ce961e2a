"""The streams of the ledger, read whole, for whoever checks their chains."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from domain.verification import Filed, Kept
from store import set_aside
from store.database import Transaction


class Stream(msgspec.Struct, frozen=True):
    """A stream, and how many facts it holds."""

    name: str
    facts: int


async def streams(tx: Transaction, session: str | None = None) -> list[Stream]:
    """Every stream, or those of one session, by name."""
    rows = await tx.fetch(
        """
        SELECT stream AS name, count(*) AS facts FROM ledger
        WHERE $1::uuid IS NULL OR stream IN (SELECT stream FROM ledger WHERE session_id = $1)
        GROUP BY stream ORDER BY stream
        """,
        session,
    )
    return [Stream(**row) for row in rows]


async def streams_of_day(tx: Transaction, day: date) -> list[Stream]:
    """The streams in which facts were recorded on a UTC day, by name."""
    start = datetime.combine(day, time(), UTC)
    rows = await tx.fetch(
        """
        SELECT stream AS name, count(*) AS facts FROM ledger
        WHERE stream IN (SELECT stream FROM ledger WHERE recorded_at >= $1 AND recorded_at < $2)
        GROUP BY stream ORDER BY stream
        """,
        start,
        start + timedelta(days=1),
    )
    return [Stream(**row) for row in rows]


async def facts(tx: Transaction, names: Sequence[str]) -> list[Kept]:
    """Everything in these streams, stream after stream, each by seq, with those that were set aside."""
    rows = await tx.fetch(
        """
        SELECT position, stream, seq, event_id, session_id AS session, type, at, body::text AS body, hash
        FROM ledger WHERE stream = ANY($1) ORDER BY stream, seq
        """,
        names,
    )
    found = [Filed(**{**row, "body": row["body"].encode()}) for row in rows]
    return sorted([*found, *await set_aside.facts(tx, names)], key=lambda fact: (fact.stream, fact.seq))


async def first_hole(tx: Transaction) -> int | None:
    """The first position below the last at which nothing stands; positions are given without holes."""
    hole: int | None = await tx.fetchval(
        """
        SELECT before + 1 FROM (SELECT position, lag(position, 1, 0) OVER (ORDER BY position) AS before FROM ledger)
            AS neighbours
        WHERE position > before + 1 ORDER BY position LIMIT 1
        """
    )
    return hole


async def days(tx: Transaction, session: str) -> list[date]:
    """The UTC days on which facts of a session were recorded."""
    rows = await tx.fetch(
        "SELECT DISTINCT (recorded_at AT TIME ZONE 'UTC')::date AS day FROM ledger WHERE session_id = $1 ORDER BY day",
        session,
    )
    return [row["day"] for row in rows]
