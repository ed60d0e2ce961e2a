"""Drafts of notes between the room and the record: a node seals them with a public key and cannot open them."""

import hashlib
from datetime import datetime

import msgspec
from nacl.public import PrivateKey, PublicKey, SealedBox

from domain.chart.notes import Draft, SealedDraft, revise
from store.chart import notes
from store.chart.data_keys import NoteKeys
from store.database import Transaction


def seal(public: bytes, text: str) -> tuple[str, bytes]:
    """The public key's id, and the text sealed with that key; only the private key opens it."""
    return hashlib.sha256(public).hexdigest()[:16], SealedBox(PublicKey(public)).encrypt(text.encode())


def unseal(keys: NoteKeys, draft: SealedDraft) -> Draft:
    """The draft's text.

    Raises:
        One of `data_keys.UNOPENABLE`: it was changed, or sealed with a key that this process does not have.
    """
    text = SealedBox(PrivateKey(keys.private)).decrypt(draft.sealed).decode()
    return Draft(text=text, at=draft.at)


async def save(tx: Transaction, draft: SealedDraft) -> None:
    """Store the draft unless a newer one is there: newer by instant, then by its author's own count."""
    await tx.execute(
        """
        INSERT INTO note_drafts
            (note_id, clinic_id, session_id, client_id, kind, author_id, revision, at, key_id, sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (clinic_id, note_id) DO UPDATE
        SET revision = excluded.revision, at = excluded.at, key_id = excluded.key_id, sealed = excluded.sealed,
            set_aside_at = NULL
        WHERE (excluded.at, excluded.revision) > (note_drafts.at, note_drafts.revision)
        """,
        draft.note.id, draft.clinic, draft.session, draft.client, draft.kind, draft.author,
        draft.revision, draft.at, draft.key_id, draft.sealed,
    )  # fmt: skip


_SET_ASIDE = """set_aside_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM note_signatures
    WHERE note_signatures.clinic_id = note_drafts.clinic_id AND note_signatures.note_id = note_drafts.note_id
)"""
_COLUMNS = """clinic_id AS clinic, session_id AS session, client_id AS client, kind, author_id AS author,
              revision, at, key_id, sealed"""


async def of_session(tx: Transaction, clinic: str, session: str) -> list[SealedDraft]:
    """The drafts of a session that are not versions yet."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM note_drafts WHERE clinic_id = $1 AND session_id = $2 ORDER BY note_id", clinic, session
    )
    return [SealedDraft(**row) for row in rows]


async def of_note(tx: Transaction, clinic: str, note: str) -> SealedDraft | None:
    """The draft of that note, if there is one."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM note_drafts WHERE clinic_id = $1 AND note_id = $2", clinic, note)
    return None if row is None else SealedDraft(**row)


async def written_until(tx: Transaction, clinic: str, session: str) -> datetime | None:
    """The latest instant of any draft or version of the session's notes; by another node's clock it may lie ahead."""
    latest: datetime | None = await tx.fetchval(
        """
        SELECT max(at) FROM (
            SELECT at FROM note_drafts WHERE clinic_id = $1 AND session_id = $2
            UNION ALL
            SELECT note_versions.at FROM note_versions
            JOIN notes ON notes.clinic_id = note_versions.clinic_id AND notes.id = note_versions.note_id
            WHERE notes.clinic_id = $1 AND notes.session_id = $2
        ) AS written
        """,
        clinic,
        session,
    )
    return latest


class Settled(msgspec.Struct, frozen=True):
    """A note whose draft should become a version now."""

    clinic: str
    note: str


async def settled(tx: Transaction, saved_before: datetime, version_before: datetime) -> list[Settled]:
    """Unsigned notes, of all clinics, whose draft should become a version now, the longest waiting first.

    A draft should when it was not saved since `saved_before`, or when its note's last version is from before
    `version_before`, so that an hour of typing makes a few versions and not thousands.
    """
    rows = await tx.fetch(
        """
        SELECT clinic_id AS clinic, note_id AS note FROM note_drafts
        WHERE NOT EXISTS (
                  SELECT FROM note_signatures
                  WHERE note_signatures.clinic_id = note_drafts.clinic_id
                    AND note_signatures.note_id = note_drafts.note_id)
          AND (at <= $1 OR (SELECT coalesce(max(note_versions.at), '-infinity') <= $2 FROM note_versions
                            WHERE note_versions.clinic_id = note_drafts.clinic_id
                              AND note_versions.note_id = note_drafts.note_id))
        ORDER BY at, note_id
        """,
        saved_before,
        version_before,
    )
    return [Settled(**row) for row in rows]


async def set_aside(tx: Transaction, clinic: str, note: str) -> bool:
    """Mark that the note's draft cannot become a version; False when that is recorded already or the draft is gone."""
    done = await tx.execute(
        """
        UPDATE note_drafts SET set_aside_at = clock_timestamp()
        WHERE clinic_id = $1 AND note_id = $2 AND set_aside_at IS NULL
        """,
        clinic, note,
    )  # fmt: skip
    return bool(done == "UPDATE 1")


async def count_set_aside(tx: Transaction) -> int:
    """How many drafts of unsigned notes cannot become versions."""
    return int(await tx.fetchval(f"SELECT count(*) FROM note_drafts WHERE {_SET_ASIDE}"))


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that was set aside, as operators see it: ids, and no text."""

    clinic: str
    session: str
    note: str
    key_id: str
    """The id of the public key that sealed it."""
    since: datetime


async def listed_set_aside(tx: Transaction) -> list[Listed]:
    """Every draft that was set aside, the longest waiting first."""
    rows = await tx.fetch(
        f"""
        SELECT clinic_id AS clinic, session_id AS session, note_id AS note, key_id, set_aside_at AS since
        FROM note_drafts WHERE {_SET_ASIDE} ORDER BY set_aside_at, note_id
        """
    )
    return [Listed(**row) for row in rows]


async def settle(tx: Transaction, keys: NoteKeys, clinic: str, note: str, nonce: bytes) -> None:
    """Make the note's draft, if it has one, its newest version. A signed note keeps its draft, for an addendum.

    A draft that the author saves meanwhile is kept.
    """
    await notes.take(tx, note)
    draft = await of_note(tx, clinic, note)
    if draft is None:
        return
    written = await notes.find(tx, keys, clinic, note) or draft.note
    if written.signatures:
        return
    version = revise(written, unseal(keys, draft), nonce)
    if version is not None:
        await notes.write(tx, keys, written, version)
    await _remove(tx, draft)


async def _remove(tx: Transaction, draft: SealedDraft) -> None:
    await tx.execute(
        "DELETE FROM note_drafts WHERE clinic_id = $1 AND note_id = $2 AND at = $3 AND revision = $4",
        draft.clinic,
        draft.note.id,
        draft.at,
        draft.revision,
    )
