"""A worker of its own: `python -m bench.minutes.reader`, the database's address on standard input.

It prints a line when it is ready, begins at a line, and ends when every clinic's ledger is read.
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
    """Read beside others until nobody is behind any more."""
    async with Database.open(url, unhurried=True) as database:
        print("ready", flush=True)
        sys.stdin.readline()
        reader = Reader(database, attendance.CONSUMER)
        while await reader.turn() or await _behind(database):
            reader.hear("")


async def _behind(database: Database) -> bool:
    """Whether another still reads the last of it."""
    async with database.transaction() as tx:
        behind = await cursors.behind(tx, attendance.CONSUMER.name, 1)
    if behind:
        await asyncio.sleep(LOOK_SECONDS)
    return bool(behind)


if __name__ == "__main__":
    uvloop.run(read_all(sys.stdin.readline().strip()))
