"""The facts of the ledger, one Struct an event type, named after it: `connection.closed` is `ConnectionClosed`.

Facts carry ids, never a name and never prose. Old and newer releases must stay readable, so unknown fields are
ignored, every field added later has a default, and an unknown type decodes as `UnknownEvent`.
"""

import re
from datetime import date, datetime
from typing import Annotated, Literal, get_args

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment with its UTC offset stated; a naive time is refused."""

SessionKind = Literal[
    "group", "individual", "family", "education", "skills", "expressive", "medication", "peer_support", "intake",
    "intervention", "support",
]  # fmt: skip
Role = Literal["client", "facilitator", "co_facilitator", "observer", "family_member", "interpreter"]
ROLES: frozenset[str] = frozenset(get_args(Role))
STAFF_ROLES: frozenset[Role] = frozenset({"facilitator", "co_facilitator"})
"""The roles that may run a room: admit, remove, start, end, declare breaks, take notes."""

CloseCause = Literal["left", "lost", "removed", "ended", "moved"]
Medium = Literal["video", "audio", "phone", "none"]
Withdrawal = Literal["link_revoked", "signed_out", "deactivated", "place_changed"]
"""How somebody lost what let them in."""
TakeoverReason = Literal["did_not_come", "left", "sent_out", "other"]
Verdict = Literal["let_in", "without_credit", "sent_away"]
CancellationReason = Literal["facilitator_unavailable", "weather", "technical", "holiday", "too_few", "other"]
"""Why a session is called off; in the facts a plain code, so that those of a newer release stay readable."""
Span = tuple[Instant, Instant]
"""A half-open interval `[start, end)`."""


def _dotted(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", ".", name).lower()


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="type", tag=_dotted):
    """What every fact has. They hold no reference cycles; `gc=False` keeps the collector from walking millions.

    `id` is a UUIDv7, unique for ever (in a case file without ids, `seq` stands for it); `seq` orders the facts of
    one stream; `at` is the recording node's clock; `session` is empty in a case file, where the session encloses
    its events; `v` is the version of the type's shape.
    """

    id: str = ""
    seq: int = 0
    at: Instant
    session: str = ""
    v: int = 1


class Block(msgspec.Struct, frozen=True):
    """A part of a session with its own kind."""

    kind: SessionKind
    start: Instant
    end: Instant


class RosterEntry(msgspec.Struct, frozen=True):
    """Who is expected, as what, and (for a client) under which enrolment and payer, both by id."""

    person: str
    role: str = "client"
    """A `Role`, or one that a newer release knows: neither client nor facilitator here."""
    enrolment: str | None = None
    payer: str | None = None


class PolicyReference(msgspec.Struct, frozen=True):
    """A policy file: its name, its version, and the SHA-256 (hex) of its bytes."""

    id: str
    version: int
    digest: str


class SessionPlanned(Event, frozen=True):
    """The plan: appended at creation and at each change; the last by `(at, seq)` counts."""

    kind: SessionKind
    timezone: str
    start: Instant
    end: Instant
    policy: PolicyReference
    program: str | None = None
    blocks: tuple[Block, ...] = ()
    breaks: tuple[Span, ...] = ()
    roster: tuple[RosterEntry, ...] = ()
    parent: str | None = None
    pull_out: bool = False
    by: str | None = None
    """Who changed the plan; None where it was made before the start, or by an older release."""
    salt: str = ""
    """Random, and told only with the whole plan: so the digest of a plan confirms no guess at who else is on it."""


class RoomOpened(Event, frozen=True):
    """A node took the room: the first fact of the stream (session, epoch)."""

    node: str
    epoch: int
    """Counts up from 1; it takes over from every epoch before it."""
    skew_ms: int = 0
    """How far the node's clock was ahead of the database's when it was last measured, in milliseconds."""


class RoomClosed(Event, frozen=True):
    """The last fact of the stream (session, epoch)."""

    count: int
    """How many facts the stream holds, this one included."""


class ConnectionOpened(Event, frozen=True):
    """A socket stands in the lobby."""

    connection: str
    person: str
    role: str
    """A `Role`, or one that a newer release knows: neither client nor facilitator here."""


class ConnectionAdmitted(Event, frozen=True):
    """Presence begins."""

    connection: str
    by: str | None = None


class ConnectionReturned(Event, frozen=True):
    """Back to the lobby: presence ends, the connection lives."""

    connection: str
    by: str | None = None


class ConnectionSeen(Event, frozen=True):
    """Evidence that the connection was alive at `at`."""

    connection: str


class ConnectionMoved(Event, frozen=True):
    """Into a breakout of the same session, or (`to` None) out of it: presence goes on."""

    connection: str
    to: str | None = None


class ConnectionMedium(Event, frozen=True):
    """How the person takes part, for claim modifiers; no effect on seconds."""

    connection: str
    medium: Medium


class ConnectionClosed(Event, frozen=True):
    """The socket's life is over. When `lost`, presence ends at the last evidence, not at `at`."""

    connection: str
    cause: CloseCause
    last_seen: Instant | None = None
    by: str | None = None
    missed_at: Instant | None = None
    """When its node, seeing that media had stopped, asked for a sign, and never had one: it was lost by then."""
    act: CloseCause | None = None
    """What was done to it when it turned out to be lost already: who was `removed` stays removed."""
    why: str | None = None
    """A `Withdrawal`: what the person had lost. They may come back as soon as they have it again."""


