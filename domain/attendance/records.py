"""Attendance results: one record per session, one per client, and the reason for every second."""

from datetime import date
from typing import Literal

import msgspec

from domain.events.schedule import SessionKind
from domain.spans import Interval

RULES = 2
"""The version of the attendance rules. Raise it when the same facts give another record."""
Outcome = Literal["held", "cancelled", "not_held"]
Status = Literal["present", "partial", "elsewhere", "not_served", "no_show", "cancelled", "not_held", "withdrawn"]
"""A client's status in a session; `withdrawn` occurs only in statements, for people who are no longer clients of it."""
Reason = Literal[
    "outside_window", "cancelled", "break", "no_facilitator", "in_another_session", "denied", "removed_by_correction",
    "present", "bridged", "added_by_correction", "never_came", "not_yet_here", "in_lobby", "left", "lost",
]  # fmt: skip
Known = Literal[
    "left", "lost", "node_lost", "removed", "ended", "moved", "returned", "opened", "admitted", "open",
    "corrected", "window", "cancelled", "break", "facilitator", "another_session", "capacity",
]  # fmt: skip
"""How an edge is known: by the end of a presence (`open`: not over yet), by its beginning in the lobby or the room, by
a correction, or by the reason for the seconds on its other side."""
NEIGHBOUR_SET_ASIDE = "neighbour_set_aside"
"""Flags a session that overlaps one that cannot be read completely: seconds may still move between them."""
CREDITED: frozenset[Reason] = frozenset(("present", "bridged", "added_by_correction"))
"""The reasons that credit a second."""


class Edge(msgspec.Struct, frozen=True, gc=False):
    """Where one span ends and the next begins, how that is known, and by how many seconds it may be wrong.

    `error_s` is 0 except at a loss: there it is the time from the last evidence to the detection.
    """

    at: int
    known: Known
    error_s: int = 0


class DerivedSpan(msgspec.Struct, frozen=True, gc=False):
    """Seconds with one reason: the edges, the ids of the facts behind it, and why its credit is not billed."""

    start: Edge
    end: Edge
    reason: Reason
    facts: tuple[str, ...]
    unbilled: tuple[str, ...] = ()
    """For credited seconds: the client's holds, or `over_capacity` for seconds with too many clients in the room."""

    @property
    def seconds(self) -> int:
        """Its length."""
        return self.end.at - self.start.at


class BlockCredit(msgspec.Struct, frozen=True, gc=False):
    """A client's seconds in one block of the session; a session without blocks is one block."""

    kind: SessionKind
    start: int
    end: int
    credited_s: int
    billable_s: int


class ClientFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a client's record that a worked case states."""

    connected_s: int
    credited_s: int
    billable_s: int
    status: Status | None
    """None until the session is over."""
    holds: tuple[str, ...]
    """Sorted: `late_cutoff`, `over_capacity`."""
    late_s: int | None
    """Seconds from the scheduled start to the lobby; None for a client who never came."""
    units: dict[str, int]
    """By name of the unit rule: the units of this session's billable seconds alone."""


class ClientRecord(ClientFigures, frozen=True, kw_only=True):
    """One client in one session. Instants are epoch seconds, UTC."""

    flags: tuple[str, ...] = ()
    """Sorted: `late`, `never_closed` (review it), `correction_not_counted`; `reinstated` on a no-show of a session
    that was cancelled and reinstated, which absence rules skip."""
    excused: bool = False
    """Staff excused this no-show."""
    stated: bool = True
    """Whether billing gets a statement for the client: if on the roster or admitted; in a pull-out, if admitted."""
    also_in: tuple[str, ...] = ()
    """The ids of other sessions that credit the person the same seconds."""
    blocks: tuple[BlockCredit, ...] = ()
    credited: tuple[Interval, ...] = ()
    derivation: tuple[DerivedSpan, ...] | None = None
    """If asked for: spans that partition the window, in order."""
    outside: tuple[DerivedSpan, ...] | None = None
    """If asked for: presence before and after the window, which is not credited."""


class SessionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One session. Instants are epoch seconds, UTC."""

    service_date: date
    start: int
    end: int
    """The actual window, after extensions and an early end."""
    net_s: int
    facilitator_gap_s: int
    participant_count: int
    clients: dict[str, ClientRecord]
    outcome: Outcome | None = None
    """None until the session is over. A record worked out without a `now` assumes that it is."""
    cancelled_at: int | None = None
    """When the cancellation in force was made."""
    flags: tuple[str, ...] = ()
    """Sorted: `cancelled_in_use`, `clock_skew`, `correction_not_counted`, `never_closed`, `stale_facts`,
    `unknown_role`; review each."""
    ignored: tuple[str, ...] = ()
    """The ids of facts that are kept but do not count: stale facts of old epochs, and disputed corrections."""


def undecided(record: SessionRecord) -> SessionRecord:
    """The record of a session that is not over: without an outcome, and without a status for any client."""
    clients = {
        person: msgspec.structs.replace(client, status=None, excused=False) for person, client in record.clients.items()
    }
    return msgspec.structs.replace(record, outcome=None, clients=clients)
