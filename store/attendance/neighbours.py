"""Which sessions have to be computed together, looked up by client: each client has a row for each day of a session.

A client has few sessions on one day, even if many groups meet at that hour.
"""

from collections.abc import Collection

from domain.projection.neighbours import Extent
from store.attendance.set_aside import ATTENDANCE
from store.database import Transaction, columns
from store.insertion import Insertion

_DAYS = Insertion(
    "client_days",
    {"clinic_id": "uuid", "client_id": "uuid", "day": "date", "session_id": "uuid"},
    "ON CONFLICT DO NOTHING",
)


async def remember(tx: Transaction, extents: Collection[Extent]) -> None:
    """Record the days on which these sessions reach for their clients. Rows are never removed: extents only grow."""
    await _DAYS.of(tx, [(one.clinic, client, day, one.session) for one in extents for client, day in _client_days(one)])


async def overlapping(tx: Transaction, clinic: str, extents: Collection[Extent]) -> set[str]:
    """The other sessions of the clinic that share a client with one of these and may overlap with it.

    Only sessions with records, or set aside, are found; few are ever set aside, so those are scanned without an index.
    The records give the reaches to compare. The query forces clients and days first, whatever the planner estimates:
    all sessions of an hour would be too many.
    """
    if not extents:
        return set()
    rows = await tx.fetch(
        """
        WITH own AS MATERIALIZED (
            SELECT client_id::uuid, day, ($5::timestamptz[])[place] AS starts, ($6::timestamptz[])[place] AS ends
            FROM unnest($2::text[], $3::date[], $4::integer[]) AS own (client_id, day, place)
        ), near AS MATERIALIZED (
            SELECT DISTINCT theirs.session_id, own.starts, own.ends
            FROM own JOIN client_days AS theirs
              ON theirs.clinic_id = $1 AND theirs.client_id = own.client_id AND theirs.day = own.day
            WHERE theirs.session_id <> ALL($7::uuid[])
        )
        SELECT other.session_id FROM near JOIN session_records AS other
          ON other.clinic_id = $1 AND other.session_id = near.session_id
        WHERE other.earliest_start < near.ends AND other.latest_end > near.starts
        UNION
        SELECT other.session_id FROM own JOIN set_aside_sessions AS other
          ON other.clinic_id = $1 AND other.consumer = $8 AND own.client_id = ANY(other.client_ids)
         AND other.earliest_start < own.ends AND other.latest_end > own.starts
        WHERE other.session_id <> ALL($7::uuid[])
        """,
        clinic,
        *columns([(*pair, place) for place, one in enumerate(extents, 1) for pair in _client_days(one)], 3),
        [one.start for one in extents],
        [one.end for one in extents],
        [one.session for one in extents],
        ATTENDANCE,
    )
    return {row["session_id"] for row in rows}


def _client_days(extent: Extent) -> list[tuple[str, object]]:
    return [(client, day) for day in extent.days for client in extent.clients]
