"""What the route of who looked takes and answers."""

from typing import Annotated, Literal

import msgspec

from domain.events.fact import Instant
from server.http.payloads import Id, Query, View

RecordKind = Literal[
    "acts", "attendance", "client", "clinic", "consents", "contacts", "diagnoses", "door", "enrolment", "feed",
    "guests", "inquiry", "link", "list", "looks", "mail", "mutual_help", "names", "notes", "other", "person",
    "program", "retention", "room", "second_factor", "session", "sessions", "sign_in", "signature", "staff", "token",
    "transfer",
]  # fmt: skip
"""What kind of record was looked at. `other`: by a route of an older release."""
Did = Literal["saw", "changed", "tried"]
"""`tried`: it was refused, or failed."""


class LookQuery(Query, frozen=True, kw_only=True):
    """Whose record, by whom and when; each of them may be left out. `after` is the `next` of the page before."""

    person: Id | None = None
    actor: Id | None = None
    start: Instant | None = msgspec.field(default=None, name="from")
    end: Instant | None = msgspec.field(default=None, name="to")
    after: Annotated[int, msgspec.Meta(ge=1, le=9_223_372_036_854_775_807)] | None = None


class Looked(View, frozen=True, kw_only=True):
    """Somebody who looked, or whose record it was: `name` is null when they are no longer known."""

    id: str
    name: str | None


class Look(View, frozen=True, kw_only=True):
    """One look at a record."""

    id: str
    at: Instant
    by: Looked | None
    """Null: somebody who claimed to be a person and did not prove it."""
    by_program: bool
    """Whether a program looked, with an API token."""
    record: RecordKind
    did: Did
    persons: tuple[Looked, ...]
    """Whose record it was, the first few of them. Empty when one person was asked for."""
    further: int
    """How many persons more."""


class Looks(View, frozen=True, kw_only=True):
    """Looks, newest first. `person` is who was asked for."""

    items: tuple[Look, ...]
    next: str | None
    person: Looked | None
