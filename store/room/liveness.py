"""When each open connection was last seen: evidence, replaced by newer evidence, and deleted with the session."""

from datetime import datetime

import msgspec

from store.database import Transaction
from store.insertion import Insertion


class Liveness(msgspec.Struct, frozen=True, tag="evidence"):
    """The last evidence of one connection, and its witness.

    Journals on disk hold this shape under this tag.
    """

    clinic: str
    session: str
    epoch: int
    connection: str
    last_seen: datetime
    witness: str


_NEWEST = Insertion(
    "liveness",
    {
        "connection_id": "uuid", "clinic_id": "uuid", "session_id": "uuid", "epoch": "integer",
        "last_seen": "timestamptz", "witness": "text",
    },
    """
    ON CONFLICT (clinic_id, connection_id) DO UPDATE SET last_seen = excluded.last_seen, witness = excluded.witness
    WHERE liveness.last_seen < excluded.last_seen
    """,
)  # fmt: skip


async def save(tx: Transaction, *evidence: Liveness) -> None:
    """Store the newest evidence of each connection; older evidence changes nothing."""
    newest = {one.connection: one for one in sorted(evidence, key=lambda one: one.last_seen)}.values()
    await _NEWEST.of(
        tx, [(one.connection, one.clinic, one.session, one.epoch, one.last_seen, one.witness) for one in newest]
    )


async def of_session(tx: Transaction, clinic: str, session: str) -> dict[str, datetime]:
    """The last evidence of each connection of a session."""
    rows = await tx.fetch(
        "SELECT connection_id, last_seen FROM liveness WHERE clinic_id = $1 AND session_id = $2", clinic, session
    )
    return {row["connection_id"]: row["last_seen"] for row in rows}
