"""The door's rules, one by one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.access import door
from domain.access.links import LinkHolder
from domain.errors import Discharged, NotOnRoster, OnLeave, SessionCalledOff, SessionNotOpen, SessionOver
from domain.events.schedule import PolicyReference, Role
from domain.programs.acts import State, Stretch
from domain.schedule.sessions import Session, SessionPhase

STARTS = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""19:00 on the 23rd in New York."""


def session(**also: Any) -> Session:
    values: dict[str, Any] = {
        "id": "tonight", "clinic": "riverbend", "program": "evening", "kind": "group", "title": "",
        "timezone": "America/New_York", "starts": STARTS, "ends": STARTS + timedelta(hours=3),
        "policy": PolicyReference("evening-sud", 1, ""),
    }  # fmt: skip
    return Session(**values | also)


def present(starts_on: date, ends_on: date | None = None, state: State = "present") -> Stretch:
    return Stretch(state=state, phase=None, starts_on=starts_on, ends_on=ends_on)


def holder(**also: Any) -> LinkHolder:
    values: dict[str, Any] = {
        "link": "link", "clinic": "riverbend", "clinic_name": "", "person": "pat", "name": "Pat", "enrolment": "pats",
        "program": "evening", "program_name": "", "days": (present(date(2026, 11, 1)),),
        "expires_at": STARTS + timedelta(days=1), "revoked_at": None,
    }  # fmt: skip
    return LinkHolder(**values | also)


@pytest.mark.parametrize(
    ("on_roster", "enters_as"),
    [("client", "client"), ("family_member", "family_member"), ("facilitator", None), ("co_facilitator", None)],
)
def test_a_link_admits_people_on_the_roster_except_as_staff(on_roster: Role, enters_as: Role | None) -> None:
    assert door.client_role(holder(program="another"), session(kind="individual"), on_roster) == enters_as


@pytest.mark.parametrize(
    ("tonight", "link", "enters_as"),
    [
        ({}, {}, "client"),
        ({"kind": "education"}, {}, "client"),
        ({"kind": "individual"}, {}, None),
        ({"kind": "family"}, {}, None),
        ({"pull_out": True}, {}, None),
        ({}, {"program": "days"}, None),
        ({}, {"clinic": "elsewhere"}, None),
        ({}, {"days": (present(date(2026, 11, 23)),)}, "client"),
        ({}, {"days": (present(date(2026, 11, 24)),)}, None),
        ({}, {"days": (present(date(2026, 11, 1), state="on_leave"),)}, None),
        ({}, {"days": ()}, None),
        ({}, {"days": (present(date(2026, 11, 1), date(2026, 11, 23)),)}, "client"),
        ({}, {"days": (present(date(2026, 11, 1), date(2026, 11, 22)),)}, None),
    ],
)
def test_enrolled_clients_may_join_their_programs_groups_while_enrolled(
    tonight: dict[str, Any], link: dict[str, Any], enters_as: Role | None
) -> None:
    assert door.client_role(holder(**link), session(**tonight), None) == enters_as


@pytest.mark.parametrize(
    ("staff_roles", "on_roster", "enters_as"),
    [
        ({"facilitator"}, "facilitator", "facilitator"),
        ({"administrator"}, "co_facilitator", "co_facilitator"),
        ({"facilitator"}, "interpreter", "interpreter"),
        ({"supervisor"}, None, "observer"),
        ({"administrator"}, None, "observer"),
        ({"facilitator"}, None, None),
        ({"supervisor"}, "client", None),
        ({"biller"}, "facilitator", None),
        ({"auditor"}, "observer", None),
        ({"auditor"}, None, None),
        ({"auditor", "facilitator"}, "facilitator", "facilitator"),
    ],
)
def test_staff_enter_in_their_role_on_the_roster_and_overseers_as_observers(
    staff_roles: set[str], on_roster: Role | None, enters_as: Role | None
) -> None:
    assert door.staff_role(staff_roles, on_roster) == enters_as


def test_the_door_is_open_from_half_an_hour_before_to_two_hours_after() -> None:
    door.check_open(session(), STARTS - timedelta(minutes=30))
    door.check_open(session(), STARTS + timedelta(hours=5) - timedelta(seconds=1))
    with pytest.raises(SessionNotOpen):
        door.check_open(session(), STARTS - timedelta(minutes=30, microseconds=1))
    with pytest.raises(SessionOver):
        door.check_open(session(), STARTS + timedelta(hours=5))
    with pytest.raises(SessionOver):
        door.check_open(session(ended=True), STARTS)


