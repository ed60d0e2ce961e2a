"""What the routes of planned sessions take and answer."""

from typing import Annotated

import msgspec

from domain.chart.notes import NoteKind
from domain.events.fact import Instant, Span
from domain.events.schedule import Block, CancellationReason, Role, SessionKind
from domain.people.licences import Missing
from domain.schedule.sessions import SessionPhase
from server.http.payloads import Body, Few, Id, Query, Version, View


class RosterPlace(Body, frozen=True, kw_only=True):
    person: Id
    role: Role = "client"
    enrolment: Id | None = None


Roster = Annotated[tuple[RosterPlace, ...], msgspec.Meta(max_length=500)]


class PlannedBlock(Body, frozen=True, kw_only=True):
    kind: SessionKind
    start: Instant
    end: Instant


class CreateSession(Body, frozen=True, kw_only=True):
    program: Id
    kind: SessionKind
    own_kind: Id | None = None
    title: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    starts: Instant
    ends: Instant
    blocks: Annotated[tuple[PlannedBlock, ...], Few] = ()
    breaks: Annotated[tuple[Span, ...], Few] = ()
    roster: Roster = ()
    parent: Id | None = None
    pull_out: bool = False


class ReplaceRoster(Body, frozen=True, kw_only=True):
    """The whole roster of a session. `revision` is the plan's, so that two editors cannot overwrite each other."""

    revision: Version
    roster: Roster


class CancelSession(Body, frozen=True, kw_only=True):
    """Why the session is cancelled."""

    reason: CancellationReason


class RosterMember(View, frozen=True, kw_only=True):
    """A place on a roster, with all its fields in each answer."""

    person: str
    name: str
    role: Role
    enrolment: str | None


class Session(View, frozen=True, kw_only=True):
    id: str
    program: str
    program_name: str
    kind: SessionKind
    own_kind: str | None = None
    own_kind_name: str | None = None
    """What the clinic calls this kind, if it has a word of its own."""
    title: str
    timezone: str
    starts: Instant
    ends: Instant
    blocks: tuple[Block, ...]
    breaks: tuple[Span, ...]
    parent: str | None
    pull_out: bool
    revision: int
    phase: SessionPhase
    """`open`: people may be in the lobby; `live`: staff have started it."""
    may_cancel: bool = False
    """Whether you may cancel or reinstate it."""
    roster: tuple[RosterMember, ...]
    warnings: tuple[Missing, ...] = ()
    """Licences that it asks for and nobody holds who leads it. Given where a plan is made and where one session is
    shown; a clinic may refuse such plans instead."""


class SessionQuery(Query, frozen=True, kw_only=True):
    """Sessions that touch `[from, to)`; without them, today in the clinic's zone."""

    start: Instant | None = msgspec.field(name="from", default=None)
    end: Instant | None = msgspec.field(name="to", default=None)


class UnsignedNote(View, frozen=True, kw_only=True):
    """A note, or a draft of one, that its author has not signed; without a word of it."""

    session: str
    title: str
    kind: NoteKind
    program_name: str
    starts: Instant


class LeftUndone(View, frozen=True, kw_only=True):
    """What waits for a member of staff, or for a colleague instead."""

    notes: tuple[UnsignedNote, ...]
    sessions: tuple[Session, ...]


class HandOver(Body, frozen=True, kw_only=True):
    """Whose part in the session goes to whom."""

    by: Id
    to: Id
