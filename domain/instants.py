"""Instants as whole seconds since 1970-01-01T00:00:00Z, the only form in which time is added."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def second(at: datetime) -> int:
    """The second that contains `at` (aware): rounded down, toward minus infinity.

    A `timedelta` keeps its seconds and microseconds positive, so dropping the microseconds rounds down.
    """
    since = at - _EPOCH
    return since.days * 86_400 + since.seconds


def instant(seconds: int) -> datetime:
    """The start of that second, aware, in UTC."""
    return _EPOCH + timedelta(seconds=seconds)


def local_date(seconds: int, timezone: str) -> date:
    """The calendar date in `timezone` (IANA name) in that second."""
    return instant(seconds).astimezone(ZoneInfo(timezone)).date()


def local_midnight(day: date, timezone: str) -> int:
    """The second in which `day` begins in `timezone` (IANA name)."""
    return second(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone)))
