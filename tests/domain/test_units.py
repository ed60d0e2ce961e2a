"""Seconds to units: each rule at its edges, rounded once."""

import msgspec
import pytest

from domain.units import UnitRule


@pytest.mark.parametrize(
    ("rule", "minutes_to_units"),
    [
        ("floor", {0: 0, 7: 0, 8: 0, 14: 0, 15: 1, 22: 1, 29: 1, 30: 2, 53: 3, 89: 5}),
        ("midpoint", {0: 0, 7: 0, 8: 1, 14: 1, 15: 1, 22: 1, 23: 2, 37: 2, 38: 3, 52: 3, 53: 4}),
        ("ceiling", {0: 0, 1: 1, 15: 1, 16: 2, 30: 2, 31: 3, 53: 4}),
    ],
)
def test_quarter_hours_by_three_roundings(rule: str, minutes_to_units: dict[int, int]) -> None:
    assert {minutes: UnitRule(rule, 900).units([minutes * 60]) for minutes in minutes_to_units} == minutes_to_units


@pytest.mark.parametrize("rule", ["floor", "midpoint", "ceiling"])
def test_seconds_are_floored_to_minutes_once_for_the_whole_day(rule: str) -> None:
    by_parts, by_whole = UnitRule(rule, 900).units([460, 460, 460]), UnitRule(rule, 900).units([1380])
    assert by_parts == by_whole
    assert UnitRule(rule, 900).units([59]) == 0


def test_a_per_diem_is_reached_to_the_second() -> None:
    assert [UnitRule("per_diem", 10_800).units(day) for day in ([10_799], [10_800], [5400, 5400], [30_000])] == [
        0,
        1,
        1,
        1,
    ]


def test_a_rule_has_one_name() -> None:
    assert msgspec.json.decode(b'["per_diem", 7200]', type=UnitRule).units([7200]) == 1
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'["per diem", 7200]', type=UnitRule)


def test_a_rule_over_zero_seconds_is_refused() -> None:
    assert msgspec.json.decode(b'["per_diem", 1]', type=UnitRule).units([1]) == 1
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'["floor", 0]', type=UnitRule)


def test_per_session_judges_each_session_by_itself() -> None:
    assert UnitRule("per_session", 2700).units([2700, 2699, 5400]) == 2


def test_an_hour_code_by_the_midpoint_needs_half_an_hour() -> None:
    assert [UnitRule("midpoint", 3600).units([minutes * 60]) for minutes in (29, 30, 89, 90)] == [0, 1, 1, 2]


def test_half_of_a_unit_is_floored_to_minutes_before_it_is_added() -> None:
    assert [UnitRule("midpoint", 90).units([seconds]) for seconds in (60, 120)] == [0, 1]


@pytest.mark.parametrize(("rule", "units"), [("floor", 0), ("midpoint", 0), ("ceiling", 1)])
def test_a_minute_that_is_not_full_makes_no_unit_of_a_minute_and_a_half(rule: str, units: int) -> None:
    found = UnitRule(rule, 90).units([119])
    assert (found, type(found)) == (units, int)
