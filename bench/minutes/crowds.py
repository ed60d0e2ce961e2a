"""The worker over the same number of facts: of few groups of one hour, of many, and of many spread over clinics."""

import asyncpg
import msgspec
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger.installation import Installation
from bench.minutes import stored
from bench.minutes.evenings import GROUPS
from bench.minutes.sizes import Sizes
from bench.minutes.stored import Among
from bench.report import Figure, judged
from store.database import Database

AIM = 0.8
CLINICS = 40


class Crowd(msgspec.Struct, frozen=True):
    """Groups of one hour, in several clinics."""

    name: str
    groups: int
    clinics: int


async def measure(installation: Installation, sizes: Sizes, progress: Progress) -> list[Figure]:
    """Events per second of one worker in each crowd; the large ones against the small one."""
    few = await _rate(installation, Crowd("few", GROUPS, 1), sizes, progress)
    figures = [Figure(f"the worker over {GROUPS} groups of one hour", f"{few:,.0f} events/s")]
    for spread in (Crowd("many", sizes.many_groups, 1), Crowd("spread", sizes.many_groups, CLINICS)):
        rate = await _rate(installation, spread, sizes, progress)
        what = f"… over {spread.groups:,} groups of one hour in {_clinics(spread)}"
        figure = f"{rate:,.0f} events/s, {rate / few:.2f} × {GROUPS} groups"
        figures.append(judged(what, figure, f"≥ {AIM} ×", rate >= AIM * few))
    return figures


def _clinics(crowd: Crowd) -> str:
    return "one clinic" if crowd.clinics == 1 else f"{crowd.clinics} clinics"


async def _rate(installation: Installation, crowd: Crowd, sizes: Sizes, progress: Progress) -> float:
    application_url, owner_url = await installation.fresh_database(f"crowd_{crowd.name}")
    task = progress.add_task(f"{crowd.groups:,} groups of one hour in {_clinics(crowd)}", total=2 * sizes.crowded)
    async with Database.open(application_url, unhurried=True) as database:
        made = [await clinics.found(database, 1) for _ in range(crowd.clinics)]
        owner = await asyncpg.connect(owner_url)
        among = Among(sizes.crowded, crowd.groups)
        facts = await stored.fill(owner, made, among, lambda count: progress.advance(task, count))
        await owner.close()
        seconds = await stored.catch_up(database, lambda count: progress.advance(task, count))
    return facts / seconds
