"""What the routes of programs and enrolments take; they answer with the domain's own shapes."""

from datetime import date
from typing import Annotated

import msgspec

from domain.events.schedule import SessionKind
from domain.policy import Weekday
from domain.programs.meeting_logs import LoggedMeeting, MeetingKind
from domain.programs.programs import PolicyFrom, TextKind
from domain.programs.templates import TemplateName
from server.http.payloads import Body, Few, Id, Name, PageQuery, Revision, Secret, TimeZone, TypedName, Version, View

Capacity = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
Tag = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^ *[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
Tags = Annotated[tuple[Tag, ...], msgspec.Meta(max_length=30)]
Text = Annotated[str, msgspec.Meta(max_length=20_000, pattern=r"^\s*\S[^\x00-\x08\x0b-\x1f\x7f]*$")]
"""Text of several lines that is not blank."""


class CreateProgram(Body, frozen=True, kw_only=True):
    name: TypedName
    timezone: TimeZone
    week_start: Weekday = "sunday"
    policy_id: Name
    policy_version: Version
    capacity: Capacity | None = None
    tags: Tags = ()


class BeginProgram(CreateProgram, frozen=True, kw_only=True):
    """A program with the phases of a template."""

    template: TemplateName


class DescribeProgram(Body, frozen=True, kw_only=True):
    """What may change about a program at any time. No `capacity`: it takes everybody."""

    name: TypedName
    capacity: Capacity | None = None
    tags: Tags = ()


class PhaseOccupancy(View, frozen=True, kw_only=True):
    phase: str
    clients: int


class Occupancy(View, frozen=True, kw_only=True):
    """How many clients are in a program today, and how many it takes."""

    clients: int
    capacity: int | None
    phases: tuple[PhaseOccupancy, ...]


class NewText(Body, frozen=True, kw_only=True):
    """The next version of a text. `after` is the version that it was written from; 0 is before the first."""

    kind: TextKind
    after: Revision
    text: Text


class ChangePolicy(Body, frozen=True, kw_only=True):
    """The attendance policy of the sessions from a day on."""

    from_on: date
    policy_id: Name
    policy_version: Version


class PolicyPreview(View, frozen=True, kw_only=True):
    """What a change of policy does: the number of sessions that it plans again, and the day of the first."""

    sessions: int
    first: date | None


class KnownPolicy(View, frozen=True, kw_only=True):
    id: str
    version: int
    title: str


class ProgramPolicies(View, frozen=True, kw_only=True):
    """The policy that a program began with, its changes by day, and every policy that it could change to."""

    first: KnownPolicy
    changes: tuple[PolicyFrom, ...]
    known: tuple[KnownPolicy, ...]


class ClientTags(View, frozen=True, kw_only=True):
    """What a client said of themselves, so that a group fits them."""

    tags: tuple[str, ...]


class SetClientTags(Body, frozen=True, kw_only=True):
    """The client's tags. `consented`: the client has agreed that these are stored."""

    tags: Tags
    consented: bool


class CreateKind(Body, frozen=True, kw_only=True):
    """A kind of the clinic's own, and the kind as which it counts."""

    name: TypedName
    counts_as: SessionKind


class DescribeKind(Body, frozen=True, kw_only=True):
    name: TypedName
    in_use: bool


Kinds = Annotated[tuple[SessionKind, ...], Few]
UsualWeeks = Annotated[int, msgspec.Meta(ge=1, le=520)]


class NewRequirement(Body, frozen=True, kw_only=True):
    """What a phase asks of a week from a day on. No `kinds`: all of them count."""

    from_on: date
    required_s: Annotated[int, msgspec.Meta(ge=0, le=604_800)]
    days_per_week: Annotated[int, msgspec.Meta(ge=0, le=7)]
    kinds: Kinds = ()


class CreatePhase(Body, frozen=True, kw_only=True):
    name: TypedName
    usual_weeks: UsualWeeks | None = None
    required: NewRequirement


class DescribePhase(Body, frozen=True, kw_only=True):
    """The phase's name, its usual length, and its place among the program's phases, from 1."""

    name: TypedName
    usual_weeks: UsualWeeks | None = None
    position: Annotated[int, msgspec.Meta(ge=1, le=100)]


class CreateEnrolment(Body, frozen=True, kw_only=True):
    program: Id
    client: Id
    starts_on: date
    ends_on: date | None = None
    phase: Id


class EnrolmentQuery(PageQuery, frozen=True, kw_only=True):
    """Enrolments of one program, or of all."""

    program: Id | None = None


class OpenMeetingLog(Body, frozen=True, kw_only=True):
    link: Secret


class LogMeeting(Body, frozen=True, kw_only=True):
    """A meeting that the client was at. It has no field for the names of others."""

    link: Secret
    met_on: date
    kind: MeetingKind
    home_group: bool = False
    sponsor: bool = False


class RemoveMeeting(Body, frozen=True, kw_only=True):
    link: Secret
    meeting: Id


class ShareMeetingLog(Body, frozen=True, kw_only=True):
    """Whether the care team may read the log, from now on."""

    link: Secret
    shared: bool


class MeetingLog(View, frozen=True, kw_only=True):
    """A client's log, the newest meeting first."""

    shared: bool
    meetings: tuple[LoggedMeeting, ...]
