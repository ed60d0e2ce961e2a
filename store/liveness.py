"""When each open connection was last seen: evidence, replaced as it grows, and forgotten with the session."""

from datetime import datetime

import msgspec

from store.database import Transaction


class Liveness(msgspec.Struct, frozen=True):
    """The last evidence of one connection, and which witness gave it."""

    clinic: str
    session: str
    epoch: int
    connection: str
    last_seen: datetime
    witness: str


async def save(tx: Transaction, evidence: Liveness) -> None:
    """Keep the newest evidence of a connection; older evidence changes nothing."""
    await tx.execute(
        """
        INSERT INTO liveness (connection_id, clinic_id, session_id, epoch, last_seen, witness)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (connection_id) DO UPDATE SET last_seen = excluded.last_seen, witness = excluded.witness
        WHERE liveness.last_seen < excluded.last_seen
        """,
        evidence.connection,
        evidence.clinic,
        evidence.session,
        evidence.epoch,
        evidence.last_seen,
        evidence.witness,
    )


async def of_session(tx: Transaction, session: str) -> dict[str, datetime]:
    """The last evidence of each connection of a session."""
    rows = await tx.fetch("SELECT connection_id, last_seen FROM liveness WHERE session_id = $1", session)
    return {row["connection_id"]: row["last_seen"] for row in rows}
