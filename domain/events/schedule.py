"""Facts of a plan: planned, cancelled, reinstated."""

from typing import Literal, get_args

import msgspec

from domain.events.fact import Event, Instant, Span

SessionKind = Literal[
    "group", "individual", "family", "education", "skills", "expressive", "medication", "peer_support", "intake",
    "intervention", "support", "mutual_help",
]  # fmt: skip
MUTUAL_HELP: SessionKind = "mutual_help"
"""A hosted meeting of people who help each other, such as a 12-step meeting. Nothing is kept of who was there: it has
no facts, no roster, no notes and no attendance, and never counts toward hours."""
GuestRole = Literal["family_member", "interpreter", "support_person"]
Role = Literal[
    "client", "facilitator", "co_facilitator", "observer", "family_member", "interpreter", "support_person"
]  # fmt: skip
GUEST_ROLES: frozenset[str] = frozenset(get_args(GuestRole))
"""The roles of a client's guests, who have no chart and no enrolment, and are counted nowhere."""
ROLES: frozenset[str] = frozenset(get_args(Role))
STAFF_ROLES: frozenset[Role] = frozenset({"facilitator", "co_facilitator"})
"""The roles that may run a room: admit, remove, start, end, declare breaks, take notes."""
CancellationReason = Literal["facilitator_unavailable", "weather", "technical", "holiday", "too_few", "other"]
"""Why a session is cancelled. Facts hold it as a plain string, so that those of a newer release stay readable."""


class Block(msgspec.Struct, frozen=True):
    """A part of a session with its own kind."""

    kind: SessionKind
    start: Instant
    end: Instant


class RosterEntry(msgspec.Struct, frozen=True):
    """A person who is expected, their role, and (for a client) the ids of enrolment and payer."""

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
    """Who changed the plan; None if it changed before the start, or in an older release."""
    own_kind: str | None = None
    """The id of the clinic's own kind, which counts as `kind`."""
    salt: str = ""
    """Random, and disclosed only with the whole plan, so that a plan's digest confirms no guess about its roster."""


class SessionCancelled(Event, frozen=True):
    """Staff cancelled the session. `domain.attendance.outcome` decides whether that counts."""

    by: str | None = None
    reason: str = ""


class SessionReinstated(Event, frozen=True):
    """Staff withdrew all earlier cancellations."""

    by: str | None = None
    reason: str = ""
