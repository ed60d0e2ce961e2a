"""Exports of a clinic from the request to the end of the file, which is kept in encrypted pieces."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from store.database import Transaction

ExportState = Literal["asked", "approved", "ready", "fetched", "stopped", "over"]
REQUEST_LASTS = timedelta(days=7)
"""How long somebody may take to approve."""
FILE_LASTS = timedelta(hours=24)
LEASE = timedelta(minutes=5)
"""How long a worker or a download may be silent before another begins anew."""

_COLUMNS = """clinic_id AS clinic, id, state, asked_by, asked_at, approved_by, approved_at, stopped_by, expires_at,
              public_key, salt, done, total, size, clients, fetched_at"""


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """An export as it stands."""

    clinic: str
    id: str
    state: ExportState
    asked_by: str
    asked_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    stopped_by: str | None = None
    expires_at: datetime
    public_key: bytes
    salt: bytes
    done: int = 0
    total: int = 0
    size: int = 0
    clients: Sequence[str] = ()
    fetched_at: datetime | None = None


async def ask(tx: Transaction, export: Export) -> None:
    """Keep a request."""
    await tx.execute(
        """
        INSERT INTO clinic_exports (clinic_id, id, state, asked_by, asked_at, expires_at, public_key, salt)
        VALUES ($1, $2, 'asked', $3, $4, $5, $6, $7)
        """,
        export.clinic, export.id, export.asked_by, export.asked_at, export.expires_at, export.public_key, export.salt,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Export | None:
    """The clinic's export with that id, which nobody else changes until the transaction ends."""
    row = await tx.fetchrow(
        f"SELECT {_COLUMNS} FROM clinic_exports WHERE clinic_id = $1 AND id = $2 FOR NO KEY UPDATE", clinic, id
    )
    return Export(**row) if row else None


async def newest(tx: Transaction, clinic: str, limit: int) -> list[Export]:
    """The clinic's exports, newest first."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM clinic_exports WHERE clinic_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2",
        clinic, limit,
    )  # fmt: skip
    return [Export(**row) for row in rows]


async def approve(tx: Transaction, clinic: str, id: str, by: str, at: datetime) -> None:
    """Have a request done that is still open."""
    await tx.execute(
        """
        UPDATE clinic_exports SET state = 'approved', approved_by = $3, approved_at = $4
        WHERE clinic_id = $1 AND id = $2 AND state = 'asked'
        """,
        clinic, id, by, at,
    )  # fmt: skip


async def stop(tx: Transaction, clinic: str, id: str, by: str) -> None:
    """End an export that was not fetched, and delete its file."""
    await tx.execute(
        """
        UPDATE clinic_exports SET state = 'stopped', stopped_by = $3
        WHERE clinic_id = $1 AND id = $2 AND state IN ('asked', 'approved', 'ready')
        """,
        clinic, id, by,
    )  # fmt: skip
    await forget(tx, clinic, id)


async def forget(tx: Transaction, clinic: str, id: str) -> None:
    """Delete the file."""
    await tx.execute("DELETE FROM clinic_export_pieces WHERE clinic_id = $1 AND export_id = $2", clinic, id)


async def claim_due(tx: Transaction, now: datetime) -> Export | None:
    """The approved export that waits for longest, which no other worker writes then. What another began is deleted."""
    row = await tx.fetchrow(
        f"""
        UPDATE clinic_exports SET claimed_until = $2, done = 0, size = 0
        WHERE (clinic_id, id) = (
            SELECT clinic_id, id FROM clinic_exports
            WHERE state = 'approved' AND expires_at > $1 AND (claimed_until IS NULL OR claimed_until < $1)
            ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING {_COLUMNS}
        """,
        now, now + LEASE,
    )  # fmt: skip
    if row is None:
        return None
    export = Export(**row)
    await forget(tx, export.clinic, export.id)
    return export


class Piece(msgspec.Struct, frozen=True):
    """A piece of the file, and how many of all tables are in it and those before."""

    number: int
    content: bytes
    done: int
    total: int


async def keep(tx: Transaction, export: Export, piece: Piece, now: datetime) -> bool:
    """Store a piece and keep the claim; False if the export was stopped meanwhile."""
    goes_on = await tx.fetchval(
        """
        UPDATE clinic_exports SET done = $3, total = $4, size = size + $5, claimed_until = $6
        WHERE clinic_id = $1 AND id = $2 AND state = 'approved' RETURNING true
        """,
        export.clinic, export.id, piece.done, piece.total, len(piece.content), now + LEASE,
    )  # fmt: skip
    if goes_on and piece.content:
        await tx.execute(
            "INSERT INTO clinic_export_pieces (clinic_id, export_id, number, content) VALUES ($1, $2, $3, $4)",
            export.clinic, export.id, piece.number, piece.content,
        )  # fmt: skip
    return bool(goes_on)


async def finish(tx: Transaction, export: Export, clients: Sequence[str], now: datetime) -> None:
    """Say that the file is whole, whose records are in it, and that it lasts a day."""
    await tx.execute(
        """
        UPDATE clinic_exports SET state = 'ready', clients = $3::uuid[], expires_at = $4, done = total,
                                  claimed_until = NULL
        WHERE clinic_id = $1 AND id = $2 AND state = 'approved'
        """,
        export.clinic, export.id, clients, now + FILE_LASTS,
    )  # fmt: skip


async def begin_fetch(tx: Transaction, clinic: str, id: str, now: datetime) -> bool:
    """Let one download begin; False if the file is not there, or is being downloaded."""
    begun = await tx.fetchval(
        """
        UPDATE clinic_exports SET claimed_until = $4
        WHERE clinic_id = $1 AND id = $2 AND state = 'ready' AND expires_at > $3
          AND (claimed_until IS NULL OR claimed_until < $3) RETURNING true
        """,
        clinic, id, now, now + LEASE,
    )  # fmt: skip
    return bool(begun)


async def piece(tx: Transaction, clinic: str, id: str, number: int) -> bytes | None:
    """The piece with that number; None after the last."""
    content: bytes | None = await tx.fetchval(
        "SELECT content FROM clinic_export_pieces WHERE clinic_id = $1 AND export_id = $2 AND number = $3",
        clinic, id, number,
    )  # fmt: skip
    return content


async def end_fetch(tx: Transaction, clinic: str, id: str, at: datetime) -> None:
    """Say that the file was fetched, and delete it."""
    await tx.execute(
        "UPDATE clinic_exports SET state = 'fetched', fetched_at = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, at
    )
    await forget(tx, clinic, id)


async def end_old(tx: Transaction, now: datetime) -> None:
    """End the requests and files whose time is over, and delete the files."""
    rows = await tx.fetch(
        """
        UPDATE clinic_exports SET state = 'over'
        WHERE state IN ('asked', 'approved', 'ready') AND expires_at <= $1 RETURNING clinic_id, id
        """,
        now,
    )
    for row in rows:
        await forget(tx, row["clinic_id"], row["id"])
