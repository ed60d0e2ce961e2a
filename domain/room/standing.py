"""How a session stands, folded from its facts: the same fold restores a room from the ledger and follows it live."""

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
    """The facts in order, without those that a node recorded after its room was taken: they bind nobody."""
    stale = frozenset(counted(events).stale)
    return sorted(
        (event for event in events if event.id not in stale),
        key=lambda event: (event.at, epoch_of(event.seq), event.seq),
    )


def standing_of(events: Sequence[AnyEvent]) -> "Standing":
    """How a session stands by all its facts, in whatever order they come."""
    standing = Standing()
    for event in in_force(events):
        standing.apply(event)
    return standing


@dataclass
class Standing:
    """The session's own state, and who may walk in without waiting."""

    started_at: datetime | None = None
    ended_at: datetime | None = None
    extended_to: datetime | None = None
    break_since: datetime | None = None
    admitted: set[str] = field(default_factory=set)
    """Persons whom staff let in and did not send back."""
    removed: set[str] = field(default_factory=set)
    """Persons whom staff removed: they may not come back until staff let them in again."""
    open: dict[str, str] = field(default_factory=dict)
    """Connections that were opened and not closed, with their persons."""
    in_room: dict[str, ConnectionOpened] = field(default_factory=dict)
    """The admitted among the open connections, with the facts that opened them."""
    _opened: dict[str, ConnectionOpened] = field(default_factory=dict)
    roles: dict[str, str] | None = None
    """The roster: as what each person is expected; None before the first plan."""
    replaced: dict[str, datetime] = field(default_factory=dict)
    """When a plan last gave a person another place on the roster, or took theirs away."""

    @property
    def has_facilitator(self) -> bool:
        """Whether somebody who may run the session is in its room."""
        return any(opened.role in STAFF_ROLES for opened in self.in_room.values())

    def apply(self, event: AnyEvent) -> None:
        """Take one fact in; facts without a bearing on the standing change nothing."""
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
        """Whether a plan has given the person a place other than `role`, or none, since `granted`."""
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
