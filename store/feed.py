"""What the feed needs beside the ledger to judge a page of it."""

from collections.abc import Sequence

from domain.consent import Consent
from domain.events import ConnectionOpened, try_decode
from store.database import Transaction


async def consents(tx: Transaction, clinic: str) -> list[Consent]:
    """Every consent of the clinic's clients, whether or not it stands."""
    rows = await tx.fetch(
        """
        SELECT id, client_id AS client, recipient, purpose, signed_at, expires_at, revoked_at
        FROM consents WHERE clinic_id = $1
        """,
        clinic,
    )
    return [Consent(**row) for row in rows]


async def openings(tx: Transaction, sessions: Sequence[str]) -> dict[str, ConnectionOpened]:
    """By connection, who opened it as what, for all connections of these sessions whose opening can be read."""
    rows = await tx.fetch(
        """
        SELECT body::text AS body FROM ledger
        WHERE session_id = ANY($1::uuid[]) AND type = 'connection.opened' ORDER BY position DESC
        """,
        list(sessions),
    )
    events = [try_decode(row["body"]) for row in rows]
    return {event.connection: event for event in events if isinstance(event, ConnectionOpened)}
