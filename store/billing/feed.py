"""What the feed needs beside a page of the ledger."""

from collections.abc import Collection

import msgspec

from domain.events.catalogue import try_decode
from domain.events.room import ConnectionOpened
from store.database import Transaction


class Numbering(msgspec.Struct, frozen=True):
    """How a clinic's cursors continue from the time when all clinics shared one numbering.

    Up to `last_cursor`, a cursor is a position of that time; a greater cursor counts on from `last_position`.
    """

    last_cursor: int = 0
    last_position: int = 0


async def numbering(tx: Transaction, clinic: str) -> Numbering:
    """The clinic's numbering; in a clinic founded since, a cursor is a position."""
    row = await tx.fetchrow("SELECT last_cursor, last_position FROM feed_cursors_before WHERE clinic_id = $1", clinic)
    return Numbering(**row) if row else Numbering()


async def position_at(tx: Transaction, clinic: str, runs: Numbering, cursor: int) -> int:
    """The clinic's position up to which the holder of this cursor has read."""
    if cursor > runs.last_cursor:
        return runs.last_position + cursor - runs.last_cursor
    position = await tx.fetchval(
        """
        SELECT position FROM positions_before WHERE clinic_id = $1 AND old_position <= $2
        ORDER BY old_position DESC LIMIT 1
        """,
        clinic,
        cursor,
    )
    return position or 0


async def cursor_at(tx: Transaction, clinic: str, runs: Numbering, position: int) -> int:
    """The cursor of a reader who has read the clinic's facts up to and including the one at this position."""
    if position > runs.last_position:
        return runs.last_cursor + position - runs.last_position
    cursor: int = await tx.fetchval(
        "SELECT old_position FROM positions_before WHERE clinic_id = $1 AND position = $2", clinic, position
    )
    return cursor


async def openings(tx: Transaction, clinic: str, sessions: Collection[str]) -> dict[str, ConnectionOpened]:
    """By connection, its opening (person and role), for all connections of these sessions whose opening can be read."""
    rows = await tx.fetch(
        """
        SELECT body::text AS body FROM ledger
        WHERE clinic_id = $1 AND session_id = ANY($2::uuid[]) AND type = 'connection.opened' ORDER BY position DESC
        """,
        clinic,
        list(sessions),
    )
    events = [try_decode(row["body"]) for row in rows]
    return {event.connection: event for event in events if isinstance(event, ConnectionOpened)}
