"""When each open connection was last seen: evidence, replaced as it grows, and forgotten with the session."""

from datetime import datetime

import msgspec

from store.database import Transaction


class Liveness(msgspec.Struct, frozen=True, tag="evidence"):
    """The last evidence of one connection, and which witness gave it.

    Journals on disk hold this shape under this tag.
    """

    clinic: str
    session: str
    epoch: int
    connection: str
    last_seen: datetime
    witness: str


async def save(tx: Transaction, *evidence: Liveness) -> None:
    """Keep the newest evidence of each connection; older evidence changes nothing."""
    newest = {one.connection: one for one in sorted(evidence, key=lambda one: one.last_seen)}.values()
    await tx.execute(
        """
        INSERT INTO liveness (connection_id, clinic_id, session_id, epoch, last_seen, witness)
        SELECT connection_id::uuid, clinic_id::uuid, session_id::uuid, epoch, last_seen, witness
        FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::timestamptz[], $6::text[])
             AS new (connection_id, clinic_id, session_id, epoch, last_seen, witness)
        ON CONFLICT (clinic_id, connection_id) DO UPDATE SET last_seen = excluded.last_seen, witness = excluded.witness
        WHERE liveness.last_seen < excluded.last_seen
        """,
        [one.connection for one in newest],
        [one.clinic for one in newest],
        [one.session for one in newest],
        [one.epoch for one in newest],
        [one.last_seen for one in newest],
        [one.witness for one in newest],
    )


async def of_session(tx: Transaction, clinic: str, session: str) -> dict[str, datetime]:
    """The last evidence of each connection of a session."""
    rows = await tx.fetch(
        "SELECT connection_id, last_seen FROM liveness WHERE clinic_id = $1 AND session_id = $2", clinic, session
    )
    return {row["connection_id"]: row["last_seen"] for row in rows}
