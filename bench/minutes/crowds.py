"""The worker over the same number of facts from few groups of one hour, from many, and from many over many clinics.

The crowds take turns, so that all meet the same machine load.
"""

import contextlib
import time
from collections.abc import Callable
from operator import attrgetter

import asyncpg
import msgspec
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger.installation import Installation
from bench.minutes import stored
from bench.minutes.evenings import GROUPS
from bench.minutes.sizes import Sizes
from bench.minutes.stored import CATCHING_UP, Among
from bench.report import Figure, judged
from store.database import Database
from workers import attendance
from workers.consumer import Reader

AIM = 0.8
CLINICS = 40


class Crowd(msgspec.Struct, frozen=True):
    """Groups of one hour, in several clinics."""

    name: str
    groups: int
    clinics: int


class _Race(msgspec.Struct):
    """One crowd's worker, and its progress."""

    crowd: Crowd
    facts: int
    reader: Reader
    seconds: float = 0.0
    done: bool = False

    @property
    def rate(self) -> float:
        return self.facts / self.seconds

    async def turn(self) -> None:
        began = time.perf_counter()
        self.done = not await self.reader.turn()
        self.seconds += time.perf_counter() - began


async def measure(installation: Installation, sizes: Sizes, progress: Progress) -> list[Figure]:
    """Events per second of one worker in each crowd; the large crowds compared with the small one."""
    crowds = [
        Crowd("few", GROUPS, 1),
        Crowd("many", sizes.many_groups, 1),
        Crowd("spread", sizes.many_groups, CLINICS),
    ]
    task = progress.add_task(f"{GROUPS} groups of one hour, and {sizes.many_groups:,}", total=2 * 3 * sizes.crowded)
    async with contextlib.AsyncExitStack() as stack:
        races = []
        for crowd in crowds:
            url = await _filled(installation, crowd, sizes.crowded, lambda count: progress.advance(task, count))
            database = await stack.enter_async_context(Database.open(url, unhurried=True))
            races.append(_Race(crowd, sizes.crowded, Reader(database, attendance.CONSUMER, batch=CATCHING_UP)))
        await _run(races, lambda: progress.advance(task, CATCHING_UP))
    progress.update(task, completed=2 * 3 * sizes.crowded)
    few, *others = races
    what = f"the worker over {GROUPS} groups of one hour"
    return [Figure(what, f"{few.rate:,.0f} events/s"), *(_compared(one, few) for one in others)]


async def _filled(installation: Installation, crowd: Crowd, facts: int, advance: Callable[[int], None]) -> str:
    """The address of a database with the crowd's facts."""
    application_url, owner_url = await installation.fresh_database(f"crowd_{crowd.name}")
    async with Database.open(application_url, unhurried=True) as database:
        made = [await clinics.found(database, 1) for _ in range(crowd.clinics)]
    owner = await asyncpg.connect(owner_url)
    await stored.fill(owner, made, Among(facts, crowd.groups), advance)
    await owner.close()
    return application_url


async def _run(races: list[_Race], advance: Callable[[], None]) -> None:
    """Give the next turn to the worker with the least time so far, until all are done."""
    while running := [race for race in races if not race.done]:
        await min(running, key=attrgetter("seconds")).turn()
        advance()


def _compared(one: _Race, few: _Race) -> Figure:
    what = f"… over {one.crowd.groups:,} groups of one hour in {_clinics(one.crowd)}"
    figure = f"{one.rate:,.0f} events/s, {one.rate / few.rate:.2f} × {GROUPS} groups"
    return judged(what, figure, f"≥ {AIM} ×", one.rate >= AIM * few.rate)


def _clinics(crowd: Crowd) -> str:
    return "one clinic" if crowd.clinics == 1 else f"{crowd.clinics} clinics"
