"""One engine under a growing number of rooms, until it is no longer clean."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec

from bench.media.engines import Contender
from bench.media.load import generators
from bench.media.load.rooms import AT_ONCE, Shape, Venue
from bench.media.processes import Usage, usage, waited
from bench.media.sizes import Sizes
from bench.media.steps import DISTURBED, Climb, Step, Storm

TRIES = 4
SETTLED, LOOKS = 0.99, 3
"""A step has settled when this share of the due packets arrives in this many samples in a row."""
EMPTY = "empty"
"""A room without members: an engine is ready once it has opened it."""


class Place(msgspec.Struct, frozen=True):
    """A run's folder, its generator's library and the engines' core."""

    folder: Path
    library: Path
    core: int
    """The engines' core."""


class Site:
    """One engine with its generator: adds rooms and measures them."""

    def __init__(self, venue: Venue, pid: int, sizes: Sizes, shape: Shape) -> None:
        self._venue, self._pid, self._sizes, self._shape = venue, pid, sizes, shape
        self._rooms = 0

    async def raise_to(self, rooms: int) -> None:
        """Add rooms until there are `rooms`."""
        while self._rooms < rooms:
            await self._add(1)

    async def step(self) -> Step:
        """Measure the present rooms; of several tries, returns the least disturbed by other work."""
        await self._settle()
        steps: list[Step] = []
        while len(steps) < TRIES and (not steps or steps[-1].disturbance >= DISTURBED):
            steps.append(await self._watch())
        return min(steps, key=lambda step: step.disturbance)

    async def storm(self) -> Storm:
        """Add several rooms at once, with all their members as fast as possible."""
        before = usage(self._pid)
        after: list[Usage] = []
        window = await self._venue.generator.watch_during(
            self._add(self._sizes.storm_rooms), lambda: after.append(usage(self._pid))
        )
        handshakes = 2 * self._sizes.storm_rooms * self._sizes.members
        return Storm(handshakes, window.seconds, window, after[0].since(before))

    async def _settle(self) -> None:
        """Wait until all due packets arrive, at most `patience_seconds`."""
        settled = 0
        for _ in range(round(self._sizes.patience_seconds / self._sizes.settle_seconds)):
            window = await self._venue.generator.watch(self._sizes.settle_seconds)
            settled = settled + 1 if window.received >= SETTLED * window.seconds * self._due else 0
            if settled == LOOKS:
                return

    @property
    def _due(self) -> float:
        return self._rooms * self._shape.outgoing

    async def _watch(self) -> Step:
        generator = self._venue.generator
        before, waited_before = usage(self._pid), waited(generator.thread_id)
        after: list[Usage] = []
        window = await generator.watch(self._sizes.window_seconds, lambda: after.append(usage(self._pid)))
        generator_waited = waited(generator.thread_id) - waited_before
        return Step(self._rooms, self._due, window, after[0].since(before), generator_waited)

    async def _add(self, rooms: int) -> None:
        names = [f"room{self._rooms + number}" for number in range(rooms)]
        self._rooms += rooms
        at_once = AT_ONCE if rooms == 1 else self._sizes.members
        async with asyncio.TaskGroup() as tasks:
            for name in names:
                tasks.create_task(self._venue.fill(name, self._shape, at_once))


async def climb(contender: Contender, place: Place, sizes: Sizes, report: Callable[[Step], None]) -> Climb:
    """Start the engine, and load it step by step until a step is not clean; the storm follows the first step."""
    shape = Shape(sizes.members, contender.chooses_voices)
    async with contender.start(place.folder, place.core) as running, generators.running(place.library) as generator:
        venue = Venue(running.engine, generator)
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(venue.follow())
            await running.engine.open_room(EMPTY)
            empty = usage(running.pid)
            site = Site(venue, running.pid, sizes, shape)
            steps = [await _step(site, sizes.rooms[0], report)]
            storm = await site.storm()
            for rooms in sizes.rooms[1:]:
                if steps[-1].is_clean:
                    steps.append(await _step(site, rooms, report))
            following.cancel()
        await venue.close()
    return Climb(contender.name, empty, tuple(steps), storm, sizes.members)


async def _step(site: Site, rooms: int, report: Callable[[Step], None]) -> Step:
    await site.raise_to(rooms)
    step = await site.step()
    report(step)
    return step
