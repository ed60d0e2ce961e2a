"""Legal holds: while one is open, nothing about its person is erased."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.privacy.retention import Hold
from store.database import Transaction

_COLUMNS = "id, person_id AS person, reason, held_at, held_by, released_at, released_by"


async def put(tx: Transaction, clinic: str, hold: Hold) -> None:
    """Hold a person. It waits for an erasing of theirs that is under way (migration 0042)."""
    await tx.execute(
        "INSERT INTO legal_holds (clinic_id, id, person_id, reason, held_at, held_by) VALUES ($1, $2, $3, $4, $5, $6)",
        clinic, hold.id, hold.person, hold.reason, hold.held_at, hold.held_by,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Hold | None:
    """The clinic's hold with that id."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM legal_holds WHERE clinic_id = $1 AND id = $2", clinic, id)
    return _hold(row.items()) if row else None


async def release(tx: Transaction, clinic: str, id: str, by: str, now: datetime) -> None:
    """End a hold; one that was released before stays as it is."""
    await tx.execute(
        """
        UPDATE legal_holds SET released_at = $4, released_by = $3
        WHERE clinic_id = $1 AND id = $2 AND released_at IS NULL
        """,
        clinic, id, by, now,
    )  # fmt: skip


async def open_holds(tx: Transaction, clinic: str) -> list[Hold]:
    """The holds that are not released, the latest first."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM legal_holds WHERE clinic_id = $1 AND released_at IS NULL
        ORDER BY held_at DESC, id LIMIT 500
        """,
        clinic,
    )
    return [_hold(row.items()) for row in rows]


def _hold(items: Iterable[tuple[str, Any]]) -> Hold:
    return Hold(**dict(items))
