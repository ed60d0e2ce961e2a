"""Notes: whose they are, when a draft becomes a new version, who may read one, and what a signature covers."""

import hashlib
import unicodedata
import uuid
from datetime import datetime
from typing import Literal

import msgspec

from domain.errors import Conflict, Forbidden, NoteAlreadySigned, NoteUnreadable

NoteKind = Literal["progress", "private_reflection", "sud_counselling"]
Unreadable = Literal["text", "draft"]
"""The newest text itself, which then is empty; or a draft newer than the text."""
NONCE_BYTES = 32
_NAMES = uuid.UUID("6f1d1c52-0f0b-5d0e-9d0c-7b1f6d1a9f3e")
"""The namespace of notes' ids; changing it would orphan every draft."""


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A note's text at one moment. `number` counts from 1; `nonce` is random, so that equal texts differ in digest."""

    number: int
    author: str
    at: datetime
    nonce: bytes
    text: str

    @property
    def digest(self) -> str:
        """What a signature of this version covers."""
        return digest(self.nonce, self.text)


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody put their name to a version."""

    version: int
    signer: str
    at: datetime
    digest: str


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One author's note on one client (None: on the whole group) in one session, with its newest version."""

    id: str
    clinic: str
    session: str
    client: str | None
    kind: NoteKind
    author: str
    newest: Version | None = None
    unreadable: Unreadable | None = None
    """What of it cannot be opened with the keys that are here."""
    signatures: tuple[Signature, ...] = ()

    @property
    def key_owner(self) -> str:
        """Whose data key encrypts it: the client's, or the session's for a note on the group."""
        return self.client or self.session


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The text as its author last saved it in the room, and when."""

    text: str
    at: datetime


class SealedDraft(msgspec.Struct, frozen=True, tag="draft"):
    """A draft as it is journaled and stored: nobody can read it but who has the private key.

    Journals on disk hold this shape under this tag.
    """

    clinic: str
    session: str
    client: str | None
    """None: on the whole group."""
    kind: NoteKind
    author: str
    revision: int
    """By its author's own count."""
    at: datetime
    key_id: str
    sealed: bytes

    @property
    def note(self) -> Note:
        """The note it belongs to, without anything written in it."""
        return Note(
            id=note_id(self.session, self.client, self.kind, self.author),
            clinic=self.clinic,
            session=self.session,
            client=self.client,
            kind=self.kind,
            author=self.author,
        )


class Reader(msgspec.Struct, frozen=True):
    """Somebody who wants to see or sign a note, and whether they are staff of its session."""

    person: str
    staff: bool


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """What a signer sends: the text, the number of the version it was edited from, and the time and chance of it."""

    version: int
    text: str
    at: datetime
    nonce: bytes


def note_id(session: str, client: str | None, kind: NoteKind, author: str) -> str:
    """The id of the one note there can be: the same wherever and whenever it is asked for."""
    return str(uuid.uuid5(_NAMES, "/".join((session, client or "", kind, author))))


def digest(nonce: bytes, text: str) -> str:
    """SHA-256 (hex) over the nonce and the text in Unicode's normal form C, as UTF-8."""
    return hashlib.sha256(nonce + unicodedata.normalize("NFC", text).encode()).hexdigest()


def may_read(note: Note, reader: Reader) -> bool:
    """Staff of the session may, and its author; a private reflection is for its author alone."""
    return reader.person == note.author or (reader.staff and note.kind != "private_reflection")


def revise(note: Note, draft: Draft, nonce: bytes) -> Version | None:
    """The version that the draft makes; None when it changes nothing.

    A signed note is not changed by drafts, nor is any by a draft older than its newest version.
    """
    if note.signatures or (note.newest is not None and draft.at <= note.newest.at):
        return None
    if draft.text == ("" if note.newest is None else note.newest.text):
        return None
    return Version(number=_next(note), author=note.author, at=draft.at, nonce=nonce, text=draft.text)


def sign(note: Note, signing: Signing, signer: Reader) -> tuple[Version, Signature]:
    """The version that holds the signed text, and the signature on it.

    Raises:
        Forbidden: the signer may not read this note.
        NoteAlreadySigned
        NoteUnreadable: nobody can have read what it says.
        Conflict: the text was edited from a version that is not the newest.
    """
    if not may_read(note, signer):
        raise Forbidden
    if note.signatures:
        raise NoteAlreadySigned
    if note.unreadable == "text":
        raise NoteUnreadable
    if note.newest is None or signing.version != note.newest.number:
        raise Conflict
    version = Version(number=_next(note), author=signer.person, at=signing.at, nonce=signing.nonce, text=signing.text)
    return version, Signature(version=version.number, signer=signer.person, at=signing.at, digest=version.digest)


def _next(note: Note) -> int:
    return 1 if note.newest is None else note.newest.number + 1
