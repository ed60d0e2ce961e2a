"""Entries of journals that the database can never store: kept as bytes, each with its reason, and counted."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from domain.ledger.verification import Kept
from store.database import Transaction

_NUL, _SHOWN_NUL = "\x00", "\ufffd"


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """An entry to set aside. A fact also brings its place in its stream, and the bytes that its hash covers."""

    kind: str
    reason: str
    entry: bytes
    clinic: str | None = None
    session: str | None = None
    stream: str | None = None
    seq: int | None = None
    body: bytes | None = None
    hash: bytes | None = None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that was set aside, as operators see it: its place and the reason, without its content."""

    digest: str
    """SHA-256 of its bytes, in hex."""
    kind: str
    reason: str
    session: str | None
    stream: str | None
    seq: int | None
    at: datetime
    """When it was set aside, by the database's clock."""


async def keep(tx: Transaction, aside: SetAside) -> None:
    """Store the entry; a second call with the same entry changes nothing."""
    await tx.execute(
        """
        INSERT INTO set_aside_entries
            (digest, kind, reason, entry, clinic_id, session_id, stream, seq, body, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (digest) DO NOTHING
        """,
        hashlib.sha256(aside.entry).digest(), aside.kind, aside.reason, aside.entry,
        _storable(aside.clinic), _storable(aside.session), _storable(aside.stream),
        None if aside.seq is None else Decimal(aside.seq), aside.body, aside.hash,
    )  # fmt: skip


async def listed(tx: Transaction, session: str | None = None) -> list[Listed]:
    """Every entry that was set aside, or those of one session, oldest first."""
    rows = await tx.fetch(
        """
        SELECT encode(digest, 'hex') AS digest, kind, reason, session_id AS session, stream, seq, set_aside_at AS at
        FROM set_aside_entries WHERE $1::text IS NULL OR session_id = $1 ORDER BY set_aside_at, digest
        """,
        session,
    )
    return [Listed(**{**row, "seq": _whole(row["seq"])}) for row in rows]


async def count(tx: Transaction) -> int:
    """The number of entries that were set aside."""
    return int(await tx.fetchval("SELECT count(*) FROM set_aside_entries"))


async def facts_of(tx: Transaction, clinic: str, session: str) -> int:
    """The number of a session's facts that were set aside."""
    query = "SELECT count(*) FROM set_aside_entries WHERE clinic_id = $1 AND session_id = $2 AND kind = 'fact'"
    return int(await tx.fetchval(query, clinic, session))


async def sessions(tx: Transaction) -> list[str]:
    """The sessions with entries that were set aside."""
    rows = await tx.fetch(
        "SELECT DISTINCT session_id AS session FROM set_aside_entries WHERE session_id IS NOT NULL ORDER BY session"
    )
    return [row["session"] for row in rows]


async def facts(tx: Transaction, clinic: str, streams: Sequence[str]) -> list[Kept]:
    """The facts of these streams that were set aside and are not in the ledger, stream after stream, each by seq.

    A fact whose place another fact has taken in the ledger fills no gap, and is left out.
    """
    rows = await tx.fetch(
        """
        SELECT DISTINCT ON (stream, seq) stream, seq, body, hash FROM set_aside_entries AS aside
        WHERE clinic_id = $1::text AND stream = ANY($2) AND body IS NOT NULL
          AND NOT EXISTS (SELECT FROM ledger WHERE ledger.clinic_id = $1::text::uuid AND ledger.stream = aside.stream
                                               AND ledger.seq = aside.seq)
        ORDER BY stream, seq, set_aside_at
        """,
        clinic,
        list(streams),
    )
    return [Kept(**{**row, "seq": int(row["seq"])}) for row in rows]


async def whole_streams(tx: Transaction, clinic: str, session: str | None = None) -> list[str]:
    """The streams of a clinic, or of one session, whose facts were all set aside, by name."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT stream FROM set_aside_entries AS aside
        WHERE clinic_id = $1::text AND body IS NOT NULL AND ($2::text IS NULL OR session_id = $2)
          AND NOT EXISTS (SELECT FROM ledger WHERE ledger.clinic_id = $1::text::uuid AND ledger.stream = aside.stream)
        ORDER BY stream
        """,
        clinic,
        session,
    )
    return [row["stream"] for row in rows]


def _storable(text: str | None) -> str | None:
    """Text that the database accepts: it stores neither NUL nor half a surrogate pair."""
    if text is None:
        return None
    return text.replace(_NUL, _SHOWN_NUL).encode("utf-8", "replace").decode()


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)
