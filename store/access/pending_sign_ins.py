"""Sign-ins whose password was right and whose second factor is still to come."""

from datetime import datetime

import msgspec

from store.database import Transaction


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in that waits for its second factor."""

    id: str
    clinic: str
    person: str
    expires_at: datetime


async def begin(tx: Transaction, pending: Pending, secret_hash: bytes, now: datetime) -> None:
    """Add one, and drop the person's expired ones."""
    await tx.execute(
        "DELETE FROM pending_sign_ins WHERE clinic_id = $1 AND person_id = $2 AND expires_at <= $3",
        pending.clinic, pending.person, now,
    )  # fmt: skip
    await tx.execute(
        "INSERT INTO pending_sign_ins (clinic_id, id, person_id, secret_hash, expires_at) VALUES ($1, $2, $3, $4, $5)",
        pending.clinic, pending.id, pending.person, secret_hash, pending.expires_at,
    )  # fmt: skip


async def with_secret(tx: Transaction, secret_hash: bytes, now: datetime) -> Pending | None:
    """The one with that secret, if it has not expired and its person may still sign in."""
    row = await tx.fetchrow(
        """
        SELECT pending_sign_ins.id, pending_sign_ins.clinic_id AS clinic, person_id AS person, expires_at
        FROM pending_sign_ins JOIN persons ON persons.clinic_id = pending_sign_ins.clinic_id AND persons.id = person_id
        WHERE secret_hash = $1 AND expires_at > $2 AND deactivated_at IS NULL
        """,
        secret_hash, now,
    )  # fmt: skip
    return Pending(**row) if row else None


async def finish(tx: Transaction, pending: Pending) -> bool:
    """Remove it; False when another request has finished it."""
    found = await tx.fetchval(
        "DELETE FROM pending_sign_ins WHERE clinic_id = $1 AND id = $2 RETURNING true", pending.clinic, pending.id
    )
    return bool(found)


async def end_all(tx: Transaction, clinic: str, person: str) -> None:
    """Remove all of a person, as when their password changes."""
    await tx.execute("DELETE FROM pending_sign_ins WHERE clinic_id = $1 AND person_id = $2", clinic, person)
