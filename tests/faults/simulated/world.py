"""A world in virtual time: nothing sleeps, chance has a seed, and events happen in order."""

import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from runtime.clock import SteadyClock

BEGIN = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
"""Virtual second 0."""

Act = Callable[[], None]


def instant(at: float) -> datetime:
    """The true moment of a virtual second."""
    return BEGIN + timedelta(seconds=at)


class World:
    """Virtual time in seconds, an agenda, and seeded chance."""

    def __init__(self, seed: int) -> None:
        self.now = 0.0
        self.chance = Random(seed)
        self._agenda: list[tuple[float, int, Act]] = []
        self._order = itertools.count()

    def at(self, when: float, act: Act) -> None:
        """Do it at that time, or at once if that has passed."""
        heapq.heappush(self._agenda, (max(when, self.now), next(self._order), act))

    def after(self, seconds: float, act: Act) -> None:
        """Do it this many seconds later."""
        self.at(self.now + seconds, act)

    def within(self, shortest: float, longest: float, act: Act) -> None:
        """Do it at a random time between these, in seconds from now."""
        self.after(self.chance.uniform(shortest, longest), act)

    def run(self, until: float) -> None:
        """Do everything that is due by then."""
        while self._agenda and self._agenda[0][0] <= until:
            self.now, _, act = heapq.heappop(self._agenda)
            act()
        self.now = until

    def new_id(self) -> str:
        """An id, by seeded chance."""
        return str(UUID(int=self.chance.getrandbits(128), version=4))


LARGEST_SKEW = 0.8
"""The most seconds by which a node's clock is off; from one second on the ledger states it, and no bound holds."""


class MachineClock:
    """The clock of one machine: off by a little, and now and then stepped by a lot."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._skew = timedelta(seconds=world.chance.uniform(-LARGEST_SKEW, LARGEST_SKEW))
        self._step = timedelta(0)

    def start(self) -> SteadyClock:
        """The clock of a process that starts now."""
        self._step = timedelta(0)
        return SteadyClock(self._wall, lambda: self._world.now)

    def step(self, seconds: float) -> None:
        """Set the machine's clock forward by this much."""
        self._step += timedelta(seconds=seconds)

    def _wall(self) -> datetime:
        return instant(self._world.now) + self._skew + self._step
