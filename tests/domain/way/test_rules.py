"""Reasons of discharge, and when a summary is due."""

from datetime import date
from typing import get_args

import msgspec
import pytest

from domain.errors import InvalidInput
from domain.way.eligibility import Question
from domain.way.rules import REASONS, Reason, WayRules, check_whole, national, summary_due

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


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"questions": ()}, "$.questions"),
        ({"reasons": ()}, "$.reasons"),
        ({"reasons": (*REASONS, Reason(code="own_1", national="other"))}, "$.reasons[11].text"),
        ({"reasons": (*REASONS, REASONS[0])}, "$.reasons[11].text"),
        (
            {"questions": (Question(code="a", text="Ok?"), Question(code="b", text="ok?"))},
            "$.questions[1].text",
        ),
        ({"questions": (Question(code="adult", good=("not_needed",)),)}, "$.questions[0].good"),
    ],
)
def test_lists_with_which_nobody_could_work_are_refused(changed: dict[str, object], path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_whole(msgspec.structs.replace(WayRules(), **changed))
    assert refused.value.path == path


def test_what_is_shipped_is_whole() -> None:
    check_whole(WayRules())
