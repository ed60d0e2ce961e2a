"""A world of its own time: nothing sleeps, chance has a seed, and what is due happens in order."""

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
        """Do it then; what is due already, at once."""
        heapq.heappush(self._agenda, (max(when, self.now), next(self._order), act))

    def after(self, seconds: float, act: Act) -> None:
        """Do it so much later."""
        self.at(self.now + seconds, act)

    def within(self, shortest: float, longest: float, act: Act) -> None:
        """Do it some time between the two."""
        self.after(self.chance.uniform(shortest, longest), act)

    def run(self, until: float) -> None:
        """Let everything happen that is due by then."""
        while self._agenda and self._agenda[0][0] <= until:
            self.now, _, act = heapq.heappop(self._agenda)
            act()
        self.now = until

    def new_id(self) -> str:
        """An id, by seeded chance."""
        return str(UUID(int=self.chance.getrandbits(128), version=4))


LARGEST_SKEW = 0.8
"""Seconds by which a node's clock is off; from a second on it is said in the ledger, and no bound is promised."""


class MachineClock:
    """The clock of one machine: off by a little, and now and then stepped by a lot."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._skew = timedelta(seconds=world.chance.uniform(-LARGEST_SKEW, LARGEST_SKEW))
        self._step = timedelta(0)

    def start(self) -> SteadyClock:
        """What a process that starts now takes the time from."""
        self._step = timedelta(0)
        return SteadyClock(self._wall, lambda: self._world.now)

    def step(self, seconds: float) -> None:
        """Somebody sets the machine's clock."""
        self._step += timedelta(seconds=seconds)

    def _wall(self) -> datetime:
        return instant(self._world.now) + self._skew + self._step
