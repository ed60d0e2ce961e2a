"""The roots worker: when a UTC day is over, what it came to is kept."""

import asyncio
import functools
from datetime import UTC, datetime, time, timedelta

from store import ledger, roots
from store.database import Database
from workers.consumer import repeat

POLL_SECONDS = 60.0
MARGIN = timedelta(minutes=5)
"""A day counts as over so long after its midnight, so that a database's clock may be set back a little."""


async def follow(database: Database, margin: timedelta = MARGIN) -> None:
    """Keep the root of each day that is over by `margin`, for as long as the task runs."""
    rest = functools.partial(asyncio.sleep, POLL_SECONDS)
    await repeat("roots", lambda: keep_next(database, margin), rest)


async def keep_next(database: Database, margin: timedelta = MARGIN) -> bool:
    """Keep the root of the first day that has none; False when that day is not over."""
    async with database.transaction() as tx:
        day = await roots.next_day(tx)
        now = await roots.database_time(tx)
        if day is None or now < datetime.combine(day, time(), UTC) + roots.DAY + margin:
            return False
        await ledger.take_turns(tx, await ledger.clinics(tx))  # whoever recorded before midnight has committed
    async with database.transaction() as tx:
        await roots.keep(tx, await roots.work_out(tx, day))
    return True
