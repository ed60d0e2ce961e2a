"""A sender within its limit never waits; a sender beyond it goes on at the limit's rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling import messages as m
from signaling.door import limits
from signaling.door.limits import Allowance, Allowances, Limit

SMALL = Limit(per_second=2, burst=4)


def test_a_burst_can_be_spent_at_once_and_refills_with_time() -> None:
    allowance = Allowance(SMALL, 100.0)
    for _ in range(4):
        allowance.spend(1, 100.0)
        assert allowance.wait(100.0) == 0
    allowance.spend(1, 100.0)
    assert allowance.wait(100.0) == pytest.approx(0.5)
    assert allowance.wait(100.5) == 0
    assert allowance.left(200.0) == SMALL.burst


def test_a_sender_that_never_rests_stays_overdrawn() -> None:
    allowance, at = Allowance(SMALL, 100.0), 100.0
    for _ in range(40):
        allowance.spend(1, at)
        at += allowance.wait(at)
    assert allowance.overdrawn_for(at) == pytest.approx(at - 100.0)


def test_a_rest_that_restores_half_of_the_burst_ends_the_overdraft() -> None:
    allowance = Allowance(SMALL, 100.0)
    allowance.spend(6, 100.0)
    assert allowance.overdrawn_for(101.9) > 0
    assert allowance.overdrawn_for(102.0) == 0


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 3)), max_size=30))
def test_an_allowance_never_exceeds_a_burst(spendings: list[tuple[float, float]]) -> None:
    allowance, at = Allowance(SMALL, 0.0), 0.0
    for amount, pause in spendings:
        at += pause
        allowance.spend(amount, at)
        assert allowance.left(at) <= SMALL.burst


def test_each_key_has_its_own_allowance() -> None:
    each = Allowances(SMALL)
    assert [each.grant("pat", 100.0) for _ in range(5)] == [True] * 4 + [False]
    assert each.grant("sam", 100.0)
    assert each.grant("pat", 100.5)


def test_a_full_allowance_is_forgotten() -> None:
    each = Allowances(SMALL)
    for number in range(10 * Allowances.TIDY_AT):
        assert each.grant(f"198.51.100.{number}", 100.0 + number)
    assert len(each) <= Allowances.TIDY_AT + 1


def test_every_request_that_costs_others_has_its_own_limit() -> None:
    assert set(limits.OF_REQUEST) == {m.Publish, m.Resubscribe, m.Accept, m.SetDevices, m.View}


def test_patience_with_a_flood_is_shorter_than_with_silence() -> None:
    backlog_s = limits.PATIENCE_SECONDS + limits.FRAMES.burst / limits.FRAMES.per_second
    assert backlog_s < 15
