"""A link of a first run is refused once it is spent or over."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.access.first_runs import LIFE, FirstRun, check
from domain.errors import LinkExpired, LinkRevoked

MADE = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def run(used_at: datetime | None = None) -> FirstRun:
    return FirstRun(clinic="a", clinic_name="Hillside", expires_at=MADE + LIFE, used_at=used_at)


def test_it_is_good_for_one_hour() -> None:
    check(run(), MADE + timedelta(minutes=59, seconds=59))
    with pytest.raises(LinkExpired, match="vesper create-clinic NAME --again"):
        check(run(), MADE + timedelta(hours=1))


def test_it_is_spent_by_the_first_who_uses_it() -> None:
    with pytest.raises(LinkRevoked, match="Sign in"):
        check(run(used_at=MADE), MADE + timedelta(minutes=1))
