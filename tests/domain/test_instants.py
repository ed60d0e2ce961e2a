"""Instants: rounded down to whole seconds; local dates in the zone's own time."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.instants import instant, local_date, local_midnight, second


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        (datetime(1970, 1, 1, 0, 0, 1, 999_999, UTC), 1),
        (datetime(1969, 12, 31, 23, 59, 59, 1, UTC), -1),
        (datetime(1970, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))), 0),
    ],
)
def test_an_instant_is_rounded_down_toward_minus_infinity(at: datetime, seconds: int) -> None:
    assert second(at) == seconds
    assert second(instant(seconds)) == seconds


def test_a_session_late_in_the_evening_belongs_to_the_local_day() -> None:
    assert local_date(second(datetime(2026, 9, 20, 2, 30, tzinfo=UTC)), "America/New_York") == date(2026, 9, 19)


def test_the_day_on_which_clocks_go_forward_has_23_hours() -> None:
    day, following = date(2026, 3, 8), date(2026, 3, 9)
    length = local_midnight(following, "America/New_York") - local_midnight(day, "America/New_York")
    assert length == 23 * 3600
