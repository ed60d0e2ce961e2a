"""Which sessions a guest's link opens."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from domain.access import guest_links
from domain.access.guest_links import ClientPlace, GuestHolder, OfKind
from domain.errors import LinkExpired, LinkRevoked
from domain.events.schedule import PolicyReference
from domain.programs.acts import State, Stretch
from domain.schedule.sessions import Session

SEVEN = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""19:00 in New York, on the 23rd."""
DAY = timedelta(days=1)
FAMILY = Session(
    id="family", clinic="riverbend", program="evening", kind="family", title="", timezone="America/New_York",
    starts=SEVEN, ends=SEVEN + timedelta(hours=1), policy=PolicyReference("p", 1, "d"),
)  # fmt: skip
MOTHER = GuestHolder(
    link="link", clinic="riverbend", clinic_name="Riverbend", person="mother", name="Maria M", client="pat",
    client_name="Pat M", relation="parent", role="family_member", opens="family", agreed_version=None,
    expires_at=SEVEN + DAY, revoked_at=None,
)  # fmt: skip
ALL_FAMILY = OfKind(program="evening", kind="family", until=date(2026, 11, 23))


def session(**changes: Any) -> Session:
    return msgspec.structs.replace(FAMILY, **changes)


def mother(**changes: Any) -> GuestHolder:
    return msgspec.structs.replace(MOTHER, **changes)


@pytest.mark.parametrize(
    ("holder", "changes", "opens"),
    [
        ({}, {}, True),
        ({}, {"id": "another"}, False),
        ({}, {"clinic": "elsewhere"}, False),
        ({}, {"kind": "mutual_help"}, False),
        ({}, {"extended_to": SEVEN + 2 * DAY}, False),
        ({"opens": ALL_FAMILY}, {"id": "another"}, True),
        ({"opens": ALL_FAMILY}, {"clinic": "elsewhere"}, False),
        ({"opens": ALL_FAMILY}, {"program": "morning"}, False),
        ({"opens": ALL_FAMILY}, {"kind": "group"}, False),
        ({"opens": ALL_FAMILY}, {"pull_out": True}, False),
        ({"opens": ALL_FAMILY, "expires_at": SEVEN + 9 * DAY}, {"starts": SEVEN + DAY, "ends": SEVEN + DAY}, False),
    ],
)
def test_a_link_opens_what_it_is_for(holder: dict[str, Any], changes: dict[str, Any], opens: bool) -> None:
    assert guest_links.opens(mother(**holder), session(**changes), client_comes=True) is opens


def test_where_the_client_does_not_come_no_guest_does() -> None:
    assert not guest_links.opens(MOTHER, FAMILY, client_comes=False)


def place(program: str = "evening", *days: tuple[State, date]) -> ClientPlace:
    stretches = tuple(Stretch(state=state, starts_on=day, phase=None) for state, day in days)
    return ClientPlace(clinic="riverbend", program=program, days=stretches)


HERE = ("present", date(2026, 11, 1))


@pytest.mark.parametrize(
    ("on_roster", "kind", "places", "comes"),
    [
        ("client", "family", [], True),
        ("observer", "group", [place("evening", HERE)], False),
        (None, "family", [place("evening", HERE)], False),
        (None, "group", [], False),
        (None, "group", [place("evening", HERE)], True),
        (None, "group", [place("morning", HERE)], False),
        (None, "group", [place("evening", ("on_leave", date(2026, 11, 23)))], False),
        (None, "group", [place("evening", HERE, ("discharged", date(2026, 11, 24)))], True),
        (None, "group", [place("morning", HERE), place("evening", HERE)], True),
    ],
)
def test_the_client_comes_if_expected_or_enrolled(
    on_roster: str | None, kind: Any, places: list[ClientPlace], comes: bool
) -> None:
    assert guest_links.client_comes(session(kind=kind), on_roster, places) is comes


def test_a_link_ends_with_its_day_or_when_it_is_withdrawn() -> None:
    guest_links.check(MOTHER, SEVEN)
    with pytest.raises(LinkExpired):
        guest_links.check(MOTHER, SEVEN + DAY)
    with pytest.raises(LinkRevoked):
        guest_links.check(mother(revoked_at=SEVEN), SEVEN)
