"""The node that holds each room, by lease. The database's clock decides, so nodes need not agree on the time."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.errors import NotFound
from domain.ledger.streams import LEASE, ROOM
from store.database import Transaction, UniqueViolation


class Holding(msgspec.Struct, frozen=True):
    """An epoch of a session that a node has open."""

    session: str
    epoch: int
    clinic: str


class LeftOpen(msgspec.Struct, frozen=True):
    """An epoch whose stream was never closed. Another node may have taken the room over meanwhile."""

    session: str
    epoch: int
    clinic: str
    stream: str
    opened_at: datetime
    taken_over: bool
    recorded: bool = True
    """False for a mutual-help meeting, which has no stream."""


class RoomTaken(Exception):
    """Another live node holds the room."""

    def __init__(self, node: str) -> None:
        self.node = node
        super().__init__(node)


async def renew_lease(tx: Transaction, node: str, url: str, rooms: int) -> datetime:
    """Renew this node's lease, with its URL for browsers and its number of rooms; returns the database's time."""
    at: datetime = await tx.fetchval(
        """
        INSERT INTO nodes (id, url, rooms, lease_until) VALUES ($1, $2, $3, clock_timestamp() + $4)
        ON CONFLICT (id) DO UPDATE
        SET url = excluded.url, rooms = excluded.rooms, lease_until = excluded.lease_until, draining = false,
            since = CASE WHEN nodes.lease_until < clock_timestamp() THEN clock_timestamp() ELSE nodes.since END
        RETURNING clock_timestamp()
        """,
        node,
        url,
        rooms,
        LEASE,
    )
    return at


async def end_lease(tx: Transaction, node: str) -> None:
    """End the lease of a node that is stopping: no browser is sent there any more."""
    await tx.execute("DELETE FROM nodes WHERE id = $1", node)


async def take(tx: Transaction, clinic: str, session: str, node: str, now: datetime) -> int:
    """Open the session's next epoch on this node; returns its number.

    Raises:
        NotFound: the clinic has no such session.
        RoomTaken: another node with a live lease holds the room, or took it at the same moment.
    """
    if not await tx.fetchval("SELECT true FROM sessions WHERE clinic_id = $1 AND id = $2", clinic, session):
        raise NotFound("There is no such session.")
    held = await tx.fetchrow(
        """
        SELECT rooms.epoch, rooms.node_id, coalesce(nodes.lease_until > clock_timestamp(), false) AS lives
        FROM rooms LEFT JOIN nodes ON nodes.id = rooms.node_id
        WHERE rooms.clinic_id = $1 AND rooms.session_id = $2 AND rooms.closed_at IS NULL
        """,
        clinic,
        session,
    )
    if held is not None:
        if held["node_id"] != node and (held["lives"] or not await _may_take(tx, node)):
            raise RoomTaken(held["node_id"])
        await close(tx, clinic, session, held["epoch"], now)
    try:
        return int(
            await tx.fetchval(
                """
                INSERT INTO rooms (clinic_id, session_id, epoch, node_id, opened_at)
                SELECT $1, $2, coalesce(max(epoch), 0) + 1, $3, $4 FROM rooms WHERE clinic_id = $1 AND session_id = $2
                RETURNING epoch
                """,
                clinic,
                session,
                node,
                now,
            )
        )
    except UniqueViolation as error:
        raise RoomTaken(node) from error


async def _may_take(tx: Transaction, node: str) -> bool:
    """Whether the node has renewed its own lease for a whole term: after an outage all leases have expired, although no
    node is dead."""
    found = await tx.fetchval("SELECT since + $2 <= clock_timestamp() FROM nodes WHERE id = $1", node, LEASE)
    return bool(found)


async def close(tx: Transaction, clinic: str, session: str, epoch: int, at: datetime) -> None:
    """Close the epoch; a second call changes nothing."""
    await tx.execute(
        """
        UPDATE rooms SET closed_at = $4
        WHERE clinic_id = $1 AND session_id = $2 AND epoch = $3 AND closed_at IS NULL
        """,
        clinic,
        session,
        epoch,
        at,
    )


async def clinic_of(tx: Transaction, session: str) -> str | None:
    """The clinic of a session's rooms, or None when it never had one: journals of older releases do not name it."""
    found: str | None = await tx.fetchval("SELECT clinic_id FROM rooms WHERE session_id = $1 LIMIT 1", session)
    return found


async def held_by(tx: Transaction, node: str) -> list[Holding]:
    """The rooms that this node has open, according to the database."""
    rows = await tx.fetch(
        """
        SELECT session_id AS session, epoch, clinic_id AS clinic
        FROM rooms WHERE node_id = $1 AND closed_at IS NULL
        """,
        node,
    )
    return [Holding(**row) for row in rows]


_LEFT_OPEN = f"""
    SELECT session_id AS session, epoch, clinic_id AS clinic, stream, opened_at,
           closed_at IS NOT NULL AS taken_over, recorded
    FROM (SELECT rooms.*, format('{ROOM}', session_id, epoch) AS stream, kind <> 'mutual_help' AS recorded
          FROM rooms JOIN sessions ON sessions.clinic_id = rooms.clinic_id AND sessions.id = session_id) AS rooms
    WHERE CASE WHEN recorded THEN
        (SELECT type FROM ledger WHERE ledger.clinic_id = rooms.clinic_id AND ledger.stream = rooms.stream
         ORDER BY seq DESC LIMIT 1) IS DISTINCT FROM 'room.closed'
        ELSE closed_at IS NULL END
"""


async def left_open_by(tx: Transaction, node: str) -> list[LeftOpen]:
    """The epochs that this node had and whose end is not recorded: the ones to close after a crash."""
    rows = await tx.fetch(f"{_LEFT_OPEN} AND node_id = $1 ORDER BY session_id, epoch", node)
    return [LeftOpen(**row) for row in rows]


async def left_open_among(tx: Transaction, streams: Sequence[str]) -> list[LeftOpen]:
    """The epochs among these streams whose end is not recorded."""
    rows = await tx.fetch(f"{_LEFT_OPEN} AND stream = ANY($1) ORDER BY session_id, epoch", streams)
    return [LeftOpen(**row) for row in rows]
