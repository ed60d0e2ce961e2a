"""What the feed needs beside the ledger to judge a page of it."""

from collections.abc import Collection

import msgspec

from domain.events.catalogue import try_decode
from domain.events.room import ConnectionOpened
from store.database import Transaction


class Numbering(msgspec.Struct, frozen=True):
    """How a clinic's cursors run on from the time when one numbering served all clinics.

    Up to `last_cursor` a cursor is a position of that time; behind it, it counts on from `last_position`.
    """

    last_cursor: int = 0
    last_position: int = 0


async def numbering(tx: Transaction, clinic: str) -> Numbering:
    """The clinic's; of one founded since, a cursor is a position."""
    row = await tx.fetchrow("SELECT last_cursor, last_position FROM feed_cursors_before WHERE clinic_id = $1", clinic)
    return Numbering(**row) if row else Numbering()


async def position_at(tx: Transaction, clinic: str, runs: Numbering, cursor: int) -> int:
    """The clinic's position up to which somebody with this cursor has read."""
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
    """The cursor of somebody who has read the clinic's facts up to this position, which is one of them."""
    if position > runs.last_position:
        return runs.last_cursor + position - runs.last_position
    cursor: int = await tx.fetchval(
        "SELECT old_position FROM positions_before WHERE clinic_id = $1 AND position = $2", clinic, position
    )
    return cursor


async def openings(tx: Transaction, clinic: str, sessions: Collection[str]) -> dict[str, ConnectionOpened]:
    """By connection, who opened it as what, for all connections of these sessions whose opening can be read."""
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
