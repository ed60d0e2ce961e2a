"""The consumer `attendance`: leaves become hours. Records and totals are replaced in the cursor's own transaction.

A session is worked out from all its facts, together with every session that shares a client and may overlap with it,
so it does not matter in what order, in what batches or how often facts are handled.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from domain.attendance import attendance
from domain.instants import instant
from domain.statements import OUTCOMES, PATIENCE
from runtime import policies
from store import records, session_facts, statements
from store.database import Transaction
from store.ledger import Recorded
from store.records import Projection
from store.session_facts import Gathered
from workers import hours
from workers.consumer import Consumer


async def handle(tx: Transaction, facts: Sequence[Recorded]) -> None:
    """Bring the records of the sessions that these facts are about up to date."""
    await work_out(tx, {fact.session_id for fact in facts if fact.type not in OUTCOMES})


async def work_out(tx: Transaction, sessions: Collection[str]) -> None:
    """Replace the records of these sessions, of those that overlap with them, and the hour totals of both."""
    gathered, changed = await _circle(tx, sessions)
    if not gathered:
        return
    results = attendance([one.facts for one in gathered], explain=True)
    projections = [session_facts.projected(one, results[one.facts.id]) for one in gathered if one.facts.id in changed]
    await hours.replace_totals(tx, await records.replace(tx, projections))
    await statements.expect(tx, dict(map(_due, projections)))


async def _circle(tx: Transaction, sessions: Collection[str]) -> tuple[list[Gathered], set[str]]:
    """The facts of all sessions that must be known, and the ids of those whose records may change.

    The sessions themselves and their neighbours may change; the neighbours' own neighbours must be known.
    """
    circle = {one.facts.id: one for one in await session_facts.gather(tx, sessions, policies.by_digest)}
    near = await _around(tx, circle)
    changed = set(circle) | set(near)
    circle |= near
    if near:
        circle |= await _around(tx, circle)
    return [circle[session] for session in sorted(circle)], changed


async def _around(tx: Transaction, circle: dict[str, Gathered]) -> dict[str, Gathered]:
    near = await session_facts.overlapping(tx, list(circle.values()))
    return {one.facts.id: one for one in await session_facts.gather(tx, near, policies.by_digest)}


def _due(projection: Projection) -> tuple[statements.Due, datetime]:
    """When the session's statements are to be compared with its records."""
    end = instant(projection.record.end)
    return statements.Due(projection.session, projection.clinic), end if projection.final else end + PATIENCE


CONSUMER = Consumer("attendance", handle)
"""Reads the whole ledger; everything about minutes follows from it."""
