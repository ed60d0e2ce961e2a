"""Which sessions must be worked out together: those that share a client and may overlap (step 8).

All answers only grow as facts arrive: sessions that ever overlapped stay linked, so that a session that was moved
returns the seconds it had claimed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from domain.events.catalogue import AnyEvent
from domain.events.room import ConnectionOpened, SessionExtended
from domain.events.schedule import SessionPlanned
from domain.ids import is_id

LONGEST_WINDOW = timedelta(days=31)
"""No session lasts longer. A fact that says so is damaged, and would link the session with all others."""


class Extent(msgspec.Struct, frozen=True):
    """What links a session to others: every window it ever had, and everyone who was ever a client in it."""

    session: str
    clinic: str
    start: datetime
    end: datetime
    days: frozenset[date]
    clients: frozenset[str]

    def touches(self, other: "Extent") -> bool:
        """Whether the two share a client and may overlap."""
        return self.start < other.end and other.start < self.end and not self.clients.isdisjoint(other.clients)


def extent_of(clinic: str, session: str, events: Sequence[AnyEvent]) -> Extent | None:
    """The extent of a session with these facts; None without a plan. It leaves out clients without a proper id."""
    found = reach(events)
    if found is None:
        return None
    return Extent(session, clinic, *found, days(events), frozenset(filter(is_id, clients(events))))


def is_endless(event: AnyEvent) -> bool:
    """Whether the fact plans or extends a session beyond `LONGEST_WINDOW`."""
    if type(event) is SessionPlanned:
        return event.end - event.start > LONGEST_WINDOW
    return type(event) is SessionExtended and event.until - event.at > LONGEST_WINDOW


def reach(events: Iterable[AnyEvent]) -> tuple[datetime, datetime] | None:
    """(earliest start, latest end) that was ever planned or extended to; None without a plan."""
    events = list(events)
    plans = [event for event in events if type(event) is SessionPlanned]
    if not plans:
        return None
    ends = [max(plan.start, plan.end) for plan in plans]
    ends += [event.until for event in events if type(event) is SessionExtended]
    return min(plan.start for plan in plans), max(ends)


def days(events: Iterable[AnyEvent]) -> frozenset[date]:
    """The UTC days that any planned or extended window touches; sessions that overlap share at least one.

    A session that was moved from one month to another does not touch the days between.
    """
    found: set[date] = set()
    for event in events:
        if type(event) is SessionPlanned:
            found.update(days_between(event.start, event.end))
        elif type(event) is SessionExtended:
            found.update(days_between(event.at, event.until))
    return frozenset(found)


def days_between(start: datetime, end: datetime) -> Iterator[date]:
    """The UTC days from `start` to `end`; only the first if the end precedes the start."""
    first, last = start.astimezone(UTC).date(), max(start, end).astimezone(UTC).date()
    return (first + timedelta(days=day) for day in range((last - first).days + 1))


def clients(events: Sequence[AnyEvent]) -> frozenset[str]:
    """Everyone who was ever on the roster as a client, or came as one."""
    expected = {
        entry.person
        for event in events
        if type(event) is SessionPlanned
        for entry in event.roster
        if entry.role == "client"
    }
    came = {event.person for event in events if type(event) is ConnectionOpened and event.role == "client"}
    return frozenset(expected | came)
