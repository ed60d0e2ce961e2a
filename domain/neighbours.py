"""Which sessions have to be worked out together: those that share a client and may overlap (step 8).

Both answers only ever grow as facts arrive, so that a session found once to touch another is found again when a
change of plan has moved them apart, and loses what it had claimed there.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.events import AnyEvent, ConnectionOpened, SessionExtended, SessionPlanned


def reach(events: Iterable[AnyEvent]) -> tuple[datetime, datetime] | None:
    """From the earliest start to the latest end that was ever planned or extended to; None without a plan."""
    events = list(events)
    plans = [event for event in events if type(event) is SessionPlanned]
    if not plans:
        return None
    ends = [max(plan.start, plan.end) for plan in plans]
    ends += [event.until for event in events if type(event) is SessionExtended]
    return min(plan.start for plan in plans), max(ends)


def clients(events: Sequence[AnyEvent]) -> frozenset[str]:
    """Everybody who was ever on its roster as a client, or came as one."""
    expected = {
        entry.person
        for event in events
        if type(event) is SessionPlanned
        for entry in event.roster
        if entry.role == "client"
    }
    came = {event.person for event in events if type(event) is ConnectionOpened and event.role == "client"}
    return frozenset(expected | came)
