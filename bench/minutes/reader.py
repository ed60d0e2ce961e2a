"""One worker process: `python -m bench.minutes.reader`, with the database's address on standard input.

It prints a line when it is ready, begins at the next line of input, and ends when every clinic's ledger is read.
"""

import asyncio
import sys

import uvloop

from store.database import Database
from store.ledger import cursors
from workers import attendance
from workers.consumer import Reader

LOOK_SECONDS = 0.02


async def read_all(url: str) -> None:
    """Read, with other workers, until no clinic is behind."""
    async with Database.open(url, unhurried=True) as database:
        print("ready", flush=True)
        sys.stdin.readline()
        reader = Reader(database, attendance.CONSUMER)
        while await reader.turn() or await _behind(database):
            reader.hear("")


async def _behind(database: Database) -> bool:
    """Whether a clinic is behind, because another worker still reads it."""
    async with database.transaction() as tx:
        behind = await cursors.behind(tx, attendance.CONSUMER.name, 1)
    if behind:
        await asyncio.sleep(LOOK_SECONDS)
    return bool(behind)


if __name__ == "__main__":
    uvloop.run(read_all(sys.stdin.readline().strip()))
