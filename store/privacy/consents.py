"""Consents on file (42 CFR Part 2), releases of guests among them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from domain.privacy.consents import INVOLVEMENT, Consent
from store.database import Transaction

_COLUMNS = """id, client_id AS client, recipient, recipient_id, purpose, scopes, signed_at, expires_at, revoked_at,
              text_version, text_digest, given, filed_by, filed_at, revoked_by"""


async def file(tx: Transaction, clinic: str, consent: Consent) -> None:
    """Put a consent on file."""
    await tx.execute(
        """
        INSERT INTO consents (id, clinic_id, client_id, recipient, recipient_id, purpose, scopes, signed_at, expires_at,
                              revoked_at, text_version, text_digest, given, filed_by, filed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """,
        consent.id, clinic, consent.client, consent.recipient, consent.recipient_id, consent.purpose,
        list(consent.scopes), consent.signed_at, consent.expires_at, consent.revoked_at, consent.text_version,
        consent.text_digest, consent.given, consent.filed_by, consent.filed_at,
    )  # fmt: skip


async def revoke(tx: Transaction, clinic: str, id: str, now: datetime, by: str | None) -> bool:
    """Revoke a consent; the links of guests that rest on it end with it (migration 0032). False if it was revoked
    before. `by` is the member of staff who recorded it."""
    revoked: str | None = await tx.fetchval(
        """
        UPDATE consents SET revoked_at = $3, revoked_by = $4
        WHERE clinic_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING id
        """,
        clinic, id, now, by,
    )  # fmt: skip
    return revoked is not None


async def of_clients(tx: Transaction, clinic: str, clients: Collection[str]) -> list[Consent]:
    """Every consent of these clients of the clinic, including expired and revoked ones."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM consents WHERE clinic_id = $1 AND client_id = ANY($2::uuid[])",
        clinic,
        list(clients),
    )
    return [_consent(row.items()) for row in rows]


async def releases(tx: Transaction, clinic: str, client: str) -> dict[str, Consent]:
    """The client's releases, by guest: for each the latest, even if it has ended."""
    rows = await tx.fetch(
        f"""
        SELECT DISTINCT ON (recipient_id) {_COLUMNS} FROM consents
        WHERE clinic_id = $1 AND client_id = $2 AND purpose = $3
        ORDER BY recipient_id, filed_at DESC, id DESC
        """,
        clinic, client, INVOLVEMENT,
    )  # fmt: skip
    return {row["recipient_id"]: _consent(row.items()) for row in rows}


def _consent(row: Iterable[tuple[str, Any]]) -> Consent:
    values = dict(row)
    return Consent(**{**values, "scopes": tuple(values["scopes"])})
