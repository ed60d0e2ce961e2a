"""The states of an inquiry: which step follows which, and who is next on the wait list."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.way.inquiries import (
    OPEN_STATES,
    Inquiry,
    InquiryState,
    Step,
    StepKind,
    following,
    possible,
    rank,
    state_of,
)

SIX = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def step(kind: StepKind) -> Step:
    return Step(id=kind, kind=kind, on=date(2026, 11, 23), at=SIX)


def inquiry(name: str, hours: int, *priorities: str) -> Inquiry:
    return Inquiry(
        id=name, program="p", name=name, reach="", may_leave_message=False, heard="", priorities=priorities,
        asked_at=SIX + timedelta(hours=hours),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["asked"], "asked"),
        (["asked", "screened", "intake_planned", "assessed", "admitted"], "admitted"),
        (["asked", "screened", "assessed", "wait_listed", "interim", "admitted"], "admitted"),
        (["asked", "referred", "arrived"], "referred"),
        (["asked", "declined", "reopened", "assessed"], "assessed"),
    ],
)
def test_where_an_inquiry_stands(steps: list[StepKind], state: InquiryState) -> None:
    assert state_of(map(step, steps)) == state


@given(st.lists(st.sampled_from([kind for kind in get_args(StepKind) if kind != "asked"]), max_size=12))
def test_only_what_is_offered_is_taken_and_an_admission_is_the_last_step(kinds: list[StepKind]) -> None:
    state: InquiryState = "asked"
    taken: list[StepKind] = []
    for kind in kinds:
        if kind in possible(state):
            state = following(state, kind)
            taken.append(kind)
        else:
            with pytest.raises(InvalidInput):
                following(state, kind)
    assert state_of(map(step, taken)) == state
    assert "admitted" not in taken[:-1]
    if state == "admitted":
        assert "assessed" in taken or "wait_listed" in taken


def test_nothing_but_a_decision_closes_an_inquiry() -> None:
    assert all("declined" in possible(state) and "referred" in possible(state) for state in OPEN_STATES)
    assert possible("admitted") == ()


def test_the_wait_list_goes_by_priority_and_then_by_when_they_asked() -> None:
    waiting = [
        inquiry("first", 0), inquiry("injects", 1, "injects"), inquiry("mother", 2, "with_children"),
        inquiry("pregnant", 3, "injects", "pregnant"), inquiry("second", 4),
    ]  # fmt: skip
    assert [one.name for one in sorted(waiting, key=rank)] == ["pregnant", "mother", "injects", "first", "second"]
