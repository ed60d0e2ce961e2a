"""Ways to a provider and back that are under way. The browser holds the secret; its SHA-256 is here."""

from datetime import datetime

from domain.access.single_sign_on import Attempt
from store.database import Transaction


async def begin(tx: Transaction, attempt: Attempt, secret_hash: bytes) -> None:
    """Add one, and drop the clinic's expired ones."""
    await tx.execute(
        "DELETE FROM provider_attempts WHERE clinic_id = $1 AND expires_at <= $2", attempt.clinic, attempt.begun_at
    )
    await tx.execute(
        """
        INSERT INTO provider_attempts (clinic_id, id, secret_hash, purpose, person_id, sign_in_id, invitation_id,
                                       begun_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        attempt.clinic, attempt.id, secret_hash, attempt.purpose, attempt.person, attempt.sign_in, attempt.invitation,
        attempt.begun_at, attempt.expires_at,
    )  # fmt: skip


async def with_secret(tx: Transaction, secret_hash: bytes, now: datetime) -> Attempt | None:
    """The one with that secret, if it has not expired."""
    row = await tx.fetchrow(
        """
        SELECT id, clinic_id AS clinic, purpose, person_id AS person, sign_in_id AS sign_in,
               invitation_id AS invitation, begun_at, expires_at
        FROM provider_attempts WHERE secret_hash = $1 AND expires_at > $2
        """,
        secret_hash, now,
    )  # fmt: skip
    return Attempt(**row) if row else None


async def finish(tx: Transaction, attempt: Attempt) -> bool:
    """Remove it, so that it works once; False when another request has."""
    found = await tx.fetchval(
        "DELETE FROM provider_attempts WHERE clinic_id = $1 AND id = $2 RETURNING true", attempt.clinic, attempt.id
    )
    return bool(found)
