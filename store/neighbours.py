"""Which sessions have to be worked out together, looked up from the clients: each has a row for each day of a session.

A client has few sessions on one day, however many groups meet at that hour.
"""

from collections.abc import Collection

from domain.neighbours import Extent
from store.database import Transaction, columns
from store.insertion import Insertion
from store.set_aside_sessions import ATTENDANCE

_DAYS = Insertion(
    "client_days",
    {"clinic_id": "uuid", "client_id": "uuid", "day": "date", "session_id": "uuid"},
    "ON CONFLICT DO NOTHING",
)


async def remember(tx: Transaction, extents: Collection[Extent]) -> None:
    """Note on which days these sessions reach for their clients. What was noted stays: extents only grow."""
    await _DAYS.of(tx, [(one.clinic, client, day, one.session) for one in extents for client, day in _client_days(one)])


async def overlapping(tx: Transaction, extents: Collection[Extent]) -> set[str]:
    """The other sessions that share a client with one of these and may overlap with it.

    They are found as far as they have records, or were set aside. Reaches are compared as the records have them.
    """
    own = [one.session for one in extents]
    return await _with_records(tx, extents, own) | await _set_aside(tx, extents, own)


async def clear(tx: Transaction, clinic: str) -> None:
    """Throw away what was noted of a clinic."""
    await tx.execute("DELETE FROM client_days WHERE clinic_id = $1", clinic)


async def _with_records(tx: Transaction, extents: Collection[Extent], own: list[str]) -> set[str]:
    """Clients and days first, whatever the planner believes: a whole hour's sessions would be too many."""
    rows = await tx.fetch(
        """
        WITH near AS MATERIALIZED (
            SELECT DISTINCT theirs.clinic_id, theirs.session_id, own.starts, own.ends
            FROM unnest($1::text[], $2::text[], $3::date[], $4::timestamptz[], $5::timestamptz[])
                 AS own (clinic_id, client_id, day, starts, ends)
            JOIN client_days AS theirs ON theirs.clinic_id = own.clinic_id::uuid
             AND theirs.client_id = own.client_id::uuid AND theirs.day = own.day
            WHERE theirs.session_id <> ALL($6::uuid[])
        )
        SELECT DISTINCT session_id FROM near JOIN session_records AS other USING (clinic_id, session_id)
        WHERE other.earliest_start < near.ends AND other.latest_end > near.starts
        """,
        *columns([(one.clinic, *pair, one.start, one.end) for one in extents for pair in _client_days(one)], 5),
        own,
    )
    return {row["session_id"] for row in rows}


async def _set_aside(tx: Transaction, extents: Collection[Extent], own: list[str]) -> set[str]:
    """Few sessions are ever set aside, so they are looked through as they are."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT other.session_id
        FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[])
             AS own (clinic_id, client_id, starts, ends)
        JOIN set_aside_sessions AS other ON other.clinic_id = own.clinic_id::uuid
         AND own.client_id::uuid = ANY(other.client_ids)
         AND other.earliest_start < own.ends AND other.latest_end > own.starts
        WHERE other.consumer = $5 AND other.session_id <> ALL($6::uuid[])
        """,
        *columns([(one.clinic, client, one.start, one.end) for one in extents for client in one.clients], 4),
        ATTENDANCE,
        own,
    )
    return {row["session_id"] for row in rows}


def _client_days(extent: Extent) -> list[tuple[str, object]]:
    return [(client, day) for day in extent.days for client in extent.clients]
