"""One checkout's restatement, one turn per line on standard input; `bench.minutes.against` runs it in two checkouts.

It runs as a file and imports the code of the checkout in `PYTHONPATH`: only use what older releases have too.
"""

import os
import sys

import asyncpg
import msgspec
import uvloop
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger.installation import installed
from bench.minutes import stored
from bench.minutes.run import Stage, _filled
from bench.minutes.sizes import FULL
from store.database import Database


async def take_turns(stage: Stage) -> None:
    """Print the number of facts and the credited seconds, then the seconds of each turn."""
    application_url, owner_url = await stage.installation.fresh_database("restating")
    owner = await asyncpg.connect(owner_url)
    async with Database.open(application_url, unhurried=True) as database:
        facts = await _filled(stage, owner_url, await clinics.found(database, 1))
        await stored.restate(database, _say_nothing)
        await _tidy(owner)
        print(facts, await owner.fetchval("SELECT sum(credited_s) FROM hour_totals"), flush=True)
        for _ in sys.stdin:
            seconds = await stored.restate(database, _say_nothing)
            await _tidy(owner)
            print(seconds, flush=True)
    await owner.close()


async def _tidy(owner: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Vacuum, so that every turn meets the same tables and no vacuum runs during the other's turn."""
    await owner.execute("VACUUM ANALYZE")


def _say_nothing(done: int, total: int) -> None:
    """Ignore progress: the turns are too short for bars."""


def main(environ: dict[str, str], events: int) -> None:
    """Fill a ledger with `events` facts, and take turns."""
    sizes = msgspec.structs.replace(FULL, restated=events)
    with installed(environ) as installation, Progress(disable=True) as progress:
        uvloop.run(take_turns(Stage(installation, sizes, progress)))


if __name__ == "__main__":
    main(dict(os.environ), int(sys.argv[1]))  # noqa: TID251  the process's start: the only reader of the environment
