"""Phases: what a week is measured against, and which kinds count toward it."""

from datetime import date, timedelta

import pytest

from domain.programs.phases import Phase, Requirement, Stay, requirement_of
from domain.weeks import Week

MONDAY = date(2026, 9, 14)
FULL = Requirement(from_on=date(2026, 1, 1), required_s=32_400, days_per_week=3)
RAISED = Requirement(from_on=MONDAY + timedelta(days=14), required_s=36_000, days_per_week=4)
REDUCED = Requirement(from_on=date(2026, 1, 1), required_s=21_600, days_per_week=2, kinds=("group",))
INTENSIVE = Phase(id="1", program="p", position=1, name="Phase 1", requirements=(FULL, RAISED))
STEP_DOWN = Phase(id="2", program="p", position=2, name="Bridge", requirements=(REDUCED,))
FIRST = Stay(phase=INTENSIVE, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=27))
THEN = Stay(phase=STEP_DOWN, starts_on=MONDAY + timedelta(days=28))


def week(days: int) -> Week:
    """The week that begins `days` days after the first Monday."""
    return Week(MONDAY + timedelta(days=days), "America/New_York")


@pytest.mark.parametrize(
    ("days", "required"),
    [(-7, None), (-3, FULL), (0, FULL), (14, RAISED), (25, RAISED), (28, REDUCED), (280, REDUCED)],
    ids=[
        "before", "admitted in mid-week", "first day", "new numbers", "a step-down in mid-week", "stepped down",
        "until further notice",
    ],
)  # fmt: skip
def test_a_week_is_measured_by_the_phase_of_its_first_day(days: int, required: Requirement | None) -> None:
    assert requirement_of((THEN, FIRST), week(days)) == required


def test_new_numbers_in_mid_week_hold_from_the_next_week_on() -> None:
    assert requirement_of((FIRST,), week(13)) == FULL
    assert requirement_of((FIRST,), week(14)) == RAISED


def test_who_is_admitted_in_mid_week_has_the_numbers_of_that_day() -> None:
    late = Stay(phase=INTENSIVE, starts_on=RAISED.from_on)
    assert requirement_of((late,), week(12)) == RAISED


def test_the_first_numbers_hold_for_the_time_before_them() -> None:
    assert INTENSIVE.on(date(2025, 1, 1)) == FULL


def test_the_last_saved_of_a_day_counts() -> None:
    better = Requirement(from_on=FULL.from_on, required_s=1, days_per_week=1)
    phase = Phase(id="1", program="p", position=1, name="Phase 1", requirements=(FULL, better))
    assert phase.on(MONDAY) == better


def test_after_the_last_stay_nothing_is_required() -> None:
    assert requirement_of((FIRST,), week(28)) is None


def test_a_stay_includes_its_last_day() -> None:
    assert requirement_of((FIRST,), week(27)) == RAISED


def test_only_the_kinds_of_the_requirement_count_toward_it() -> None:
    assert (FULL.counts("family"), REDUCED.counts("family"), REDUCED.counts("group")) == (True, False, True)
