"""Facts of a room: who held it, who was in it, and what staff did."""

from typing import Literal

import msgspec

from domain.events.fact import Event, Instant

CloseCause = Literal["left", "lost", "removed", "ended", "moved"]
Medium = Literal["video", "audio", "phone", "none"]
Withdrawal = Literal["link_revoked", "signed_out", "deactivated", "place_changed"]
"""Why the person's access was withdrawn."""
TakeoverReason = Literal["did_not_come", "left", "sent_out", "other"]
Verdict = Literal["let_in", "without_credit", "sent_away"]


class RoomOpened(Event, frozen=True):
    """A node took the room: the first fact of the stream (session, epoch)."""

    node: str
    epoch: int
    """Counts up from 1; a new epoch replaces every earlier one."""
    skew_ms: int = 0
    """Milliseconds by which the node's clock was ahead of the database's at the last measurement."""


class RoomClosed(Event, frozen=True):
    """The last fact of the stream (session, epoch)."""

    count: int
    """The number of facts in the stream, including this one."""


class ConnectionOpened(Event, frozen=True):
    """A socket has entered the lobby."""

    connection: str
    person: str
    role: str
    """A `Role`, or one that a newer release knows: neither client nor facilitator here."""


class ConnectionAdmitted(Event, frozen=True):
    """Presence begins."""

    connection: str
    by: str | None = None


class ConnectionReturned(Event, frozen=True):
    """The connection went back to the lobby: presence ends, the connection lives."""

    connection: str
    by: str | None = None


class ConnectionSeen(Event, frozen=True):
    """Evidence that the connection was alive at `at`."""

    connection: str


class ConnectionMoved(Event, frozen=True):
    """The connection moved into a breakout of the same session, or back (`to` None): presence goes on."""

    connection: str
    to: str | None = None


class ConnectionMedium(Event, frozen=True):
    """How the person takes part, for claim modifiers; it has no effect on seconds."""

    connection: str
    medium: Medium


class ConnectionClosed(Event, frozen=True):
    """The socket's life is over. When `lost`, presence ends at the last evidence, not at `at`."""

    connection: str
    cause: CloseCause
    last_seen: Instant | None = None
    by: str | None = None
    missed_at: Instant | None = None
    """When its node saw that media had stopped and asked for a sign that never came: it was lost by then."""
    act: CloseCause | None = None
    """The act that found it lost already; a person who was `removed` stays removed."""
    why: str | None = None
    """A `Withdrawal`, if access was withdrawn. The person may come back once they have access again."""


class PersonRemoved(Event, frozen=True):
    """Staff removed a person who was not connected, or removed them from outside the room: they may not come back."""

    person: str
    by: str | None = None


class PersonReturned(Event, frozen=True):
    """Staff sent an absent person back to the lobby: they wait there when they come back."""

    person: str
    by: str | None = None


class PersonReadmitted(Event, frozen=True):
    """Staff let a removed person back in: they may enter the lobby again."""

    person: str
    by: str | None = None


class ResponsibilityTaken(Event, frozen=True):
    """A person who oversees the clinic became facilitator of a session without one in its room."""

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


class ArrivalJudged(Event, frozen=True):
    """Staff decided at the door whether an arrival is credited; the last verdict counts."""

    person: str
    verdict: Verdict
    late_s: int | None = None
    """How late the person was then, in seconds after the scheduled start."""
    by: str | None = None
    reason: str = ""


RoomEvent = (
    RoomOpened | RoomClosed
    | ConnectionOpened | ConnectionAdmitted | ConnectionReturned | ConnectionSeen | ConnectionMoved
    | ConnectionMedium | ConnectionClosed
    | PersonRemoved | PersonReturned | PersonReadmitted
    | SessionStarted | SessionEnded | SessionExtended | BreakStarted | BreakEnded | ArrivalJudged
)  # fmt: skip
"""The facts a live room records."""
