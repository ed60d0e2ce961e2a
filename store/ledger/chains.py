"""The streams of the ledger, read whole, to check their chains."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from domain.ledger.verification import Filed, Kept
from store.database import Transaction
from store.ledger import set_aside


class Stream(msgspec.Struct, frozen=True):
    """A stream, and how many facts it holds."""

    name: str
    facts: int


STREAMS_AT_A_TIME = 2_000


async def streams(tx: Transaction, clinic: str, session: str | None = None) -> AsyncIterator[Stream]:
    """Every stream of the clinic, or of one session, by name; then the streams whose facts were all set aside."""
    among = "SELECT stream FROM ledger WHERE clinic_id = $1 AND session_id = $4"
    async for stream in _each(tx, clinic, "" if session is None else f"AND stream IN ({among})", [session]):
        yield stream
    for name in await set_aside.whole_streams(tx, clinic, session):
        yield Stream(name, 0)


async def streams_of_day(tx: Transaction, clinic: str, day: date) -> AsyncIterator[Stream]:
    """The clinic's streams with facts recorded on a UTC day, by name."""
    start = datetime.combine(day, time(), UTC)
    among = "SELECT stream FROM ledger WHERE clinic_id = $1 AND recorded_at >= $4 AND recorded_at < $5"
    async for stream in _each(tx, clinic, f"AND stream IN ({among})", [start, start + timedelta(days=1)]):
        yield stream


async def _each(tx: Transaction, clinic: str, among: str, arguments: Sequence[object]) -> AsyncIterator[Stream]:
    """The streams, fetched in portions, so that memory is bounded for a ledger of any length."""
    after = ""
    while True:
        rows = await tx.fetch(
            f"""
            SELECT stream AS name, count(*) AS facts FROM ledger WHERE clinic_id = $1 AND stream > $2 {among}
            GROUP BY stream ORDER BY stream LIMIT $3
            """,
            clinic,
            after,
            STREAMS_AT_A_TIME,
            *(argument for argument in arguments if argument is not None),
        )
        for row in rows:
            yield Stream(**row)
        if len(rows) < STREAMS_AT_A_TIME:
            return
        after = rows[-1]["name"]


async def facts(tx: Transaction, clinic: str, names: Sequence[str]) -> list[Kept]:
    """All facts of these streams, stream after stream, each by seq, including those that were set aside."""
    rows = await tx.fetch(
        """
        SELECT position, stream, seq, event_id, coalesce(session_id::text, '') AS session, type, at,
               body::text AS body, hash
        FROM ledger WHERE clinic_id = $1 AND stream = ANY($2) ORDER BY stream, seq
        """,
        clinic,
        names,
    )
    found = [Filed(**{**row, "body": row["body"].encode()}) for row in rows]
    return sorted([*found, *await set_aside.facts(tx, clinic, names)], key=lambda fact: (fact.stream, fact.seq))


async def holes(tx: Transaction, clinic: str) -> AsyncIterator[tuple[int, int]]:
    """The ranges (first, last) of the clinic's positions without a fact; there should be none."""
    await tx.execute(
        """
        DECLARE holes NO SCROLL CURSOR FOR
        SELECT before + 1 AS first, position - 1 AS last
        FROM (SELECT position, lag(position, 1, 0::bigint) OVER (ORDER BY position) AS before
              FROM ledger WHERE clinic_id = $1) AS neighbours
        WHERE position > before + 1 ORDER BY position
        """,
        clinic,
    )
    while rows := await tx.fetch(f"FETCH {STREAMS_AT_A_TIME} FROM holes"):
        for row in rows:
            yield row["first"], row["last"]
    await tx.execute("CLOSE holes")


async def clinics(tx: Transaction) -> list[str]:
    """Every clinic that has facts or had some, in the order of their ids."""
    rows = await tx.fetch(
        """
        SELECT id FROM clinics WHERE EXISTS (SELECT FROM ledger WHERE clinic_id = clinics.id)
                                  OR EXISTS (SELECT FROM ledger_heads WHERE clinic_id = clinics.id) ORDER BY id
        """
    )
    return [row["id"] for row in rows]


async def cut_off(tx: Transaction, clinic: str) -> int | None:
    """The last position that the clinic's ledger ever had, if it ends earlier now; else None."""
    position: int | None = await tx.fetchval(
        """
        SELECT position FROM ledger_heads WHERE clinic_id = $1
           AND position > coalesce((SELECT max(position) FROM ledger WHERE clinic_id = $1), 0)
        """,
        clinic,
    )
    return position


async def days(tx: Transaction, clinic: str, session: str) -> list[date]:
    """The UTC days on which facts of a session were recorded."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT (recorded_at AT TIME ZONE 'UTC')::date AS day FROM ledger
        WHERE clinic_id = $1 AND session_id = $2 ORDER BY day
        """,
        clinic,
        session,
    )
    return [row["day"] for row in rows]
