"""The worker of what comes in and goes out."""

import asyncio
import functools

from runtime import clock
from store.chart.data_keys import NoteKeys
from store.database import Database
from store.transfer import exports, imports
from workers.consumer import repeat
from workers.transfer.exports import next_export
from workers.transfer.imports import next_import

POLL_SECONDS = 0.5
"""Somebody waits for the preview."""


async def follow(database: Database, url: str, keys: NoteKeys) -> None:
    """Check and apply files, write exports, and delete what is over, for as long as the task runs.

    `url` is the database's address: an export reads everything, and takes its time on a connection of its own.
    """

    async def turn() -> bool:
        async with database.transaction() as tx:
            await imports.forget_old(tx, clock.now())
            await exports.end_old(tx, clock.now())
        took = await next_import(database, clock.now())
        return await next_export(database, url, keys, clock.now) or took

    await repeat("transfer", turn, functools.partial(asyncio.sleep, POLL_SECONDS))
