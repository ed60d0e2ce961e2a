"""Browsers in which a client has given a right identity code, by the SHA-256 of the secret that the browser keeps."""

from collections.abc import Sequence
from datetime import datetime

from domain.access.identity import IdentifiedBrowser
from store.database import Transaction

_COLUMNS = "id, identified_at, expires_at, revoked_at"


async def add(tx: Transaction, clinic: str, person: str, browser: IdentifiedBrowser, secret_hash: bytes) -> None:
    """Remember a browser as this person's."""
    await tx.execute(
        """
        INSERT INTO identified_browsers (clinic_id, id, person_id, secret_hash, identified_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        clinic, browser.id, person, secret_hash, browser.identified_at, browser.expires_at,
    )  # fmt: skip


async def with_secrets(tx: Transaction, clinic: str, person: str, hashes: Sequence[bytes]) -> list[IdentifiedBrowser]:
    """The person's browsers that have one of these secrets."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM identified_browsers
        WHERE clinic_id = $1 AND person_id = $2 AND secret_hash = ANY($3::bytea[])
        """,
        clinic, person, hashes,
    )  # fmt: skip
    return [IdentifiedBrowser(**row) for row in rows]


async def of_person(tx: Transaction, clinic: str, person: str, now: datetime) -> list[IdentifiedBrowser]:
    """The person's browsers that count now, newest first."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM identified_browsers
        WHERE clinic_id = $1 AND person_id = $2 AND revoked_at IS NULL AND expires_at > $3 ORDER BY id DESC
        """,
        clinic, person, now,
    )  # fmt: skip
    return [IdentifiedBrowser(**row) for row in rows]


async def revoke(tx: Transaction, clinic: str, person: str, id: str, now: datetime) -> bool:
    """Forget one browser of the person; False when they have no such browser."""
    done = await tx.fetchval(
        """
        UPDATE identified_browsers SET revoked_at = coalesce(revoked_at, $4)
        WHERE clinic_id = $1 AND person_id = $2 AND id = $3 RETURNING true
        """,
        clinic, person, id, now,
    )  # fmt: skip
    return bool(done)


async def revoke_all(tx: Transaction, clinic: str, person: str, now: datetime) -> None:
    """Forget every browser of the person."""
    await tx.execute(
        """
        UPDATE identified_browsers SET revoked_at = $3
        WHERE clinic_id = $1 AND person_id = $2 AND revoked_at IS NULL
        """,
        clinic, person, now,
    )  # fmt: skip
