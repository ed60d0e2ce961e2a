"""Facts of a room: who held it, who was in it, and what staff did."""

from typing import Literal

import msgspec

from domain.events.fact import Event, Instant

CloseCause = Literal["left", "lost", "removed", "ended", "moved"]
Medium = Literal["video", "audio", "phone", "none"]
Withdrawal = Literal["link_revoked", "signed_out", "deactivated", "place_changed"]
"""How somebody lost what let them in."""
TakeoverReason = Literal["did_not_come", "left", "sent_out", "other"]
Verdict = Literal["let_in", "without_credit", "sent_away"]


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


class ArrivalJudged(Event, frozen=True):
    """Staff decided at the door what somebody's arrival is worth; the last verdict counts."""

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
