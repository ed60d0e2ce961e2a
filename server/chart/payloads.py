"""What the routes of notes take and answer."""

from typing import Annotated

import msgspec

from domain.chart.notes import NoteKind, Unreadable
from domain.events.fact import Instant
from server.http.payloads import Body, Revision, View


class Signature(View, frozen=True, kw_only=True):
    signer: str
    signer_name: str
    at: Instant
    digest: str


class Note(View, frozen=True, kw_only=True):
    """A note and its newest text. Before the first signature, `version` counts the saved drafts."""

    id: str
    session: str
    client: str | None
    client_name: str | None
    kind: NoteKind
    author: str
    version: int
    text: str
    saved_at: Instant
    signatures: tuple[Signature, ...]
    unreadable: Unreadable | None = None
    """What this server cannot open: the text, which is then empty, or a draft that is newer than the text."""


class SignNote(Body, frozen=True, kw_only=True):
    """The text to sign, and the version it was edited from; an older version is a conflict."""

    version: Revision
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=48_000)]
