"""One-time codes: which of them count, and that none counts twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.one_time_codes import STEP_SECONDS, step_at, step_of

SIX = datetime(2026, 11, 23, 18, tzinfo=UTC)


def code_of(step: int) -> str:
    """A stand-in for the app's arithmetic: each step has a code of its own."""
    return f"{step % 1_000_000:06d}"


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_codes_of_three_steps_count(steps: int, counts: bool) -> None:
    step = step_at(SIX) + steps
    assert step_of(code_of(step), code_of, SIX, 0) == (step if counts else None)


def test_a_step_is_half_a_minute() -> None:
    assert step_at(SIX + timedelta(seconds=STEP_SECONDS - 1)) == step_at(SIX)
    assert step_at(SIX + timedelta(seconds=STEP_SECONDS)) == step_at(SIX) + 1


def test_what_is_no_code_does_not_count() -> None:
    assert step_of("", code_of, SIX, 0) is None
    assert step_of("१२३४५६", code_of, SIX, 0) is None


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(-3, 3)), max_size=40))
def test_no_code_works_twice_and_none_after_a_later_one(tries: list[tuple[int, int]]) -> None:
    """Somebody types codes, and somebody else repeats what they saw, at any time."""
    last, used = 0, list[int]()
    for seconds, off in sorted(tries):
        now = SIX + timedelta(seconds=seconds)
        step = step_of(code_of(step_at(now) + off), code_of, now, last)
        if step is not None:
            used.append(step)
            last = step
    assert used == sorted(set(used))
