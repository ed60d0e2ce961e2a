"""Links that set a new password: each works once, for a short time after it was sent or shown."""

from datetime import datetime, timedelta

import msgspec

from store.database import Transaction

LIFE = timedelta(minutes=30)
"""How long a link works."""
WAITS = timedelta(hours=24)
"""How long after it was asked for a link may still be sent."""


class Reset(msgspec.Struct, frozen=True, kw_only=True):
    """What a person asked for; it has no secret yet."""

    id: str
    clinic: str
    person: str
    created_at: datetime


async def create(tx: Transaction, reset: Reset) -> None:
    """Add one; the person's earlier links stop working."""
    await end_all(tx, reset.clinic, reset.person)
    await tx.execute(
        "INSERT INTO password_resets (clinic_id, id, person_id, created_at) VALUES ($1, $2, $3, $4)",
        reset.clinic, reset.id, reset.person, reset.created_at,
    )  # fmt: skip


async def end_all(tx: Transaction, clinic: str, person: str) -> None:
    """End all links of the person."""
    await tx.execute("DELETE FROM password_resets WHERE clinic_id = $1 AND person_id = $2", clinic, person)


async def put_digest(tx: Transaction, clinic: str, id: str, digest: bytes, now: datetime) -> bool:
    """Give it a new secret, from which on it works; False when it was used, is too old, or does not exist."""
    found = await tx.fetchval(
        """
        UPDATE password_resets SET secret_hash = $3, expires_at = $4
        WHERE clinic_id = $1 AND id = $2 AND used_at IS NULL AND created_at > $5 RETURNING true
        """,
        clinic, id, digest, now + LIFE, now - WAITS,
    )  # fmt: skip
    return bool(found)


async def with_secret(tx: Transaction, secret_hash: bytes, now: datetime) -> Reset | None:
    """The one with that secret, if it still works and its person may sign in."""
    row = await tx.fetchrow(
        """
        SELECT password_resets.id, password_resets.clinic_id AS clinic, person_id AS person, password_resets.created_at
        FROM password_resets JOIN persons ON persons.clinic_id = password_resets.clinic_id AND persons.id = person_id
        WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > $2 AND deactivated_at IS NULL
        """,
        secret_hash, now,
    )  # fmt: skip
    return Reset(**row) if row else None


async def use(tx: Transaction, reset: Reset, now: datetime) -> bool:
    """Use it up; False when another request did."""
    used = await tx.fetchval(
        "UPDATE password_resets SET used_at = $3 WHERE clinic_id = $1 AND id = $2 AND used_at IS NULL RETURNING true",
        reset.clinic, reset.id, now,
    )  # fmt: skip
    return bool(used)
