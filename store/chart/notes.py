"""Notes at rest: callers pass and get text; Postgres holds it encrypted."""

import logging
from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from domain.chart.notes import Note, NoteKind, Signature, Version
from store.chart import data_keys
from store.chart.data_keys import DataKey, NoteKeys
from store.database import Transaction

log = logging.getLogger(__name__)


async def take(tx: Transaction, note: str) -> None:
    """Lock this note until the transaction ends, after any other change of it."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('note:' || $1, 0))", note)


_NEWEST = """
    SELECT notes.id, notes.clinic_id, notes.session_id, notes.client_id, notes.kind, notes.author_id,
           newest.version, newest.author_id AS written_by, newest.at, newest.nonce, newest.ciphertext,
           data_keys.id AS data_key_id, data_keys.owner_id, data_keys.wrapping_key_id, data_keys.wrapped
    FROM notes
    JOIN LATERAL (SELECT * FROM note_versions
                  WHERE note_versions.clinic_id = notes.clinic_id AND note_id = notes.id
                  ORDER BY version DESC LIMIT 1) newest ON true
    JOIN data_keys ON data_keys.clinic_id = notes.clinic_id AND data_keys.id = newest.data_key_id
    WHERE notes.clinic_id = $1
"""


async def find(tx: Transaction, keys: NoteKeys, clinic: str, note: str) -> Note | None:
    """The note with its newest version and its signatures, or None when it has no version yet."""
    found = await _read(tx, keys, f"{_NEWEST} AND notes.id = $2", clinic, note)
    return found[0] if found else None


async def of_session(tx: Transaction, keys: NoteKeys, clinic: str, session: str) -> list[Note]:
    """The notes of a session, oldest first."""
    query = f"{_NEWEST} AND notes.session_id = $2 ORDER BY notes.created_at, notes.id"
    return await _read(tx, keys, query, clinic, session)


async def signed_of(tx: Transaction, keys: NoteKeys, clinic: str, client: str) -> list[Note]:
    """The signed progress notes on the client, oldest first."""
    query = f"{_NEWEST} AND notes.client_id = $2 AND notes.kind = 'progress' ORDER BY notes.created_at, notes.id"
    return [note for note in await _read(tx, keys, query, clinic, client) if note.signatures]


async def page(tx: Transaction, keys: NoteKeys, clinic: str, after: str | None, limit: int) -> list[Note]:
    """All notes but private reflections, with ids behind `after`, in the order of their ids."""
    query = f"""{_NEWEST} AND notes.kind <> 'private_reflection' AND ($2::uuid IS NULL OR notes.id > $2)
                ORDER BY notes.id LIMIT {limit:d}"""
    return await _read(tx, keys, query, clinic, after)


async def kinds(tx: Transaction, clinic: str, notes: Sequence[str]) -> dict[str, NoteKind]:
    """The kind of each of these notes that exists."""
    rows = await tx.fetch(
        "SELECT id, kind FROM notes WHERE clinic_id = $1 AND id = ANY($2::uuid[])", clinic, list(notes)
    )
    return {row["id"]: row["kind"] for row in rows}


async def count_unsigned(tx: Transaction, clinic: str, client: str) -> int:
    """How many notes about the client nobody has signed, those included of which only a draft exists."""
    found: int = await tx.fetchval(
        """
        SELECT count(*) FROM (
            SELECT id FROM notes WHERE notes.clinic_id = $1 AND client_id = $2
            UNION SELECT note_id FROM note_drafts WHERE note_drafts.clinic_id = $1 AND client_id = $2) AS written
        WHERE NOT EXISTS (SELECT FROM note_signatures
                          WHERE note_signatures.clinic_id = $1 AND note_signatures.note_id = written.id)
        """,
        clinic,
        client,
    )
    return found


class Unsigned(msgspec.Struct, frozen=True, kw_only=True):
    """A note or a draft that its author has not signed: where it belongs, and no word of it."""

    session: str
    title: str
    kind: NoteKind
    program_name: str
    starts: datetime


async def unsigned_by(tx: Transaction, clinic: str, author: str) -> list[Unsigned]:
    """The author's unsigned notes and drafts, oldest session first. Private reflections are theirs alone."""
    rows = await tx.fetch(
        """
        SELECT written.session_id AS session, title, written.kind, programs.name AS program_name, starts_at AS starts
        FROM (
            SELECT id AS note_id, session_id, kind FROM notes WHERE clinic_id = $1 AND author_id = $2
            UNION SELECT note_id, session_id, kind FROM note_drafts WHERE clinic_id = $1 AND author_id = $2
        ) AS written
        JOIN sessions ON sessions.clinic_id = $1 AND sessions.id = written.session_id
        JOIN programs ON programs.clinic_id = $1 AND programs.id = program_id
        WHERE written.kind <> 'private_reflection' AND NOT EXISTS (
            SELECT FROM note_signatures WHERE note_signatures.clinic_id = $1 AND note_id = written.note_id)
        ORDER BY starts_at, written.note_id LIMIT 500
        """,
        clinic, author,
    )  # fmt: skip
    return [Unsigned(**row) for row in rows]


