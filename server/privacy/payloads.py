"""What the routes of who looked, of consents and of retention take and answer."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from domain.events.fact import Instant
from domain.privacy.consents import Purpose, ReleaseScope
from domain.privacy.retention import KeptSince, KeptUnit, RecordType
from server.http.payloads import Body, Id, Query, View

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


class KeptInState(View, frozen=True, kw_only=True):
    """How long records of clients from one state are kept."""

    state: str
    keep: int
    minors_until: int | None


class RetentionRule(View, frozen=True, kw_only=True):
    """How long a kind of record is kept; without `keep`, for ever. `shortest` is what ships."""

    record: RecordType
    keep: int | None
    shortest: int | None
    unit: KeptUnit
    since: KeptSince
    minors_until: int | None
    states: tuple[KeptInState, ...]
    fixed: bool


class Upcoming(View, frozen=True, kw_only=True):
    """How many of a kind of record are erased soon, if nothing changes."""

    record: RecordType
    in_30_days: int
    in_90_days: int


class ToErase(View, frozen=True, kw_only=True):
    """A client who is listed: erased on `erased_on`, unless they are held or come back."""

    person: str
    name: str
    listed_on: date
    erased_on: date
    postponed_until: date | None
    held: bool


class LegalHold(View, frozen=True, kw_only=True):
    """A hold that is not released."""

    id: str
    person: str
    name: str
    reason: str
    held_at: Instant
    held_by_name: str


class ErasedCount(View, frozen=True, kw_only=True):
    """What was erased on a day: how many, and nothing about whom."""

    day: date
    record: RecordType
    erased: int


class Retention(View, frozen=True, kw_only=True):
    """The policy, what it will do next, what stops it, and what it did. `clients` are the first to be erased, of
    `listed`."""

    rules: tuple[RetentionRule, ...]
    upcoming: tuple[Upcoming, ...]
    clients: tuple[ToErase, ...]
    listed: int
    holds: tuple[LegalHold, ...]
    done: tuple[ErasedCount, ...]


class KeepLonger(Body, frozen=True, kw_only=True):
    """Keep a kind of record for so many of the years or days that its rule counts."""

    record: RecordType
    keep: Annotated[int, msgspec.Meta(ge=1, le=36_500)]


class HoldClient(Body, frozen=True, kw_only=True):
    reason: Annotated[str, msgspec.Meta(max_length=500, pattern=r"^[^\x00]*\S[^\x00]*$")]
    """Why nothing about them may be erased."""


class PostponeErasing(Body, frozen=True, kw_only=True):
    until: date
    """The first day on which they may be erased."""


class ConsentView(View, frozen=True, kw_only=True):
    """A consent on file: to whom a client's record may go, for what, and until when."""

    id: str
    recipient: str | None
    """A system or a person; `any` is everyone who treats, pays or helps to operate. Null: a guest whom the caller does
    not see."""
    purpose: Purpose
    scopes: tuple[ReleaseScope, ...]
    signed_at: Instant
    expires_at: Instant | None
    revoked_at: Instant | None
    stands: bool
    """Whether it holds now."""
