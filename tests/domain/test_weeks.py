"""Weeks: the program's first day, the program's zone, and weeks of 167 and 169 hours."""

from datetime import date, timedelta

import pytest

from domain.weeks import Week, first_day

SATURDAY, SUNDAY = date(2026, 9, 19), date(2026, 9, 20)


@pytest.mark.parametrize(
    ("week_start", "saturdays_week", "sundays_week"),
    [
        ("sunday", date(2026, 9, 13), date(2026, 9, 20)),
        ("monday", date(2026, 9, 14), date(2026, 9, 14)),
        ("saturday", date(2026, 9, 19), date(2026, 9, 19)),
    ],
)
def test_a_week_begins_on_the_programs_day(week_start, saturdays_week: date, sundays_week: date) -> None:
    assert (first_day(SATURDAY, week_start), first_day(SUNDAY, week_start)) == (saturdays_week, sundays_week)


def test_a_week_holds_its_own_seven_days() -> None:
    week = Week(first_day(SATURDAY, "sunday"), "America/New_York")
    held = [day for day in (SATURDAY + timedelta(days=n) for n in range(-9, 9)) if week.holds(day)]
    assert held == [date(2026, 9, 13) + timedelta(days=n) for n in range(7)]


@pytest.mark.parametrize(
    ("first", "hours"), [(date(2026, 3, 8), 167), (date(2026, 11, 1), 169), (date(2026, 9, 13), 168)]
)
def test_a_week_is_shorter_or_longer_when_clocks_change(first: date, hours: int) -> None:
    week = Week(first, "America/New_York")
    assert week.end - week.start == hours * 3600
