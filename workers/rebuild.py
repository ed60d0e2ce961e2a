"""Throw the projections away and derive them from the ledger again: to the same bytes, or something was wrong."""

from collections.abc import Callable

from store import cursors, hour_totals, ledger, records, session_facts
from store.database import Database
from workers import attendance

SESSIONS_AT_A_TIME = 20

Progress = Callable[[int, int], None]
"""Told how many sessions are done, of how many."""


async def rebuild(database: Database, progress: Progress) -> int:
    """Derive every record and total anew; returns how many sessions there were.

    One transaction: until it commits everybody sees the old numbers, and the running workers wait for the cursor.
    Statements are not rebuilt: each session is put on the list to be compared, and differences are stated.
    """
    async with database.transaction() as tx:
        await cursors.wait_for(tx, attendance.CONSUMER.name)
        head = await ledger.head(tx)
        await records.clear(tx)
        await hour_totals.clear(tx)
        sessions = await session_facts.planned(tx)
        progress(0, len(sessions))
        for done in range(0, len(sessions), SESSIONS_AT_A_TIME):
            await attendance.work_out(tx, sessions[done : done + SESSIONS_AT_A_TIME])
            progress(min(done + SESSIONS_AT_A_TIME, len(sessions)), len(sessions))
        await cursors.advance(tx, attendance.CONSUMER.name, head)
    return len(sessions)
