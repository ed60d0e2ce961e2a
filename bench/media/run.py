"""One run: the floor, every engine in turn on the same core, then browsers."""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.progress import Progress

from bench.media import browsers, engines, floor
from bench.media.browsers import Noticed
from bench.media.climbing import Place, climb
from bench.media.engines import Contender
from bench.media.floor import Floor
from bench.media.load import generators
from bench.media.processes import session_first, staying_on
from bench.media.sizes import Sizes
from bench.media.steps import Climb, Step

LIMIT_SECONDS = 400.0
"""An engine that takes longer is stuck, or the machine is too busy for a measurement."""


class Found(msgspec.Struct, frozen=True):
    """The results of one run."""

    floor: Floor
    climbs: dict[str, Climb]
    """By the engine's name."""
    noticed: Noticed | None
    """The times in browsers; None when they were left out."""
    load_average: float
    """The machine's load average when the run began."""
    missing: tuple[str, ...]
    """A sentence for each part that could not be measured."""

    @property
    def own(self) -> Climb:
        """The built-in engine's climb."""
        return self.climbs[engines.BUILT_IN.name]


async def measure(sizes: Sizes, progress: Progress) -> Found:
    """All figures of one run.

    Raises:
        NoCompiler: the load generator cannot be built.
    """
    load_average = os.getloadavg()[0]
    no_janus, no_browser = engines.janus_is_missing(), "" if browsers.chromium() else "Chromium is not installed"
    load_core, *_, engine_core = sorted(os.sched_getaffinity(0)) * 2
    with session_first(), tempfile.TemporaryDirectory() as name:
        with staying_on(load_core):
            place = _prepared(Path(name), engine_core, progress)
            lowest = await _floor(place, progress)
            climbs = {
                contender.name: await _climb(contender, place, _sizes_for(contender, sizes), progress)
                for contender in _contenders(sizes, with_janus=not no_janus)
            }
        with_browsers = sizes.arrivals and not no_browser
        noticed = await _notice(place, sizes.arrivals, progress) if with_browsers else None
    return Found(lowest, climbs, noticed, load_average, tuple(why for why in (no_janus, no_browser) if why))


def _contenders(sizes: Sizes, *, with_janus: bool) -> Sequence[Contender]:
    if not with_janus:
        return (engines.BUILT_IN,)
    all_of_them = (engines.BUILT_IN, engines.JANUS_ONE_LOOP, engines.JANUS_THREADS)
    return all_of_them if sizes.all_contenders else all_of_them[:2]


def _sizes_for(contender: Contender, sizes: Sizes) -> Sizes:
    """Janus in Debian's configuration is compared only at the first step."""
    first = sizes.rooms[:1] if contender is engines.JANUS_THREADS else sizes.rooms
    return msgspec.structs.replace(sizes, rooms=first)


def _prepared(folder: Path, engine_core: int, progress: Progress) -> Place:
    task = progress.add_task("Building the load generator", total=1)
    place = Place(folder, generators.build(folder), engine_core)
    progress.advance(task)
    return place


async def _floor(place: Place, progress: Progress) -> Floor:
    task = progress.add_task("Sealing and sending alone", total=1)
    async with generators.running(place.library) as generator:
        found = floor.measure(generator, engines.own_address())
    progress.advance(task)
    return found


async def _climb(contender: Contender, place: Place, sizes: Sizes, progress: Progress) -> Climb:
    task = progress.add_task(contender.name, total=len(sizes.rooms))

    def advance(step: Step) -> None:
        progress.update(task, advance=1, description=f"{contender.name}: {step.rooms} rooms")

    async with asyncio.timeout(LIMIT_SECONDS):
        climbed = await climb(contender, place, sizes, advance)
    progress.update(task, total=len(climbed.steps))
    return climbed


async def _notice(place: Place, arrivals: int, progress: Progress) -> Noticed:
    task = progress.add_task("Arrivals and views in Chromium", total=arrivals)
    return await browsers.measure(place, arrivals, lambda: progress.advance(task))
