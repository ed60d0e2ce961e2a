"""Sessions that ever shared a client and may have overlapped stay neighbours."""

from datetime import UTC, date, datetime, timedelta

from domain.events.catalogue import AnyEvent
from domain.events.room import ConnectionOpened, SessionExtended
from domain.events.schedule import PolicyReference, RosterEntry, SessionPlanned
from domain.projection import neighbours

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plan(start: datetime, end: datetime, *clients: str) -> SessionPlanned:
    roster = (*map(RosterEntry, clients), RosterEntry("dana", "facilitator"))
    reference = PolicyReference("p", 1, "d")
    return SessionPlanned(at=SIX, kind="group", timezone="UTC", start=start, end=end, policy=reference, roster=roster)


def test_the_reach_covers_every_window_ever_planned() -> None:
    events: list[AnyEvent] = [
        plan(SIX, SIX + HOUR),
        plan(SIX + HOUR, SIX + 2 * HOUR),
        SessionExtended(at=SIX, until=SIX + 3 * HOUR),
    ]
    assert neighbours.reach(events) == (SIX, SIX + 3 * HOUR)
    assert neighbours.reach(events[2:]) is None


def test_a_plan_that_ends_before_it_begins_has_an_empty_reach() -> None:
    assert neighbours.reach([plan(SIX + HOUR, SIX)]) == (SIX + HOUR, SIX + HOUR)


def test_a_client_removed_from_the_roster_is_kept() -> None:
    came = ConnectionOpened(at=SIX, connection="c", person="lou", role="client")
    staff = ConnectionOpened(at=SIX, connection="d", person="dana", role="facilitator")
    events: list[AnyEvent] = [plan(SIX, SIX + HOUR, "pat", "sam"), plan(SIX, SIX + HOUR, "pat"), came, staff]
    assert neighbours.clients(events) == {"pat", "sam", "lou"}


def test_the_days_are_those_of_each_window_without_days_between() -> None:
    events: list[AnyEvent] = [
        plan(SIX, SIX + HOUR),
        plan(SIX + timedelta(days=9), SIX + timedelta(days=9) + HOUR),
        SessionExtended(at=SIX, until=SIX + 3 * HOUR),
    ]
    assert sorted(day.isoformat() for day in neighbours.days(events)) == ["2026-09-15", "2026-09-16", "2026-09-24"]
    assert neighbours.days(events[2:]) == {date(2026, 9, 15), date(2026, 9, 16)}
    assert neighbours.days([plan(SIX + HOUR, SIX)]) == {date(2026, 9, 15)}
