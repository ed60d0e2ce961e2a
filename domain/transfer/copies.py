"""Everything that a clinic keeps about one person, as a copy for that person. It names no other client."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from domain.people.clients import Client


class CopiedDiagnosis(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    starts_on: date
    ends_on: date | None


class CopiedAct(msgspec.Struct, frozen=True, kw_only=True):
    """A dated act of the way through a program. `withdrawn`: it was taken back, and does not count."""

    kind: str
    from_on: date
    phase: str | None
    reason: str
    words: str
    withdrawn: bool


class CopiedEnrolment(msgspec.Struct, frozen=True, kw_only=True):
    program: str
    starts_on: date
    ends_on: date | None
    acts: Sequence[CopiedAct]


class CopiedSpan(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds of a session with one reason, in words, and the facts behind it."""

    start: datetime
    end: datetime
    seconds: int
    reason: str
    facts: Sequence[str]


class CopiedSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session of theirs: what was credited, and why each second was or was not."""

    session: str
    title: str
    kind: str
    starts: datetime
    timezone: str
    service_date: date
    status: str | None
    credited_s: int
    derivation: Sequence[CopiedSpan]


class CopiedNote(msgspec.Struct, frozen=True, kw_only=True):
    """A signed note on them."""

    session: str
    author: str
    text: str
    signed_by: str
    signed_at: datetime
    digest: str


class CopiedConsent(msgspec.Struct, frozen=True, kw_only=True):
    """A consent. `recipient` None: a person close to them."""

    recipient: str | None
    purpose: str
    scopes: Sequence[str]
    signed_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class CopiedDisclosure(msgspec.Struct, frozen=True, kw_only=True):
    """A disclosure to somebody outside. `recipient` None: with the whole clinic's records."""

    at: datetime
    recipient: str | None
    purpose: str
    events: int


class CopiedLook(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's look at their record, by whom and at what. `by` None: unknown."""

    at: datetime
    by: str | None
    record: str
    did: str


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """The copy. `notes_left_out`: signed notes that whoever made it may not read."""

    made_at: datetime
    clinic: str
    timezone: str
    client: Client
    diagnoses: Sequence[CopiedDiagnosis]
    enrolments: Sequence[CopiedEnrolment]
    sessions: Sequence[CopiedSession]
    notes: Sequence[CopiedNote]
    notes_left_out: int
    consents: Sequence[CopiedConsent]
    disclosures: Sequence[CopiedDisclosure]
    looks: Sequence[CopiedLook]
    more_looks: bool
    """Whether older looks are left out for their number."""