@dataclass
class Moment:
    """A session's state at `minutes` after its start, and its phase."""

    minutes: int
    state: dict[str, bool]
    phase: SessionPhase


@pytest.mark.parametrize(
    "moment",
    [
        Moment(-600, {}, "planned"),
        Moment(10, {}, "planned"),
        Moment(-5, {"room_open": True}, "open"),
        Moment(10, {"room_open": True, "started": True}, "live"),
        Moment(10, {"started": True}, "live"),
        Moment(170, {"started": True, "ended": True}, "ended"),
        Moment(180, {"started": True}, "ended"),
        Moment(190, {"started": True, "room_open": True}, "live"),
        Moment(180, {}, "ended"),
    ],
)
def test_a_session_goes_from_planned_to_ended(moment: Moment) -> None:
    assert door.phase(session(**moment.state), STARTS + timedelta(minutes=moment.minutes)) == moment.phase


@pytest.mark.parametrize("minutes", [-600, -10, 30, 600])
def test_a_cancelled_session_is_refused_as_cancelled_at_any_hour(minutes: int) -> None:
    with pytest.raises(SessionCalledOff):
        door.check_open(session(cancelled=True), STARTS + timedelta(minutes=minutes))
    assert door.phase(session(cancelled=True), STARTS + timedelta(minutes=minutes)) == "cancelled"


def test_a_link_shows_a_cancelled_session_until_it_would_have_ended_unless_another_door_is_open() -> None:
    cancelled = session(cancelled=True)
    later = session(id="later", starts=STARTS + timedelta(hours=1), ends=STARTS + timedelta(hours=2))
    assert door.next_session([cancelled, later], STARTS) is cancelled
    assert door.next_session([cancelled, later], STARTS + timedelta(minutes=30)) is later
    assert door.next_session([cancelled], STARTS + timedelta(hours=2, minutes=59)) is cancelled
    assert door.next_session([cancelled], STARTS + timedelta(hours=3)) is None


@pytest.mark.parametrize(
    ("staff_roles", "on_roster", "may"),
    [
        (("facilitator",), "facilitator", True),
        (("facilitator",), "co_facilitator", True),
        (("facilitator",), "observer", False),
        (("facilitator",), None, False),
        (("supervisor",), None, True),
        (("administrator",), "observer", True),
        (("prescriber",), "facilitator", True),
        (("auditor",), "facilitator", False),
        (("biller",), None, False),
    ],
)
def test_who_may_cancel_a_session(staff_roles: tuple[str, ...], on_roster: Role | None, may: bool) -> None:
    assert door.may_cancel(staff_roles, on_roster) is may


@pytest.mark.parametrize(
    ("timezone", "clocks", "before", "after"),
    [
        ("America/New_York", date(2026, 11, 1), timedelta(hours=4), timedelta(hours=5)),
        ("America/New_York", date(2027, 3, 14), timedelta(hours=5), timedelta(hours=4)),
        ("America/Phoenix", date(2026, 11, 1), timedelta(hours=7), timedelta(hours=7)),
        ("Pacific/Auckland", date(2026, 9, 27), -timedelta(hours=12), -timedelta(hours=13)),
    ],
)
def test_a_discharge_closes_groups_at_local_midnight_also_when_the_clocks_change(
    timezone: str, clocks: date, before: timedelta, after: timedelta
) -> None:
    """A group that starts in the last minute of the day before is open; one at midnight is not. Nobody acts."""
    for day, offset in ((clocks, before), (clocks + timedelta(days=1), after)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) + offset
        discharged = (
            present(day - timedelta(days=40), day - timedelta(days=1)), present(day, state="discharged"),
        )  # fmt: skip
        pat = holder(days=discharged)
        last = session(starts=midnight - timedelta(minutes=1), ends=midnight + timedelta(hours=3), timezone=timezone)
        first = session(starts=midnight, ends=midnight + timedelta(hours=3), timezone=timezone)
        assert door.client_role(pat, last, None) == "client"
        assert door.client_role(pat, first, None) is None
        assert isinstance(door.why_not(pat, first), Discharged)
        assert door.client_role(pat, first, "client") == "client", "invited by name"


def test_the_door_says_why_it_stays_closed() -> None:
    on_leave = holder(days=(present(date(2026, 11, 1), state="on_leave"),))
    assert isinstance(door.why_not(on_leave, session()), OnLeave)
    assert isinstance(door.why_not(on_leave, session(kind="individual")), NotOnRoster)
    assert isinstance(door.why_not(holder(days=()), session()), NotOnRoster)
