"""API tokens: scoped, revocable, each secret stored as its SHA-256."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from store.database import Transaction


class ApiToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token; `name` is the system that holds it."""

    id: str
    clinic: str
    name: str
    scopes: Sequence[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None = None


_COLUMNS = "id, clinic_id AS clinic, name, scopes, created_at, expires_at, revoked_at"


async def create(tx: Transaction, token: ApiToken, secret_hash: bytes) -> None:
    """Add a token."""
    await tx.execute(
        """
        INSERT INTO api_tokens (id, clinic_id, name, scopes, secret_hash, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        token.id, token.clinic, token.name, token.scopes, secret_hash, token.created_at, token.expires_at,
    )  # fmt: skip


async def current(tx: Transaction, secret_hash: bytes, now: datetime) -> ApiToken | None:
    """The token with that secret, if it is neither revoked nor expired."""
    row = await tx.fetchrow(
        f"""
        SELECT {_COLUMNS} FROM api_tokens
        WHERE secret_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
        """,
        secret_hash, now,
    )  # fmt: skip
    return ApiToken(**row) if row else None


async def of_clinic(tx: Transaction, clinic: str) -> list[ApiToken]:
    """Every token of the clinic, oldest first."""
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM api_tokens WHERE clinic_id = $1 ORDER BY created_at, id", clinic)
    return [ApiToken(**row) for row in rows]


async def revoke(tx: Transaction, clinic: str, id: str, now: datetime) -> bool:
    """Revoke the token; False when the clinic has no such token. A revoked token keeps its first `revoked_at`."""
    done = await tx.execute(
        "UPDATE api_tokens SET revoked_at = coalesce(revoked_at, $3) WHERE clinic_id = $1 AND id = $2", clinic, id, now
    )
    return done == "UPDATE 1"


async def revoke_named(tx: Transaction, clinic: str, name: str, now: datetime) -> None:
    """Revoke every token with that name."""
    await tx.execute(
        "UPDATE api_tokens SET revoked_at = $3 WHERE clinic_id = $1 AND name = $2 AND revoked_at IS NULL",
        clinic, name, now,
    )  # fmt: skip
