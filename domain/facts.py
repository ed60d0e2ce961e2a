"""Which facts count, each once and in order, whatever order they came in and however often.

Order is by `(at, seq)`, then id, with `at` cut to whole seconds. Copies of one id count once; should they differ,
the first in order counts. A room fact of an old epoch dated at or after the next epoch's start does not count:
another node held the room by then.
"""

from collections.abc import Iterable, Sequence

import msgspec

from domain.events import (
    AnyEvent,
    AttendanceCorrected,
    BreakEnded,
    BreakStarted,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionMoved,
    ConnectionOpened,
    ConnectionReturned,
    ConnectionSeen,
    RoomOpened,
    SessionEnded,
    SessionExtended,
    SessionPlanned,
    encode,
)
from domain.instants import second
from domain.policy import Policy

EPOCH_BITS = 32
"""A room's stream numbers its facts `epoch << 32 | n`."""

Fact = tuple[int, int, str, AnyEvent]
"""Second, seq, id, event: it sorts in the order in which facts are read."""

_PLANS: frozenset[type] = frozenset((SessionPlanned,))
_COUNTED: frozenset[type] = frozenset(
    (
        AttendanceCorrected, BreakEnded, BreakStarted, ConnectionAdmitted, ConnectionClosed, ConnectionMoved,
        ConnectionOpened, ConnectionReturned, ConnectionSeen, RoomOpened, SessionEnded, SessionExtended,
    )
)  # fmt: skip
_Takeovers = list[tuple[int, int]]
"""Epoch and the second in which it started, by epoch."""


class SessionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of one session. `events` may come in any order, doubled, and hold facts of any type."""

    id: str
    plan: SessionPlanned
    policy: Policy
    events: Sequence[AnyEvent] = ()


class Counted(msgspec.Struct, frozen=True):
    """The facts that count, in order; the ids of those that are kept but do not; when each epoch started."""

    facts: list[Fact]
    stale: tuple[str, ...]
    takeovers: _Takeovers

    def next_epoch_start(self, seq: int) -> int | None:
        """The second in which another node took the room from the one that numbered `seq`, or None."""
        if not self.takeovers or seq >> EPOCH_BITS >= self.takeovers[-1][0]:
            return None
        return next(start for epoch, start in self.takeovers if epoch > seq >> EPOCH_BITS)


def plan_of(events: Iterable[AnyEvent]) -> SessionPlanned | None:
    """The plan that counts: the last by `(at, seq)`; None when nothing was planned."""
    latest = max(_once(_facts(events, _PLANS)).values(), key=_place, default=None)
    return latest[3] if latest is not None and isinstance(latest[3], SessionPlanned) else None


def counted(events: Iterable[AnyEvent], until: int | None = None) -> Counted:
    """The facts that matter to attendance, up to and including the second `until` when one is given."""
    facts = _facts(events, _COUNTED)
    if until is not None:
        facts = [fact for fact in facts if fact[0] <= until]
    ordered = sorted(_once(facts).values())
    takeovers = _takeovers(ordered)
    stale = _stale(ordered, takeovers)
    if stale:
        ordered = [fact for fact in ordered if fact[2] not in stale]
    return Counted(ordered, tuple(sorted(stale)), takeovers)


def _facts(events: Iterable[AnyEvent], types: frozenset[type]) -> list[Fact]:
    return [
        (second(event.at), event.seq, event.id or str(event.seq), event) for event in events if type(event) in types
    ]


def _place(fact: Fact) -> tuple[int, int, str]:
    return fact[:3]


def _once(facts: list[Fact]) -> dict[str, Fact]:
    once: dict[str, Fact] = {}
    for fact in facts:
        known = once.setdefault(fact[2], fact)
        if known is not fact and known[3] is not fact[3]:
            once[fact[2]] = min(known, fact, key=_full_place)
    return once


def _full_place(fact: Fact) -> tuple[tuple[int, int, str], bytes]:
    """Copies that differ within one second have no order of their own; their bytes give them one."""
    return fact[:3], encode(fact[3])


def _takeovers(ordered: list[Fact]) -> _Takeovers:
    starts: dict[int, int] = {}
    for at, seq, _, event in ordered:
        if type(event) is RoomOpened:
            starts.setdefault(seq >> EPOCH_BITS, at)
    return sorted(starts.items())


def _stale(ordered: list[Fact], takeovers: _Takeovers) -> set[str]:
    """The ids of an old epoch's facts dated at or after the next one's start; corrections are of no epoch."""
    if not takeovers:
        return set()
    newest = takeovers[-1][0]
    old = [fact for fact in ordered if fact[1] >> EPOCH_BITS < newest and type(fact[3]) is not AttendanceCorrected]
    return {fact[2] for fact in old if fact[0] >= _start_after(takeovers, fact)}


def _start_after(takeovers: _Takeovers, fact: Fact) -> int:
    """When the epoch after the fact's own began. There is one, for the fact is not of the newest."""
    return next(start for epoch, start in takeovers if epoch > fact[1] >> EPOCH_BITS)
