"""A session's standing, folded from its facts: the same fold restores a room from the ledger and follows it live."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.access.tickets import is_older
from domain.attendance.facts import counted
from domain.events.catalogue import AnyEvent
from domain.events.room import (
    BreakEnded,
    BreakStarted,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionOpened,
    ConnectionReturned,
    PersonReadmitted,
    PersonRemoved,
    PersonReturned,
    SessionEnded,
    SessionExtended,
    SessionStarted,
)
from domain.events.schedule import STAFF_ROLES, SessionPlanned
from domain.ledger.streams import epoch_of


def in_force(events: Sequence[AnyEvent]) -> list[AnyEvent]:
    """The facts in order, without stale facts: those that a node recorded after another took its room."""
    stale = frozenset(counted(events).stale)
    return sorted(
        (event for event in events if event.id not in stale),
        key=lambda event: (event.at, epoch_of(event.seq), event.seq),
    )


def standing_of(events: Sequence[AnyEvent]) -> "Standing":
    """The standing of a session with these facts, in any order."""
    standing = Standing()
    for event in in_force(events):
        standing.apply(event)
    return standing


@dataclass
class Standing:
    """A session's state, and who may enter without waiting."""

    started_at: datetime | None = None
    ended_at: datetime | None = None
    extended_to: datetime | None = None
    break_since: datetime | None = None
    admitted: set[str] = field(default_factory=set)
    """Persons whom staff admitted and did not send back."""
    removed: set[str] = field(default_factory=set)
    """Persons whom staff removed: they may not come back until staff readmit them."""
    open: dict[str, str] = field(default_factory=dict)
    """By open connection, its person."""
    in_room: dict[str, ConnectionOpened] = field(default_factory=dict)
    """By open and admitted connection, the fact that opened it."""
    _opened: dict[str, ConnectionOpened] = field(default_factory=dict)
    roles: dict[str, str] | None = None
    """The roster: the role of each person; None before the first plan."""
    replaced: dict[str, datetime] = field(default_factory=dict)
    """By person, when a plan last changed or removed their place on the roster."""

    @property
    def has_facilitator(self) -> bool:
        """Whether a person who may run the session is in its room."""
        return any(opened.role in STAFF_ROLES for opened in self.in_room.values())

    def apply(self, event: AnyEvent) -> None:
        """Apply one fact; facts that do not affect the standing change nothing."""
        match event:
            case ConnectionOpened() | ConnectionAdmitted() | ConnectionReturned() | ConnectionClosed():
                self._apply_connection(event)
            case PersonRemoved() | PersonReturned() | PersonReadmitted():
                self._apply_person(event)
            case SessionPlanned():
                self._plan(event)
            case SessionStarted():
                self.started_at = self.started_at or event.at
            case SessionEnded():
                self.ended_at = self.ended_at or event.at
            case SessionExtended() if self.ended_at is None:
                self.extended_to = event.until
            case BreakStarted():
                self.break_since = self.break_since or event.at
            case BreakEnded():
                self.break_since = None
            case _:
                pass

    def _apply_person(self, event: PersonRemoved | PersonReturned | PersonReadmitted) -> None:
        match event:
            case PersonRemoved():
                self._remove(event.person)
            case PersonReturned():
                self.admitted.discard(event.person)
            case PersonReadmitted():
                self.removed.discard(event.person)

    def _apply_connection(
        self, event: ConnectionOpened | ConnectionAdmitted | ConnectionReturned | ConnectionClosed
    ) -> None:
        if isinstance(event, ConnectionOpened):
            self.open[event.connection] = event.person
            self._opened[event.connection] = event
            return
        person = self.open.get(event.connection)
        if person is None:
            return
        match event:
            case ConnectionAdmitted():
                self.admitted.add(person)
                self.in_room[event.connection] = self._opened[event.connection]
            case ConnectionReturned():
                self.admitted.discard(person)
                self.in_room.pop(event.connection, None)
            case ConnectionClosed():
                del self.open[event.connection], self._opened[event.connection]
                self.in_room.pop(event.connection, None)
                if event.why is None and "removed" in (event.cause, event.act):
                    self._remove(person)

    def has_replaced(self, person: str, role: str, granted: datetime | None) -> bool:
        """Whether a plan, since `granted`, has given the person a role other than `role`, or no place."""
        changed = self.replaced.get(person)
        return changed is not None and (self.roles or {}).get(person) != role and is_older(granted, changed)

    def _plan(self, event: SessionPlanned) -> None:
        before, self.roles = self.roles, {entry.person: entry.role for entry in event.roster}
        if before is not None:
            moved = [person for person, _ in before.items() ^ self.roles.items()]
            self.replaced |= dict.fromkeys(moved, event.at)

    def _remove(self, person: str) -> None:
        self.removed.add(person)
        self.admitted.discard(person)
