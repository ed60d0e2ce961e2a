"""Throw the projections away and derive them from the ledger again: the result is the same bytes."""

import functools
from collections.abc import Callable, Mapping, Sequence

from domain.projection.gathering import Aside
from store.attendance import gathering, hour_totals, records
from store.attendance.gathering import Planned
from store.attendance.set_aside import ATTENDANCE
from store.database import Database, Transaction
from store.ledger import cursors
from store.ledger import facts as ledger
from workers import attendance, hours
from workers.set_aside import isolate_failures, report, settle

SESSIONS_AT_A_TIME = 100
"""Large enough for few queries and for adding up most weeks once; the facts of all are in memory together."""

Progress = Callable[[int, int], None]
"""Receives (sessions done, sessions in all)."""


async def rebuild(database: Database, progress: Progress) -> int:
    """Derive every record and total again, clinic by clinic; returns the number of sessions.

    There is one transaction per clinic: until it commits everyone sees the old numbers, and workers skip the clinic.
    Statements are not rebuilt: each session is put on the list to be compared, and differences are stated. A session
    that cannot be worked out is set aside and keeps its records; one that was set aside is tried like the others.
    """
    async with database.transaction() as tx:
        clinics = await ledger.clinics(tx)
        of = sum([len(await gathering.planned(tx, clinic)) for clinic in clinics])
    done = 0
    progress(done, of)
    for clinic in clinics:
        done += await _rebuild(database, clinic, functools.partial(_advance, progress, done, of))
    return done


def _advance(progress: Progress, before: int, of: int, done: int) -> None:
    progress(before + done, of)


async def _rebuild(database: Database, clinic: str, advance: Callable[[int], None]) -> int:
    """Rebuild one clinic; returns the number of its sessions."""
    aside: dict[str, Aside] = {}
    news: list[Aside] = []
    async with database.transaction() as tx:
        await cursors.wait_for(tx, ATTENDANCE, clinic)
        head = await ledger.head(tx, clinic)
        older = await records.of_older_rules(tx, clinic)
        for projection in (records, hour_totals):  # the clients' days stay: they only guide look-ups, and only grow
            await projection.clear(tx, clinic)
        work_out = functools.partial(_work_out, tx, clinic, older)
        sessions = await gathering.planned(tx, clinic)
        for done in range(0, len(sessions), SESSIONS_AT_A_TIME):
            some = sessions[done : done + SESSIONS_AT_A_TIME]
            found = await isolate_failures(tx, some, work_out, _failed)
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
    """Restore the records of these sessions: another transaction still sees the old ones."""
    if not sessions:
        return
    async with database.transaction() as before:
        kept = [await records.find(before, clinic, session) for session in sessions]
    old = [projection for projection in kept if projection is not None]
    await hours.replace_totals(tx, await records.replace(tx, old))
