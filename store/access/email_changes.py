"""Changes of an address that staff sign in with, each confirmed by a link to the new address."""

from datetime import datetime, timedelta

import msgspec

from store.database import Transaction

LIFE = timedelta(minutes=30)
"""How long a link works."""
WAITS = timedelta(hours=24)
"""How long after it was asked for a link may still be sent."""


class EmailChange(msgspec.Struct, frozen=True, kw_only=True):
    """The address that a person wants to sign in with; it has no secret yet."""

    id: str
    clinic: str
    person: str
    address: str
    created_at: datetime


async def create(tx: Transaction, change: EmailChange) -> None:
    """Add one; the person's earlier links stop working."""
    await end_all(tx, change.clinic, change.person)
    await tx.execute(
        "INSERT INTO email_changes (clinic_id, id, person_id, address, created_at) VALUES ($1, $2, $3, $4, $5)",
        change.clinic, change.id, change.person, change.address, change.created_at,
    )  # fmt: skip


async def end_all(tx: Transaction, clinic: str, person: str) -> None:
    """End all links of the person."""
    await tx.execute("DELETE FROM email_changes WHERE clinic_id = $1 AND person_id = $2", clinic, person)


async def put_digest(tx: Transaction, clinic: str, id: str, digest: bytes, now: datetime) -> bool:
    """Give it a new secret, from which on it works; False when it was used, is too old, or does not exist."""
    found = await tx.fetchval(
        """
        UPDATE email_changes SET secret_hash = $3, expires_at = $4
        WHERE clinic_id = $1 AND id = $2 AND used_at IS NULL AND created_at > $5 RETURNING true
        """,
        clinic, id, digest, now + LIFE, now - WAITS,
    )  # fmt: skip
    return bool(found)


async def with_secret(tx: Transaction, secret_hash: bytes, now: datetime) -> EmailChange | None:
    """The one with that secret, if it still works and its person may sign in."""
    row = await tx.fetchrow(
        """
        SELECT email_changes.id, email_changes.clinic_id AS clinic, person_id AS person, address,
               email_changes.created_at
        FROM email_changes JOIN persons ON persons.clinic_id = email_changes.clinic_id AND persons.id = person_id
        WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > $2 AND deactivated_at IS NULL
        """,
        secret_hash, now,
    )  # fmt: skip
    return EmailChange(**row) if row else None


async def use(tx: Transaction, change: EmailChange, now: datetime) -> bool:
    """Use it up; False when another request did."""
    used = await tx.fetchval(
        "UPDATE email_changes SET used_at = $3 WHERE clinic_id = $1 AND id = $2 AND used_at IS NULL RETURNING true",
        change.clinic, change.id, now,
    )  # fmt: skip
    return bool(used)
