"""Clients of older releases become searchable, and get an alias that they are asked about at the door."""

import asyncio
import functools
from datetime import datetime

from store.database import Database, Transaction, database_time
from store.people import aliases, persons, search
from workers.consumer import repeat

AT_A_TIME = 100
REST_SECONDS = 60.0
"""Between two looks when there is nothing to do: only a migration or an older server leaves such clients."""


async def follow(database: Database) -> None:
    """Take in whoever is missing, for as long as the task runs."""

    async def once() -> bool:
        async with database.transaction() as tx:
            return await take_in(tx, await database_time(tx)) > 0

    await repeat("people", once, functools.partial(asyncio.sleep, REST_SECONDS))


async def take_in(tx: Transaction, now: datetime) -> int:
    """Make the next clients searchable, each with an alias. Returns how many there were."""
    missing = await search.missing(tx, AT_A_TIME)
    for clinic, people in missing.items():
        for person in (await persons.of_ids(tx, clinic, people)).values():
            await aliases.reserve_suggested(tx, clinic, person.id, person.display_name, now)
        await search.renew(tx, clinic, people)
    return sum(map(len, missing.values()))
