"""Notes: who owns one, when a draft becomes a new version, who may read it, and what a signature covers."""

import hashlib
import unicodedata
import uuid
from datetime import datetime
from typing import Literal

import msgspec

from domain.errors import Conflict, Forbidden, NoteAlreadySigned, NoteUnreadable

NoteKind = Literal["progress", "private_reflection", "sud_counselling"]
Unreadable = Literal["text", "draft"]
"""`text`: the newest text, which is then empty; `draft`: a draft newer than the text."""
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
    """A person's signature on a version."""

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
    """The part that cannot be opened with the available keys, if any."""
    signatures: tuple[Signature, ...] = ()

    @property
    def key_owner(self) -> str:
        """The id whose data key encrypts the note: the client's, or the session's for a note on the group."""
        return self.client or self.session


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """The text as its author last saved it in the room, and when."""

    text: str
    at: datetime


class SealedDraft(msgspec.Struct, frozen=True, tag="draft"):
    """A draft as it is journaled and stored: only the private key opens it.

    Journals on disk hold this shape under this tag.
    """

    clinic: str
    session: str
    client: str | None
    """None: on the whole group."""
    kind: NoteKind
    author: str
    revision: int
    """Counted by its author's page."""
    at: datetime
    key_id: str
    sealed: bytes

    @property
    def note(self) -> Note:
        """The note it belongs to, without any text."""
        return Note(
            id=note_id(self.session, self.client, self.kind, self.author),
            clinic=self.clinic,
            session=self.session,
            client=self.client,
            kind=self.kind,
            author=self.author,
        )


class Reader(msgspec.Struct, frozen=True):
    """A person who wants to read or sign a note, whether they are staff of its session, and whether they audit."""

    person: str
    staff: bool
    audits: bool = False


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """What a signer sends: the text and the number of the version it was edited from; and a time and a random nonce."""

    version: int
    text: str
    at: datetime
    nonce: bytes


def note_id(session: str, client: str | None, kind: NoteKind, author: str) -> str:
    """The id of the only note of this author on this subject; always the same for the same arguments."""
    return str(uuid.uuid5(_NAMES, "/".join((session, client or "", kind, author))))


def digest(nonce: bytes, text: str) -> str:
    """SHA-256 (hex) over the nonce and the text in Unicode's normal form C, as UTF-8."""
    return hashlib.sha256(nonce + unicodedata.normalize("NFC", text).encode()).hexdigest()


def may_read(note: Note, reader: Reader) -> bool:
    """Its author and staff of its session may read a note; only its author may read a private reflection.

    Auditors read signed progress notes: a draft is no record yet, and counselling notes need a consent of their own.
    """
    if reader.person == note.author or (reader.staff and note.kind != "private_reflection"):
        return True
    return reader.audits and note.kind == "progress" and bool(note.signatures)


def revise(note: Note, draft: Draft, nonce: bytes) -> Version | None:
    """The version that the draft creates; None when it changes nothing.

    A draft does not change a signed note, nor a note whose newest version is newer than the draft.
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
        NoteUnreadable: the text could not be shown, so nobody can have read it.
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
