"""The lock and the length of a sign-in: what a person's own input moves, and what nothing moves."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.standing import (
    ABSOLUTE,
    AFTER_SESSION,
    FRESH,
    IDLE,
    LOCKS_AFTER,
    FactorPolicy,
    Times,
    is_fresh,
    lasts_until,
    locks_at,
    standing,
)

SIX = datetime(2026, 11, 23, 18, tzinfo=UTC)
MINUTES = st.integers(0, 600)


def times(**minutes: int) -> Times:
    """A sign-in begun at six; each instant is in minutes after that."""
    at = {name: SIX + timedelta(minutes=after) for name, after in ({"used": 0, "active": 0} | minutes).items()}
    return Times(begun=SIX, **at)


@pytest.mark.parametrize(
    ("minutes", "active", "locked"),
    [(0, 0, False), (14, 0, False), (15, 0, True), (600, 0, True), (20, 6, False), (21, 6, True)],
)
def test_a_sign_in_locks_after_a_quarter_of_an_hour_without_input(minutes: int, active: int, locked: bool) -> None:
    now = SIX + timedelta(minutes=minutes)
    found = standing(times(active=active), asked=False, has_factor=False, since=None, now=now)
    assert found == ("locked" if locked else "open")


@given(st.lists(MINUTES, max_size=20), st.lists(MINUTES, min_size=1, max_size=20))
def test_no_input_reopens_what_has_locked(inputs: list[int], looks: list[int]) -> None:
    """The page reports input only while its sign-in is open, as the server sees to; then a lock stays."""
    acts = sorted([(at, "input") for at in inputs] + [(at, "look") for at in looks])
    state, seen_locked = times(), False
    for minutes, act in acts:
        now = SIX + timedelta(minutes=minutes)
        is_locked = standing(state, asked=False, has_factor=True, since=None, now=now) == "locked"
        assert is_locked or not seen_locked
        seen_locked = seen_locked or is_locked
        if act == "input" and not is_locked:
            state = times(active=minutes)


def test_a_lock_by_hand_holds_however_much_is_typed() -> None:
    by_hand = times(active=9, locked=5)
    assert locks_at(by_hand.active, by_hand.locked) == SIX + timedelta(minutes=5)
    assert standing(by_hand, asked=False, has_factor=False, since=None, now=SIX + timedelta(minutes=9)) == "locked"


@pytest.mark.parametrize(
    ("asked", "has_factor", "since", "found"),
    [
        (True, False, SIX, "factor_missing"),
        (True, False, SIX - timedelta(days=1), "factor_missing"),
        (True, False, SIX + timedelta(minutes=1), "open"),
        (True, True, SIX, "open"),
        (False, False, None, "open"),
    ],
)
def test_a_policy_asks_from_the_next_sign_in_on(
    asked: bool, has_factor: bool, since: datetime | None, found: str
) -> None:
    assert standing(times(), asked=asked, has_factor=has_factor, since=since, now=SIX) == found


def test_a_locked_sign_in_is_locked_before_anything_is_missing() -> None:
    now = SIX + LOCKS_AFTER
    assert standing(times(), asked=True, has_factor=False, since=SIX, now=now) == "locked"


@given(MINUTES, st.none() | st.integers(-600, 1_500))
def test_a_sign_in_lasts_until_an_hour_after_its_session_and_no_shorter_than_its_own_limits(
    used: int, ends: int | None
) -> None:
    state = times(used=used)
    session_ends = None if ends is None else SIX + timedelta(minutes=ends)
    until = lasts_until(state, session_ends)
    assert until >= min(SIX + ABSOLUTE, state.used + IDLE)
    if session_ends is not None:
        assert until >= session_ends + AFTER_SESSION
    assert until <= max(SIX + ABSOLUTE, SIX if session_ends is None else session_ends + AFTER_SESSION)


def test_a_policy_asks_all_some_or_none() -> None:
    assert not FactorPolicy().asks({"administrator"})
    assert FactorPolicy(required="always").asks({"biller"})
    some = FactorPolicy(required="by_role", roles=("administrator", "supervisor"))
    assert some.asks({"facilitator", "supervisor"}) and not some.asks({"facilitator"})


def test_a_confirmation_is_fresh_for_five_minutes() -> None:
    assert is_fresh(SIX, SIX + FRESH)
    assert not is_fresh(SIX, SIX + FRESH + timedelta(seconds=1))
    assert not is_fresh(None, SIX)
