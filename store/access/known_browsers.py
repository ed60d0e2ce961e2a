"""Browsers in which a person has signed in, by the SHA-256 of the secret that the browser keeps for that person."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from store.database import Transaction


class KnownBrowser(msgspec.Struct, frozen=True, kw_only=True):
    """A browser and the person who has signed in with it."""

    clinic: str
    person: str
    secret_hash: bytes
    at: datetime


async def add(tx: Transaction, browser: KnownBrowser) -> None:
    """Remember a browser as this person's."""
    await tx.execute(
        "INSERT INTO known_browsers (person_id, secret_hash, clinic_id, last_used_at) VALUES ($1, $2, $3, $4)",
        browser.person, browser.secret_hash, browser.clinic, browser.at,
    )  # fmt: skip


async def known(tx: Transaction, clinic: str, person: str, secret_hashes: Sequence[bytes]) -> bool:
    """Whether one of these secrets belongs to this person."""
    found: bool = await tx.fetchval(
        """
        SELECT EXISTS (SELECT FROM known_browsers
                       WHERE clinic_id = $1 AND person_id = $2 AND secret_hash = ANY($3::bytea[]))
        """,
        clinic, person, secret_hashes,
    )  # fmt: skip
    return found


async def touch(tx: Transaction, clinic: str, person: str, secret_hashes: Sequence[bytes], now: datetime) -> bool:
    """Record that the person signed in with one of these secrets; False when none belongs to them."""
    touched = await tx.fetch(
        """
        UPDATE known_browsers SET last_used_at = $4
        WHERE clinic_id = $1 AND person_id = $2 AND secret_hash = ANY($3::bytea[]) RETURNING true
        """,
        clinic, person, secret_hashes, now,
    )  # fmt: skip
    return bool(touched)


async def forget_before(tx: Transaction, clinic: str, person: str, then: datetime) -> None:
    """Forget the person's browsers that were last used before `then`."""
    await tx.execute(
        "DELETE FROM known_browsers WHERE clinic_id = $1 AND person_id = $2 AND last_used_at < $3",
        clinic, person, then,
    )  # fmt: skip