class PersonRemoved(Event, frozen=True):
    """Staff sent out somebody who was not connected, or did so from outside the room: they may not come back."""

    person: str
    by: str | None = None


class PersonReturned(Event, frozen=True):
    """Staff sent somebody back to the lobby who was away: they wait there when they come back."""

    person: str
    by: str | None = None


class PersonReadmitted(Event, frozen=True):
    """Staff let a removed person back in: they may come to the lobby again."""

    person: str
    by: str | None = None


class ResponsibilityTaken(Event, frozen=True):
    """Somebody who oversees the clinic made themselves facilitator of a session that had none in its room."""

    by: str
    why: str
    """A `TakeoverReason`."""
    source: str | None = msgspec.field(name="from", default=None)
    """The facilitator who was expected, if there was one."""


class SessionStarted(Event, frozen=True):
    """Staff started the session."""

    by: str | None = None


class SessionEnded(Event, frozen=True):
    """Staff ended the session for all; the first end counts."""

    by: str | None = None


class SessionExtended(Event, frozen=True):
    """Staff moved the end of the window."""

    until: Instant
    by: str | None = None


class BreakStarted(Event, frozen=True):
    """Staff declared a break."""

    by: str | None = None


class BreakEnded(Event, frozen=True):
    """The declared break is over."""

    by: str | None = None


class SessionCancelled(Event, frozen=True):
    """Staff called the session off. Whether that counts, the rules say (`domain.outcome`)."""

    by: str | None = None
    reason: str = ""


class SessionReinstated(Event, frozen=True):
    """Staff took the cancellations before it back."""

    by: str | None = None
    reason: str = ""


class ArrivalJudged(Event, frozen=True):
    """Staff decided at the door what somebody's arrival is worth; the last verdict counts."""

    person: str
    verdict: Verdict
    late_s: int | None = None
    """How late the person was then, in seconds after the scheduled start."""
    by: str | None = None
    reason: str = ""


class AbsenceAnnounced(Event, frozen=True):
    """A client said beforehand that they cannot come. It changes no record: a session that takes place is held."""

    person: str
    notice_at: Instant | None = None
    """When the client said so."""
    by: str | None = None
    reason: str = ""


class AbsenceExcused(Event, frozen=True):
    """Staff excused a no-show; record and statement say so beside the status."""

    person: str
    notice_at: Instant | None = None
    by: str | None = None
    reason: str = ""


class AbsenceUnexcused(Event, frozen=True):
    """Staff took an excuse back."""

    person: str
    by: str | None = None
    reason: str = ""


class AttendanceCorrected(Event, frozen=True):
    """Staff added or removed presence, with a maker and an approver; it never alters an event.

    `reason` is a code or a reference id, not prose: the words stand in the correction's own record.
    """

    person: str
    op: Literal["add", "remove"]
    start: Instant = msgspec.field(name="from")
    end: Instant = msgspec.field(name="to")
    reason: str = ""
    by: str | None = None
    approved_by: str | None = None


