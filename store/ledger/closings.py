"""A clinic's closings, and the part of its ledger that they cover."""

from collections.abc import AsyncIterator, Collection
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from domain.events.ledger import DayClosed
from domain.ledger import closings
from domain.ledger.streams import closing_stream
from store.database import Transaction
from store.ledger.facts import Recorded, of_stream

DAY = timedelta(days=1)
AT_A_TIME = 5_000
LEAF = 32
_LEAVES = r"""
    SELECT string_agg(sha256('\x00' || int8send(position) || sha256(convert_to(body::text, 'UTF8'))), ''
                      ORDER BY position) AS leaves, max(position) AS last
    FROM (SELECT position, body FROM ledger WHERE clinic_id = $1 AND position > $2 AND position <= $3
          ORDER BY position LIMIT $4) AS portion
"""
"""`domain.closings.leaf` of each position, concatenated: one value is fetched, and the bodies stay in the database."""


class OpenFact(msgspec.Struct, frozen=True):
    """A fact that no closing covers, and the UTC day on which it was recorded."""

    position: int
    day: date


async def recorded(tx: Transaction, clinic: str) -> list[Recorded]:
    """The facts in the clinic's stream of closings, by seq."""
    return await of_stream(tx, clinic, closing_stream(clinic))


async def last(tx: Transaction, clinic: str, day: date | None = None) -> DayClosed | None:
    """The clinic's last closing, of this day or before; None where there is none.

    Raises:
        msgspec.ValidationError: this release cannot read it.
    """
    body = await tx.fetchval(
        """
        SELECT body::text FROM ledger
        WHERE clinic_id = $1 AND stream = $2 AND type = 'day.closed' AND ($3::date IS NULL OR body->>'day' <= $4)
        ORDER BY seq DESC LIMIT 1
        """,
        clinic,
        closing_stream(clinic),
        day,
        "" if day is None else day.isoformat(),
    )
    return None if body is None else msgspec.json.decode(body, type=DayClosed)


async def first_open(tx: Transaction, clinic: str, after: int, over: date) -> OpenFact | None:
    """The first fact after this position that was recorded on the UTC day `over` or before, closings left out.

    Facts that the database dated later are skipped: its clock may have been ahead.
    """
    row = await tx.fetchrow(
        """
        SELECT position, (recorded_at AT TIME ZONE 'UTC')::date AS day FROM ledger
        WHERE clinic_id = $1 AND position > $2 AND type <> 'day.closed' AND recorded_at < $3 ORDER BY position LIMIT 1
        """,
        clinic,
        after,
        midnight(over + DAY),
    )
    return OpenFact(**row) if row else None


async def end_of_day(tx: Transaction, clinic: str, after: int, day: date) -> int:
    """The last position before the first fact after `after` that was recorded once a UTC day was over.

    The search begins at `after`, so a clinic with years to close reads each of its facts once.
    """
    position: int = await tx.fetchval(
        """
        SELECT coalesce(
            (SELECT position - 1 FROM ledger WHERE clinic_id = $1 AND position > $2 AND recorded_at >= $3
             ORDER BY position LIMIT 1),
            (SELECT max(position) FROM ledger WHERE clinic_id = $1))
        """,
        clinic,
        after,
        midnight(day + DAY),
    )
    return position


async def leaves(tx: Transaction, clinic: str, after: int, last: int) -> AsyncIterator[list[bytes]]:
    """The leaves of the clinic's positions after `after`, up to `last`, in portions; a hole has no leaf."""
    while row := await tx.fetchrow(_LEAVES, clinic, after, last, AT_A_TIME):
        found, through = row
        if found is None:
            return
        yield [found[start : start + LEAF] for start in range(0, len(found), LEAF)]
        after = through


async def tree(tx: Transaction, clinic: str, after: int, last: int) -> closings.Tree:
    """The tree over these positions, as the ledger has them now."""
    found = closings.Tree()
    async for portion in leaves(tx, clinic, after, last):
        for leaf in portion:
            found.add(leaf)
    return found


async def skipped(tx: Transaction, clinic: str, closing: DayClosed, before: date) -> date | None:
    """A day between `before` and the closing's own whose facts (closings left out) the closing covers; else None."""
    day: date | None = await tx.fetchval(
        """
        SELECT (recorded_at AT TIME ZONE 'UTC')::date FROM ledger
        WHERE clinic_id = $1 AND position > $2 AND position <= $3 AND type <> 'day.closed'
          AND recorded_at >= $4 AND recorded_at < $5 ORDER BY position LIMIT 1
        """,
        clinic,
        closing.last_position - closing.count,
        closing.last_position,
        midnight(before + DAY),
        midnight(closing.day),
    )
    return day


async def covering(tx: Transaction, clinic: str, positions: Collection[int]) -> list[Recorded]:
    """The closings that cover any of these positions, by seq."""
    if not positions:
        return []
    found = []
    for fact in await recorded(tx, clinic):
        closing = fact.readable
        if isinstance(closing, DayClosed) and covers(closing, positions):
            found.append(fact)
    return found


def covers(closing: DayClosed, positions: Collection[int]) -> bool:
    """Whether the closing covers any of these positions."""
    return any(closing.last_position - closing.count < position <= closing.last_position for position in positions)


def midnight(day: date) -> datetime:
    """The instant at which a UTC day begins."""
    return datetime.combine(day, time(), UTC)
