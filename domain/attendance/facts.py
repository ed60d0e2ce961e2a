"""Which facts count: each once, in order, however often and in whatever order they arrived.

The order is by `(at, seq)`, then id, with `at` cut to whole seconds. Copies of one id count once; if they differ,
the first in order counts. A room fact of an old epoch dated at or after a later epoch's start does not count:
another node held the room by then.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from domain.events.attendance import AbsenceExcused, AbsenceUnexcused, AttendanceCorrected
from domain.events.catalogue import AnyEvent, encode
from domain.events.room import (
    ArrivalJudged,
    BreakEnded,
    BreakStarted,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionMoved,
    ConnectionOpened,
    ConnectionReturned,
    ConnectionSeen,
    PersonRemoved,
    PersonReturned,
    RoomClosed,
    RoomOpened,
    SessionEnded,
    SessionExtended,
    SessionStarted,
)
from domain.events.schedule import SessionCancelled, SessionPlanned, SessionReinstated
from domain.instants import second
from domain.ledger.streams import epoch_of, numbered
from domain.policy import Policy

EventKind = TypeVar("EventKind", bound=AnyEvent)

_COUNTED: frozenset[type] = frozenset(
    (
        AttendanceCorrected, BreakEnded, BreakStarted, ConnectionAdmitted, ConnectionClosed, ConnectionMoved,
        ConnectionOpened, ConnectionReturned, ConnectionSeen, RoomClosed, RoomOpened, SessionEnded, SessionExtended,
        SessionStarted, SessionCancelled, SessionReinstated, ArrivalJudged, AbsenceExcused, AbsenceUnexcused,
        PersonRemoved, PersonReturned,
    )
)  # fmt: skip
_OF_NO_EPOCH: frozenset[type] = frozenset(
    (
        AttendanceCorrected, SessionCancelled, SessionReinstated, AbsenceExcused, AbsenceUnexcused,
        PersonRemoved, PersonReturned,
    )
)  # fmt: skip
"""Facts that count whichever node holds the room."""
DatedFact = tuple[int, int, str, AnyEvent]
"""(second, seq, id, event), in sort order; the id is the seq as text where a fact has none. Unpack it to name its
parts: with a NamedTuple the whole arithmetic took eight percent longer."""


class RoomFact(NamedTuple):
    """The opening or the closing of a room in one epoch."""

    at: int
    epoch: int
    event: RoomOpened | RoomClosed


class Fence(NamedTuple):
    """An epoch, and the second from which facts of older epochs no longer count: another node held the room."""

    epoch: int
    start: int


class SessionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known about one session. `events` may be in any order, contain copies, and be of any type."""

    id: str
    plan: SessionPlanned
    policy: Policy
    events: Sequence[AnyEvent] = ()


class Counted(msgspec.Struct, frozen=True):
    """The facts that count, in order; the ids of stale facts, which do not count; and who held the room when."""

    facts: list[DatedFact]
    stale: tuple[str, ...]
    fences: list[Fence]
    """Sorted by epoch."""
    closed: frozenset[int]
    """The epochs whose node closed the room."""

    def taken_over_at(self, seq: int) -> int | None:
        """The second in which another node took the room from the one that numbered `seq`, or None."""
        return _fence(self.fences, seq)

    def is_held(self, seq: int) -> bool:
        """Whether the node that numbered `seq` still holds the room."""
        return _fence(self.fences, seq) is None and epoch_of(seq) not in self.closed


def plan_of(events: Iterable[AnyEvent]) -> SessionPlanned | None:
    """The plan that counts: the last by `(at, seq)`; None when there is no plan."""
    plans = [event for event in events if type(event) is SessionPlanned]
    return max(_once(plans).values(), key=_place, default=None)


def counted(events: Iterable[AnyEvent], until: int | None = None) -> Counted:
    """The facts that matter to attendance, up to and including the second `until` when one is given."""
    once = _once(list(events))
    facts: list[DatedFact] = [
        (second(event.at), event.seq, identity, event) for identity, event in once.items() if type(event) in _COUNTED
    ]
    if until is not None:
        facts = [(at, seq, identity, event) for at, seq, identity, event in facts if at <= until]
    facts.sort()
    rooms = [
        RoomFact(at, epoch_of(seq), event)
        for at, seq, _, event in facts
        if type(event) is RoomOpened or type(event) is RoomClosed
    ]
    fences = _fences(rooms)
    stale = _stale(facts, fences)
    if stale:
        facts = [(at, seq, identity, event) for at, seq, identity, event in facts if identity not in stale]
    return Counted(facts, tuple(sorted(stale)), fences, _closed(rooms))


def _once(events: Sequence[EventKind]) -> dict[str, EventKind]:
    """Each fact once, by its id."""
    once = {event.id or str(event.seq): event for event in events}
    return once if len(once) == len(events) else _first_copies(events)


def _first_copies(events: Iterable[EventKind]) -> dict[str, EventKind]:
    once: dict[str, EventKind] = {}
    for event in events:
        identity = event.id or str(event.seq)
        known = once.setdefault(identity, event)
        if known is not event:
            once[identity] = min(known, event, key=_place)
    return once


def _place(event: AnyEvent) -> tuple[int, int, str, bytes]:
    """The sort key of copies. Different copies within one second have no order of their own, so their bytes decide."""
    return second(event.at), event.seq, event.id, encode(event)


def _fences(rooms: list[RoomFact]) -> list[Fence]:
    """Each epoch replaces all before it, so its fence is the earliest start of it or any later one."""
    starts: dict[int, int] = {}
    for fact in rooms:
        if type(fact.event) is RoomOpened:
            starts.setdefault(fact.epoch, fact.at)
    epochs = sorted(starts)
    return [Fence(epoch, min(starts[later] for later in epochs[place:])) for place, epoch in enumerate(epochs)]


def _fence(fences: list[Fence], seq: int) -> int | None:
    """The second in which a later epoch replaced the epoch of `seq`; None while it is the newest."""
    epoch = epoch_of(seq)
    if not fences or epoch >= fences[-1].epoch:
        return None
    return next(fence.start for fence in fences if fence.epoch > epoch)


def _stale(facts: list[DatedFact], fences: list[Fence]) -> set[str]:
    """The ids of facts of an old epoch that are dated at or after the start of a later one."""
    if not fences:
        return set()
    newest = numbered(fences[-1].epoch, 0)
    return {
        identity
        for at, seq, identity, event in facts
        if seq < newest and type(event) not in _OF_NO_EPOCH and _is_fenced(at, seq, fences)
    }


def _is_fenced(at: int, seq: int, fences: list[Fence]) -> bool:
    fence = _fence(fences, seq)
    return fence is not None and at >= fence


def _closed(rooms: list[RoomFact]) -> frozenset[int]:
    return frozenset(fact.epoch for fact in rooms if type(fact.event) is RoomClosed)
