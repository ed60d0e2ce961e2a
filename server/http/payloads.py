"""Everything the REST API takes and gives: one Struct a shape. Requests refuse unknown fields.

`web/src/wire/api.gen.ts` and the OpenAPI document are generated from this file and from `server/http/routes.py`.
"""

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec

from domain.access.relay_credentials import RelayCredentials
from domain.attendance.records import Outcome, Status
from domain.chart.notes import NoteKind, Unreadable
from domain.events.fact import Instant, Span
from domain.events.room import TakeoverReason
from domain.events.schedule import Block, CancellationReason, Role, SessionKind
from domain.people.roles import StaffRole
from domain.policy import Weekday
from domain.schedule.sessions import SessionPhase

Id = Annotated[str, msgspec.Meta(max_length=36, pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID as this API writes it."""
Name = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^ *[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
"""A line of text that is not blank."""
Email = Annotated[str, msgspec.Meta(max_length=254, pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$")]
Version = Annotated[int, msgspec.Meta(ge=1, le=2_147_483_647)]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=512)]
TimeZone = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
"""An IANA name such as America/New_York."""


Revision = Annotated[int, msgspec.Meta(ge=0, le=2_147_483_647)]
"""A version that something was edited from; 0 is before the first."""
Few = msgspec.Meta(max_length=100)
"""Roles, scopes, blocks and breaks: of each there are a handful."""


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a request may carry."""


class Query(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an address may ask behind its question mark."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What a response carries."""


class Problem(View, frozen=True, kw_only=True):
    """RFC 9457 problem details, as application/problem+json."""

    type: str
    """`urn:vesper:problem:<code>`."""
    title: str
    """The code, in words."""
    status: int
    detail: str
    """What was wrong and how to mend it, for people."""
    code: str
    path: str | None = None
    """Where in the request, as in `$.blocks[1].start`, when one place is at fault."""


# ---- signing in ----------------------------------------------------------------------------------------------------


class SignIn(Body, frozen=True, kw_only=True):
    email: Email
    password: Secret


class Me(View, frozen=True, kw_only=True):
    """Who is signed in."""

    person: str
    clinic: str
    clinic_name: str
    name: str
    roles: tuple[StaffRole, ...]


# ---- people and plans ----------------------------------------------------------------------------------------------


class CreatePerson(Body, frozen=True, kw_only=True):
    display_name: Name
    email: Email | None = None
    external_id: Name | None = None
    staff_roles: Annotated[tuple[StaffRole, ...], Few] = ()
    password: Annotated[str, msgspec.Meta(min_length=12, max_length=512)] | None = None


class Person(View, frozen=True, kw_only=True):
    id: str
    display_name: str
    email: str | None
    external_id: str | None
    staff_roles: tuple[StaffRole, ...]
    deactivated: bool
    """Whether this person's access is switched off: no sign-in, no link."""


class CreateProgram(Body, frozen=True, kw_only=True):
    name: Name
    timezone: TimeZone
    week_start: Weekday = "sunday"
    policy_id: Name
    policy_version: Version


class CreateEnrolment(Body, frozen=True, kw_only=True):
    program: Id
    client: Id
    starts_on: date
    ends_on: date | None = None
    phase: Name
    required_s: Annotated[int, msgspec.Meta(ge=0, le=604_800)]
    days_per_week: Annotated[int, msgspec.Meta(ge=0, le=7)]


class EndEnrolment(Body, frozen=True, kw_only=True):
    """The last day of the enrolment; null: open again."""

    ends_on: date | None


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
    title: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    starts: Instant
    ends: Instant
    blocks: Annotated[tuple[PlannedBlock, ...], Few] = ()
    breaks: Annotated[tuple[Span, ...], Few] = ()
    roster: Roster = ()
    parent: Id | None = None
    pull_out: bool = False


class ReplaceRoster(Body, frozen=True, kw_only=True):
    """The whole roster of a session; `revision` is the plan's, so that two editors cannot overwrite each other."""

    revision: Version
    roster: Roster


class CancelSession(Body, frozen=True, kw_only=True):
    """Why the session is called off."""

    reason: CancellationReason


class RosterMember(View, frozen=True, kw_only=True):
    """A place on a roster, with everything that is known of it: each answer has every field."""

    person: str
    name: str
    role: Role
    enrolment: str | None


class Session(View, frozen=True, kw_only=True):
    id: str
    program: str
    program_name: str
    kind: SessionKind
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
    """`open`: somebody is in the lobby; `live`: started by staff."""
    may_cancel: bool = False
    """Whether you may call it off, or take that back."""
    roster: tuple[RosterMember, ...]


Item = TypeVar("Item")


class Page(View, Generic[Item], frozen=True, kw_only=True):
    """A list; `next` is the id to pass as `after` for more, or null at the end."""

    items: tuple[Item, ...]
    next: str | None


class PageQuery(Query, frozen=True, kw_only=True):
    """Items behind the id `after`; without it, from the first."""

    after: Id | None = None


class EnrolmentQuery(PageQuery, frozen=True, kw_only=True):
    """Of one program, or of all."""

    program: Id | None = None


class SessionQuery(Query, frozen=True, kw_only=True):
    """Sessions that touch `[from, to)`; without them, today in the clinic's zone."""

    start: Instant | None = msgspec.field(name="from", default=None)
    end: Instant | None = msgspec.field(name="to", default=None)


# ---- the door ------------------------------------------------------------------------------------------------------


class CreateJoinLink(Body, frozen=True, kw_only=True):
    enrolment: Id
    expires: Instant | None = None
    """Default: 14 days from now."""


class JoinLink(View, frozen=True, kw_only=True):
    """`url` is shown once, at creation; its secret stands in the fragment, which browsers send to no server."""

    id: str
    person: str
    enrolment: str
    expires: Instant
    revoked: bool
    url: str | None = None


class OpenJoinLink(Body, frozen=True, kw_only=True):
    link: Secret


class Invitation(View, frozen=True, kw_only=True):
    """What a personal link opens: who you are here, and the session that is on, or next."""

    person: str
    name: str
    clinic_name: str
    program_name: str
    session: Session | None
    """The session whose lobby is open now (from 30 minutes before its start to its end), else the next one, else null.
    Its roster is empty: a client is not told who else is expected."""
    lobby_opens: Instant | None
    may_enter: bool
    now: Instant
    """By the service's clock: the door opens by it, whatever the device believes."""


class RequestTicket(Body, frozen=True, kw_only=True):
    """Staff send nothing (their sign-in says who they are); a client sends the personal link's secret."""

    link: Secret | None = None


class TicketView(View, frozen=True, kw_only=True):
    """Send `ticket` as the first message to the socket at `url`, within a minute."""

    ticket: str
    url: str
    ice_servers: tuple[RelayCredentials, ...]


# ---- who is in the room, and who runs it ---------------------------------------------------------------------------


class RemovePerson(Body, frozen=True, kw_only=True):
    person: Id


class TakeResponsibility(Body, frozen=True, kw_only=True):
    why: TakeoverReason


class RoomPerson(View, frozen=True, kw_only=True):
    person: str
    name: str
    role: str
    """A `Role`, or one that a newer release knows."""


class RoomView(View, frozen=True, kw_only=True):
    """Who is in a session's room by the ledger, which is a second behind, and who was sent out of it."""

    here: tuple[RoomPerson, ...]
    removed: tuple[RoomPerson, ...]
    has_facilitator: bool


# ---- attendance ----------------------------------------------------------------------------------------------------


class DerivationSpan(View, frozen=True, kw_only=True):
    """A stretch of the window with its one reason, the facts behind it, and how sure its edges are."""

    start: Instant
    end: Instant
    seconds: int
    reason: str
    sentence: str
    """The reason in words, with its numbers, for people."""
    events: tuple[str, ...]
    start_known_by: str
    start_bound_s: int
    end_known_by: str
    end_bound_s: int


class ClientRecord(View, frozen=True, kw_only=True):
    person: str
    name: str
    connected_s: int
    credited_s: int
    billable_s: int
    status: Status | None
    """None until the session is over."""
    excused: bool
    """Staff excused this no-show."""
    late_s: int | None
    late: bool
    holds: tuple[str, ...]
    flags: tuple[str, ...]
    units: dict[str, int]
    derivation: tuple[DerivationSpan, ...]
    week_credited_s: int
    """In the session's week and program, this session included."""
    week_required_s: int | None


class Attendance(View, frozen=True, kw_only=True):
    """The attendance page of one session."""

    session: Session
    service_date: date
    net_s: int
    facilitator_gap_s: int
    participant_count: int
    outcome: Outcome | None
    """What came of the session; None until it is over."""
    flags: tuple[str, ...]
    """What of the session somebody should look at."""
    final: bool
    through_position: int
    policy_id: str
    policy_version: int
    clients: tuple[ClientRecord, ...]
    set_aside: bool = False
    """Something in the session's record cannot be read: these are the numbers from before."""
    neighbour_set_aside: bool = False
    """The same holds for a session beside this one: seconds may still move between them."""
    facts_set_aside: int = 0
    """The number of facts of a room that could not be stored; the record lacks them."""


# ---- notes ---------------------------------------------------------------------------------------------------------


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
    """What cannot be opened on this server: the text, which then is empty, or a draft that is newer than the text."""


class SignNote(Body, frozen=True, kw_only=True):
    """Signing posts the text itself with the version it was edited from; an older version is a conflict."""

    version: Revision
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=48_000)]


# ---- billing -------------------------------------------------------------------------------------------------------


class CreateApiToken(Body, frozen=True, kw_only=True):
    name: Name
    scopes: Annotated[tuple[Literal["feed"], ...], msgspec.Meta(min_length=1, max_length=100)]
    expires: Instant | None = None


class ApiToken(View, frozen=True, kw_only=True):
    """`secret` is shown once, at creation."""

    id: str
    name: str
    scopes: tuple[str, ...]
    expires: Instant | None
    revoked: bool
    secret: str | None = None


class FeedQuery(Query, frozen=True, kw_only=True):
    """Where to go on reading, and how much to read at once."""

    after: Annotated[int, msgspec.Meta(ge=0, le=9_223_372_036_854_775_806)] = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 500


class FeedItem(View, frozen=True, kw_only=True, omit_defaults=True):
    """One position of the ledger. A fact that may not be disclosed keeps its position, with type `withheld`."""

    position: int
    type: str
    id: str | None = None
    stream: str | None = None
    seq: int | None = None
    recorded_at: Instant | None = None
    hash: str | None = None
    """The link of the fact in its stream, in hex."""
    digest: str | None = None
    """SHA-256 of the fact's exact bytes, in hex, where it is not told whole."""
    event: Any = None
    """The fact itself: ids and seconds only. Of a roster, only staff and consenting clients."""


class Feed(View, frozen=True, kw_only=True):
    """Positions in order, none skipped. Ask again with `after` = `next`; when `more` is false you are up to date."""

    items: tuple[FeedItem, ...]
    next: int
    more: bool
    notice: str
    """42 CFR 2.32: the notice that accompanies each disclosure."""


class ClosingKey(View, frozen=True, kw_only=True):
    """A public key (Ed25519, in hex) for closings that are signed from its first moment until before its last."""

    id: str
    public_key: str
    valid_from: Instant
    valid_until: Instant | None


class ClosingKeys(View, frozen=True, kw_only=True):
    """Every key that closings were ever signed with."""

    keys: tuple[ClosingKey, ...]
