"""Throw the projections away and derive them from the ledger again: to the same bytes, or something was wrong."""

import functools
from collections.abc import Callable, Mapping, Sequence

from domain.projection.gathering import Aside
from store.attendance import gathering as session_facts
from store.attendance import hour_totals, records
from store.attendance.gathering import Planned
from store.attendance.set_aside import ATTENDANCE
from store.database import Database, Transaction
from store.ledger import cursors
from store.ledger import facts as ledger
from workers import attendance, hours
from workers.set_aside import report, settle, spare_the_rest

SESSIONS_AT_A_TIME = 100
"""Enough that Postgres is asked seldom and most weeks are added up once; their facts are in memory together."""

Progress = Callable[[int, int], None]
"""Told how many sessions are done, of how many."""


async def rebuild(database: Database, progress: Progress) -> int:
    """Derive every record and total again, clinic by clinic; returns how many sessions there were.

    One transaction for each clinic: until it commits everybody sees the old numbers, and the workers pass it by.
    Statements are not rebuilt: each session is put on the list to be compared, and differences are stated. A session
    that cannot be worked out is set aside and keeps the records it had; one that was aside is tried like the others.
    """
    async with database.transaction() as tx:
        clinics = await ledger.clinics(tx)
        of = sum([len(await session_facts.planned(tx, clinic)) for clinic in clinics])
    done = 0
    progress(done, of)
    for clinic in clinics:
        done += await _rebuild(database, clinic, functools.partial(_advance, progress, done, of))
    return done


def _advance(progress: Progress, before: int, of: int, done: int) -> None:
    progress(before + done, of)


async def _rebuild(database: Database, clinic: str, advance: Callable[[int], None]) -> int:
    """Of one clinic; returns how many sessions it has."""
    aside: dict[str, Aside] = {}
    news: list[Aside] = []
    async with database.transaction() as tx:
        await cursors.wait_for(tx, ATTENDANCE, clinic)
        head = await ledger.head(tx, clinic)
        older = await records.of_older_rules(tx, clinic)
        for projection in (records, hour_totals):  # not the clients' days: they only say where to look, and only grow
            await projection.clear(tx, clinic)
        work_out = functools.partial(_work_out, tx, clinic, older)
        sessions = await session_facts.planned(tx, clinic)
        for done in range(0, len(sessions), SESSIONS_AT_A_TIME):
            some = sessions[done : done + SESSIONS_AT_A_TIME]
            found = await spare_the_rest(tx, some, work_out, _failed)
            news += await settle(tx, ATTENDANCE, clinic, [one.session for one in some], found)
            aside |= found
            advance(min(done + SESSIONS_AT_A_TIME, len(sessions)))
        await _put_back(database, tx, clinic, list(aside))
        await cursors.advance(tx, ATTENDANCE, clinic, head)
    report(ATTENDANCE, news)
    return len(sessions)


async def _work_out(
    tx: Transaction, clinic: str, older: Mapping[str, int], some: Sequence[Planned]
) -> dict[str, Aside]:
    return await attendance.work_out(tx, clinic, [one.session for one in some], older)


def _failed(one: Planned, where: str) -> Aside:
    return Aside(session=one.session, clinic=one.clinic, position=one.position, reason="failed", frames=where)


async def _put_back(database: Database, tx: Transaction, clinic: str, sessions: Sequence[str]) -> None:
    """The records of these sessions as they were: another transaction still sees them."""
    if not sessions:
        return
    async with database.transaction() as before:
        kept = [await records.find(before, clinic, session) for session in sessions]
    old = [projection for projection in kept if projection is not None]
    await hours.replace_totals(tx, await records.replace(tx, old))