async def write(tx: Transaction, keys: NoteKeys, note: Note, version: Version) -> None:
    """Append a version to the note, encrypted; the first version also inserts the note itself. Call `take` before."""
    key = await data_keys.for_owner(tx, keys, note.clinic, note.key_owner)
    await tx.execute(
        """
        INSERT INTO notes (id, clinic_id, session_id, client_id, kind, author_id) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (clinic_id, id) DO NOTHING
        """,
        note.id,
        note.clinic,
        note.session,
        note.client,
        note.kind,
        note.author,
    )
    await _append(tx, key, note, version)


async def _append(tx: Transaction, key: DataKey, note: Note, version: Version) -> None:
    await tx.execute(
        """
        INSERT INTO note_versions (note_id, version, clinic_id, author_id, at, data_key_id, nonce, ciphertext, digest)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        note.id,
        version.number,
        note.clinic,
        version.author,
        version.at,
        key.id,
        version.nonce,
        key.encrypt(version.text, _place(note.id, version.number)),
        version.digest,
    )


async def append_signature(tx: Transaction, note: Note, signature: Signature) -> None:
    """Store a signature; it is never changed or deleted."""
    await tx.execute(
        """
        INSERT INTO note_signatures (note_id, version, clinic_id, signer_id, at, digest)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        note.id,
        signature.version,
        note.clinic,
        signature.signer,
        signature.at,
        signature.digest,
    )


async def _read(tx: Transaction, keys: NoteKeys, query: str, clinic: str, argument: str | None) -> list[Note]:
    rows = await tx.fetch(query, clinic, argument)
    signatures = await _signatures(tx, clinic, [row["id"] for row in rows])
    return [_note(keys, row, tuple(signatures.get(row["id"], ()))) for row in rows]


def _note(keys: NoteKeys, row: asyncpg.Record, signatures: tuple[Signature, ...]) -> Note:
    text = _text(keys, row)
    version = Version(
        number=row["version"], author=row["written_by"], at=row["at"], nonce=row["nonce"], text=text or ""
    )
    return Note(
        id=row["id"],
        clinic=row["clinic_id"],
        session=row["session_id"],
        client=row["client_id"],
        kind=row["kind"],
        author=row["author_id"],
        newest=version,
        unreadable="text" if text is None else None,
        signatures=signatures,
    )


def _text(keys: NoteKeys, row: asyncpg.Record) -> str | None:
    """The text, or None when it cannot be opened, so that one unreadable note hides no other."""
    try:
        key = data_keys.unwrap(keys, row["wrapping_key_id"], row["wrapped"], row["owner_id"])
        return DataKey(row["data_key_id"], key).decrypt(row["ciphertext"], _place(row["id"], row["version"]))
    except data_keys.UNOPENABLE:
        log.warning("a note cannot be opened with the keys that are here", extra={"note": row["id"]})
        return None


async def _signatures(tx: Transaction, clinic: str, notes: Sequence[str]) -> dict[str, list[Signature]]:
    rows = await tx.fetch(
        """
        SELECT note_id, version, signer_id AS signer, at, digest FROM note_signatures
        WHERE clinic_id = $1 AND note_id = ANY($2::uuid[]) ORDER BY at, signer_id
        """,
        clinic,
        list(notes),
    )
    found: dict[str, list[Signature]] = {}
    for row in rows:
        fields = dict(row)
        found.setdefault(fields.pop("note_id"), []).append(Signature(**fields))
    return found


def _place(note: str, version: int) -> str:
    return f"{note}/{version}"
