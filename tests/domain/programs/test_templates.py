"""The templates of programs ask for what their frames usually ask for."""

from datetime import date

import pytest

from domain.programs.templates import TEMPLATES, TemplateName


@pytest.mark.parametrize(
    ("template", "weeks"),
    [
        ("evening_sud", [(9, 3), (9, 3), (6, 2), (3, 1)]),
        ("adolescent", [(6, 2), (3, 1)]),
        ("mental_health_days", [(9, 5), (6, 3)]),
    ],
)
def test_each_phase_asks_for_hours_and_days_of_a_week(template: TemplateName, weeks: list[tuple[int, int]]) -> None:
    first = date(2026, 12, 1)
    asked = [phase.requirement(first) for phase in TEMPLATES[template]]
    assert [(each.required_s / 3600, each.days_per_week) for each in asked] == weeks
    assert all(each.from_on == first and "mutual_help" not in each.kinds for each in asked)
