"""The facts of one session, sorted into connections, window, breaks, acts of staff and corrections."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from domain.attendance.facts import Counted
from domain.attendance.presence import ConnectionHistory
from domain.attendance.window import Break
from domain.events.attendance import AbsenceExcused, AbsenceUnexcused, AttendanceCorrected
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
    RoomOpened,
    SessionEnded,
    SessionExtended,
    SessionStarted,
    Verdict,
)
from domain.events.schedule import SessionCancelled, SessionReinstated
from domain.instants import second

SKEW_TOLERATED_MS = 1000
"""A node whose clock differs by more from the database's may have dated its facts in the wrong second."""


class Correction(msgspec.Struct, frozen=True, gc=False):
    """Seconds added to or removed from one person's presence, by the fact `id`."""

    id: str
    person: str
    add: bool
    start: int
    end: int
    two_people: bool
    """Whether maker and approver are both known and differ; otherwise the correction does not count."""


class Act(msgspec.Struct, frozen=True, gc=False):
    """An act of staff on the session as a whole, by the fact `id`, in the second `at`."""

    kind: Literal["started", "cancelled", "reinstated"]
    at: int
    id: str


class Judgement(msgspec.Struct, frozen=True, gc=False):
    """The verdict of staff on one person's arrival, by the fact `id`, in the second `at`."""

    verdict: Verdict
    at: int
    id: str


class Timeline:
    """One session according to its counted facts, up to `now` if given."""

    def __init__(self, counted: Counted, now: int | None = None) -> None:
        """Read every fact once, in order."""
        self.connections: defaultdict[str, ConnectionHistory] = defaultdict(ConnectionHistory)
        self.corrections: list[Correction] = []
        self.breaks: list[Break] = []
        self.acts: list[Act] = []
        self.judged: dict[str, Judgement] = {}
        self.excused: set[str] = set()
        self.sent_off: defaultdict[str, list[int]] = defaultdict(list)
        """By person, the seconds in which staff sent them out or back while they were not connected, or silent."""
        self.extended_to: int | None = None
        self.ended_at: int | None = None
        self.clock_skewed = False
        connections = self.connections
        event: Any
        for at, _, identity, event in counted.facts:
            read = _OF_CONNECTIONS.get(type(event))
            if read is not None:
                read(connections[event.connection], at, identity, event)
            elif type(event) in _OF_THE_ROOM:
                _OF_THE_ROOM[type(event)](self, at, identity, event)
        self._read_removals()
        if counted.fences or now is not None:
            self._read_holders(counted, now)

    def _read_removals(self) -> None:
        for connection in self.connections.values():
            removed_at = connection.removed_at()
            if removed_at is not None and connection.person is not None:
                self.sent_off[connection.person].append(removed_at)

    def _read_holders(self, counted: Counted, now: int | None) -> None:
        """Mark the connections whose node lost the room and, up to `now`, those whose node still holds it."""
        for connection in self.connections.values():
            connection.taken_over_at = counted.taken_over_at(connection.seq)
            if now is not None and counted.is_held(connection.seq):
                connection.held_until = now

    def _room_opened(self, _: int, __: str, event: RoomOpened) -> None:
        self.clock_skewed |= abs(event.skew_ms) > SKEW_TOLERATED_MS

    def _sent_off(self, at: int, _: str, event: PersonRemoved | PersonReturned) -> None:
        self.sent_off[event.person].append(at)

    def _ended(self, at: int, _: str, __: SessionEnded) -> None:
        if self.ended_at is None:
            self.ended_at = at

    def _extended(self, _: int, __: str, event: SessionExtended) -> None:
        if self.ended_at is None:
            self.extended_to = second(event.until)

    def _started(self, at: int, identity: str, _: SessionStarted) -> None:
        self.acts.append(Act("started", at, identity))

    def _cancelled(self, at: int, identity: str, _: SessionCancelled) -> None:
        self.acts.append(Act("cancelled", at, identity))

    def _reinstated(self, at: int, identity: str, _: SessionReinstated) -> None:
        self.acts.append(Act("reinstated", at, identity))

    def _judged(self, at: int, identity: str, event: ArrivalJudged) -> None:
        self.judged[event.person] = Judgement(event.verdict, at, identity)

    def _excused(self, _: int, __: str, event: AbsenceExcused) -> None:
        self.excused.add(event.person)

    def _unexcused(self, _: int, __: str, event: AbsenceUnexcused) -> None:
        self.excused.discard(event.person)

    def _break_started(self, at: int, identity: str, _: BreakStarted) -> None:
        if not self.breaks or self.breaks[-1].end is not None:
            self.breaks.append(Break(at, None, identity))

    def _break_ended(self, at: int, identity: str, _: BreakEnded) -> None:
        if self.breaks and self.breaks[-1].end is None:
            last = self.breaks.pop()
            self.breaks.append(Break(last.start, at, last.begun_by, identity))

    def _corrected(self, _: int, identity: str, event: AttendanceCorrected) -> None:
        two_people = bool(event.by and event.approved_by) and event.by != event.approved_by
        span = (second(event.start), second(event.end))
        self.corrections.append(Correction(identity, event.person, event.op == "add", *span, two_people))


_OF_CONNECTIONS: dict[type, Callable[[ConnectionHistory, int, str, Any], None]] = {
    ConnectionOpened: ConnectionHistory.open,
    ConnectionAdmitted: ConnectionHistory.admit,
    ConnectionReturned: ConnectionHistory.send_back,
    ConnectionMoved: ConnectionHistory.move,
    ConnectionSeen: ConnectionHistory.see,
    ConnectionClosed: ConnectionHistory.close,
}
_OF_THE_ROOM: dict[type, Callable[[Timeline, int, str, Any], None]] = {
    RoomOpened: Timeline._room_opened,
    SessionStarted: Timeline._started,
    SessionCancelled: Timeline._cancelled,
    SessionReinstated: Timeline._reinstated,
    ArrivalJudged: Timeline._judged,
    AbsenceExcused: Timeline._excused,
    AbsenceUnexcused: Timeline._unexcused,
    PersonRemoved: Timeline._sent_off,
    PersonReturned: Timeline._sent_off,
    SessionEnded: Timeline._ended,
    SessionExtended: Timeline._extended,
    BreakStarted: Timeline._break_started,
    BreakEnded: Timeline._break_ended,
    AttendanceCorrected: Timeline._corrected,
}