class NoteSigned(Event, frozen=True):
    """A version of a note was signed. The note itself stands elsewhere, encrypted."""

    note: str
    version: int
    digest: str
    by: str
    client: str | None = None


class AttendanceStated(Event, frozen=True):
    """What is stated to billing about one client in one session. Never rebuilt: a change is a new version."""

    client: str
    version: int
    supersedes: str | None
    """The id of the statement this one replaces."""
    service_date: str
    status: str
    credited_s: int
    billable_s: int
    delta_credited_s: int
    delta_billable_s: int
    late_s: int | None
    participant_count: int
    holds: tuple[str, ...]
    units: dict[str, int]
    policy: PolicyReference
    incomplete: bool = False
    """True when stated 72 h after the end although the room's streams never all closed."""
    outcome: str | None = None
    """`held`, `cancelled` or `not_held`; None in statements of version 1, which did not say."""
    excused: bool = False
    """Staff excused this no-show."""
    reinstated: bool = False
    """A no-show of a session that was cancelled and then reinstated: absence rules skip it."""
    cause: str | None = None
    """Why it was stated again, where no fact is the reason: `rule_changed`."""


class DayClosed(Event, frozen=True):
    """A clinic's UTC day is over: how much had been recorded since the closing before it, bound and signed.

    `domain.closings` says what each digest covers. Of no session.
    """

    clinic: str
    day: date
    count: int
    """How many positions it covers; the first is the one behind the last position of the closing before."""
    last_position: int
    digest: str
    """The root of the tree over what it covers, in hex."""
    previous: str
    """The fingerprint of the closing before, in hex; 64 zeros in a clinic's first."""
    key: str
    """The id of the public key that the signature is checked with."""
    signature: str = ""
    """Ed25519 over its text, in hex."""


class UnknownEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of a type this release does not know: kept, and ignored by the arithmetic."""

    id: str = ""
    seq: int = 0
    at: Instant
    session: str = ""
    type: str


RoomEvent = (
    RoomOpened | RoomClosed
    | ConnectionOpened | ConnectionAdmitted | ConnectionReturned | ConnectionSeen | ConnectionMoved
    | ConnectionMedium | ConnectionClosed
    | PersonRemoved | PersonReturned | PersonReadmitted
    | SessionStarted | SessionEnded | SessionExtended | BreakStarted | BreakEnded | ArrivalJudged
)  # fmt: skip
"""The facts a live room records."""

AbsenceEvent = AbsenceAnnounced | AbsenceExcused | AbsenceUnexcused
PlanEvent = SessionPlanned | SessionCancelled | SessionReinstated | ResponsibilityTaken
"""The facts of a plan's own stream."""

KnownEvent = RoomEvent | PlanEvent | AbsenceEvent | AttendanceCorrected | NoteSigned | AttendanceStated | DayClosed
AnyEvent = KnownEvent | UnknownEvent

_KNOWN: msgspec.json.Decoder[KnownEvent] = msgspec.json.Decoder(KnownEvent)
_UNKNOWN: msgspec.json.Decoder[UnknownEvent] = msgspec.json.Decoder(UnknownEvent)
UNREADABLE = (msgspec.MsgspecError, ValueError, OverflowError, RecursionError)
"""The errors of decoding bytes that this release cannot read as a fact."""
_TYPES = frozenset(kind.__struct_config__.tag for kind in KnownEvent.__args__)


def decode(body: bytes | str) -> AnyEvent:
    """The fact in `body` (JSON).

    Raises:
        msgspec.ValidationError: a known type with a missing or ill-typed field, or no instant at all.
        One of `UNREADABLE`: anything else that is no fact. What JSON allows, Postgres keeps, and a reader may refuse.
    """
    try:
        return _KNOWN.decode(body)
    except msgspec.ValidationError:
        bare = _UNKNOWN.decode(body)
        if bare.type in _TYPES:
            raise
        return bare


def try_decode(body: bytes | str) -> AnyEvent | None:
    """The fact in `body`, or None when this release cannot read it: a newer one's shape, or damage."""
    try:
        return decode(body)
    except UNREADABLE:
        return None


def encode(event: Event | UnknownEvent) -> bytes:
    """The JSON of a fact: the exact bytes that are journaled, hashed and stored."""
    return msgspec.json.encode(event)
