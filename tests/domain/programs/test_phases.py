"""Phases: which phase a week is measured against, and which kinds count toward it."""

from datetime import date, timedelta

import pytest

from domain.programs.phases import Phase, phase_of
from domain.weeks import Week

MONDAY = date(2026, 9, 14)
INTENSIVE = Phase(name="1", starts_on=MONDAY, ends_on=MONDAY + timedelta(days=27), required_s=32_400, days=3)
STEP_DOWN = Phase(name="3", starts_on=MONDAY + timedelta(days=28), required_s=21_600, days=2, kinds=("group",))
PHASES = (STEP_DOWN, INTENSIVE)


@pytest.mark.parametrize(
    ("first", "phase"),
    [
        (MONDAY - timedelta(days=7), None),
        (MONDAY - timedelta(days=3), INTENSIVE),
        (MONDAY, INTENSIVE),
        (MONDAY + timedelta(days=25), INTENSIVE),
        (MONDAY + timedelta(days=28), STEP_DOWN),
        (MONDAY + timedelta(days=280), STEP_DOWN),
    ],
    ids=["before", "admitted in mid-week", "first day", "change in mid-week", "stepped down", "until further notice"],
)
def test_a_week_is_measured_by_the_phase_of_its_first_day(first: date, phase: Phase | None) -> None:
    assert phase_of(PHASES, Week(first, "America/New_York")) == phase


def test_after_the_last_phase_nothing_is_required() -> None:
    assert phase_of((INTENSIVE,), Week(MONDAY + timedelta(days=28), "America/New_York")) is None


def test_a_phase_includes_its_last_day() -> None:
    ended = Week(MONDAY + timedelta(days=27), "America/New_York")
    assert phase_of((INTENSIVE,), ended) == INTENSIVE


def test_only_the_kinds_of_the_phase_count_toward_it() -> None:
    assert (INTENSIVE.counts("family"), STEP_DOWN.counts("family"), STEP_DOWN.counts("group")) == (True, False, True)
