"""Reasons of discharge, and when a summary is due."""

from datetime import date
from typing import get_args

import pytest

from domain.way.rules import REASONS, Reason, WayRules, national, summary_due

FRIDAY = date(2026, 11, 27)


def test_each_national_reason_is_shipped_and_each_local_one_counts_as_one_of_them() -> None:
    seven = get_args(Reason.__annotations__["national"])
    assert [reason.code for reason in REASONS[:7]] == list(seven)
    assert national("moved", REASONS) == "other"
    assert national("eloped", REASONS) is None


@pytest.mark.parametrize(
    ("state", "reason", "due"),
    [
        ("IL", "completed", date(2026, 12, 12)),
        ("TX", "moved", date(2026, 12, 27)),
        ("GA", "completed", date(2026, 12, 11)),
        ("GA", "against_advice", date(2026, 12, 8)),
        ("OR", "completed", None),
    ],
)
def test_when_the_summary_of_a_discharge_is_due(state: str, reason: str, due: date | None) -> None:
    assert summary_due(WayRules(), state, reason, FRIDAY) == due
