"""The signaling node that has a room, or may open it. The database's clock, which all nodes share, decides."""

import msgspec

from store.database import Transaction


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A signaling node and where browsers find it."""

    id: str
    url: str


async def for_session(tx: Transaction, clinic: str, session: str) -> Node | None:
    """The live node that holds the session's room; else, of the nodes that take new ones, the one with the fewest."""
    row = await tx.fetchrow(
        """
        SELECT nodes.id, nodes.url
        FROM nodes LEFT JOIN rooms ON rooms.node_id = nodes.id AND rooms.clinic_id = $1 AND rooms.session_id = $2
                                  AND rooms.closed_at IS NULL
        WHERE lease_until > clock_timestamp() AND (rooms.session_id IS NOT NULL OR NOT draining)
        ORDER BY rooms.session_id IS NULL, nodes.rooms, nodes.id
        LIMIT 1
        """,
        clinic,
        session,
    )
    return Node(**row) if row else None
