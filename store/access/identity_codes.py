"""Identity codes that were asked for. Each is made when its mail is sent."""

from datetime import datetime

from domain.access.identity import CODE_LIFE, Code
from store.database import Transaction


async def ask(tx: Transaction, clinic: str, id: str, person: str, now: datetime) -> None:
    """Add a code that a person asked for. It replaces those asked for earlier."""
    await tx.execute(
        "INSERT INTO identity_codes (clinic_id, id, person_id, asked_at) VALUES ($1, $2, $3, $4)",
        clinic, id, person, now,
    )  # fmt: skip


async def put_digest(tx: Transaction, clinic: str, id: str, digest: bytes, now: datetime) -> bool:
    """Store the digest of a code that is about to be sent; False if it was used, is late or was replaced."""
    done = await tx.fetchval(
        """
        UPDATE identity_codes AS own SET digest = $3, expires_at = $4
        WHERE clinic_id = $1 AND id = $2 AND used_at IS NULL AND asked_at > $5
          AND NOT EXISTS (SELECT FROM identity_codes AS later
                          WHERE later.clinic_id = own.clinic_id AND later.person_id = own.person_id
                            AND later.asked_at > own.asked_at)
        RETURNING true
        """,
        clinic, id, digest, now + CODE_LIFE, now - CODE_LIFE,
    )  # fmt: skip
    return bool(done)


async def newest(tx: Transaction, clinic: str, person: str) -> Code | None:
    """The code that the person asked for last."""
    row = await tx.fetchrow(
        """
        SELECT id, digest, expires_at, used_at FROM identity_codes
        WHERE clinic_id = $1 AND person_id = $2 ORDER BY asked_at DESC, id DESC LIMIT 1
        """,
        clinic, person,
    )  # fmt: skip
    return Code(**row) if row else None


async def use(tx: Transaction, clinic: str, id: str, now: datetime) -> None:
    """Mark the code as used: it never works again."""
    await tx.execute("UPDATE identity_codes SET used_at = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, now)
