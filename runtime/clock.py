"""Time and chance for the shells: the one reader of the clock and the one maker of ids."""

import secrets
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import uuid_utils


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  the one reader of the clock


def new_id() -> str:
    """A UUIDv7: unique for ever, and sorted by the millisecond it was made in."""
    return str(uuid_utils.uuid7())


def fact_id() -> str:
    """A UUIDv7 for a fact: 74 of its bits are random, also right behind another of the same millisecond.

    So whoever knows the ids of its neighbours cannot guess it, and the digest of a fact confirms no guess at the rest.
    """
    chance = secrets.randbits(74)
    milliseconds = time.time_ns() // 1_000_000
    return str(uuid.UUID(int=milliseconds << 80 | 7 << 76 | chance >> 62 << 64 | 2 << 62 | chance & (1 << 62) - 1))


def seconds_since_boot() -> float:
    """A clock that nobody can set, and that goes on while the machine sleeps where the system offers one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SteadyClock:
    """Wall time as it was at the start, carried on by a clock that nobody can set.

    When somebody steps the machine's clock, facts stay in order and intervals keep their length. How far the clock is
    off is measured against the database's, and said in the ledger.
    """

    def __init__(self, wall: Callable[[], datetime] = now, steady: Callable[[], float] = seconds_since_boot) -> None:
        self._wall = wall
        self._steady = steady
        self._start = wall()
        self._started = steady()

    def now(self) -> datetime:
        """This moment; never earlier than the one before."""
        return self._start + timedelta(seconds=self._steady() - self._started)

    def set_by_wall(self) -> None:
        """Take the machine's clock over as it is now. Only while nobody's minutes are being counted."""
        self._start, self._started = self._wall(), self._steady()
