"""Consents on file (42 CFR Part 2)."""

from collections.abc import Collection

from domain.privacy.consents import Consent
from store.database import Transaction


async def file(tx: Transaction, clinic: str, consent: Consent) -> None:
    """Put a consent on file."""
    await tx.execute(
        """
        INSERT INTO consents (id, clinic_id, client_id, recipient, purpose, signed_at, expires_at, revoked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        consent.id, clinic, consent.client, consent.recipient, consent.purpose, consent.signed_at, consent.expires_at,
        consent.revoked_at,
    )  # fmt: skip


async def of_clients(tx: Transaction, clinic: str, clients: Collection[str]) -> list[Consent]:
    """Every consent of these clients of the clinic, including expired and revoked ones."""
    rows = await tx.fetch(
        """
        SELECT id, client_id AS client, recipient, purpose, signed_at, expires_at, revoked_at
        FROM consents WHERE clinic_id = $1 AND client_id = ANY($2::uuid[])
        """,
        clinic,
        list(clients),
    )
    return [Consent(**row) for row in rows]
