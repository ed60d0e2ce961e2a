"""Time and ids for the shells: the only module that reads the clock and creates ids."""

import secrets
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import uuid_utils


def now() -> datetime:
    """The current instant, timezone-aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the only reader of the clock


def new_id() -> str:
    """A UUIDv7: unique for ever, and sorted by its millisecond."""
    return str(uuid_utils.uuid7())


def fact_id() -> str:
    """A UUIDv7 for a fact: 74 of its bits are random, even when the previous id is of the same millisecond.

    Its neighbours' ids do not help to guess it, so the digest of a fact confirms no guess of the fact's content.
    """
    chance = secrets.randbits(74)
    milliseconds = time.time_ns() // 1_000_000
    return str(uuid.UUID(int=milliseconds << 80 | 7 << 76 | chance >> 62 << 64 | 2 << 62 | chance & (1 << 62) - 1))


def seconds_since_boot() -> float:
    """A clock that cannot be set and that, where the system offers one, also counts while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SteadyClock:
    """The wall time at the start, advanced by a clock that cannot be set.

    When the machine's clock is stepped, facts stay in order and intervals keep their length. The clock's offset is
    measured against the database's clock, and recorded in the ledger.
    """

    def __init__(self, wall: Callable[[], datetime] = now, steady: Callable[[], float] = seconds_since_boot) -> None:
        self._wall = wall
        self._steady = steady
        self._start = wall()
        self._started = steady()

    def now(self) -> datetime:
        """The current instant; never earlier than the previous answer."""
        return self._start + timedelta(seconds=self._steady() - self._started)

    def set_by_wall(self) -> None:
        """Adopt the machine's current time. Only call this while no minutes are being counted."""
        self._start, self._started = self._wall(), self._steady()
