"""How long the next attempt waits after failures."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.access import attempts
from server.access.attempts import Growth
from server.http.origins import Origin
from store.access.attempts import Failures

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
GROWTHS = (attempts.GUESSER, attempts.ADDRESS, attempts.NETWORK, attempts.ACCOUNT, attempts.LINKS)
growths = st.builds(
    Growth,
    free=st.integers(1, 60),
    doubling=st.integers(1, 20),
    longest=st.timedeltas(timedelta(seconds=1), timedelta(hours=1)),
)


@given(growths, st.integers(0, 100_000))
def test_a_further_failure_never_shortens_the_wait(growth: Growth, failures: int) -> None:
    assert growth.delay(failures) <= growth.delay(failures + 1) <= growth.longest


@given(growths, st.integers(0, 60))
def test_a_few_mistakes_cause_no_wait(growth: Growth, failures: int) -> None:
    assert (growth.delay(failures) == timedelta(0)) == (failures < growth.free)


@given(growths, st.integers(1, 100_000))
def test_an_attempt_after_the_delay_is_allowed(growth: Growth, failures: int) -> None:
    allowed = attempts.allowed_from(Failures(failures, NOON), growth)
    assert allowed is not None and NOON <= allowed <= NOON + growth.longest


def test_without_failures_there_is_no_wait() -> None:
    assert attempts.allowed_from(Failures(0, None), attempts.GUESSER) is None


@pytest.mark.parametrize("growth", GROWTHS)
def test_a_failure_counts_for_longer_than_the_longest_delay(growth: Growth) -> None:
    """Else its delay would end early, when the failure is forgotten."""
    assert timedelta(0) < growth.delay(100_000) < attempts.WINDOW


@pytest.mark.parametrize("growth", [attempts.NETWORK, attempts.ACCOUNT])
def test_neighbours_of_a_guesser_wait_at_most_a_minute(growth: Growth) -> None:
    allowed = attempts.allowed_from(Failures(100_000, NOON), growth)
    assert allowed is not None and NOON < allowed <= NOON + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(2, "Wait 2 seconds,"), (59, "Wait 59 seconds,"), (60, "Wait a minute,"), (61, "Wait 2 minutes,")],
)
def test_the_refusal_says_how_long_to_wait(seconds: int, said: str) -> None:
    assert said in attempts.wait(seconds).sentence


def test_an_attempt_is_counted_by_address_and_by_origin() -> None:
    here, next_door, far = (
        attempts.sign_in_subjects("dana@x.example", Origin(address, network), b"key")
        for address, network in (("11.0.0.7", "11.0.0.0/24"), ("11.0.0.8", "11.0.0.0/24"), ("12.0.0.1", "12.0.0.0/24"))
    )
    assert [mine == theirs for mine, theirs in zip(here, next_door, strict=True)] == [True, False, True, True]
    assert [mine == theirs for mine, theirs in zip(here, far, strict=True)] == [False, False, False, True]
    assert not {one.hash for one in here} & {
        one.hash for one in attempts.sign_in_subjects("dana@x.example", Origin("11.0.0.7", "11.0.0.0/24"), b"other")
    }
