"""A session's facts as the arithmetic takes them: decoded, with the policy its plan names."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from domain import neighbours
from domain.errors import NotFound
from domain.facts import SessionFacts, plan_of
from domain.instants import instant
from domain.policy import Policy
from domain.records import SessionRecord
from domain.statements import OUTCOMES, is_final
from domain.weeks import first_day
from store import ledger
from store.database import Transaction
from store.records import Projection

log = logging.getLogger(__name__)

PolicyOf = Callable[[str], Policy]
"""Finds the policy whose file has this digest; raises `NotFound`."""


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """One session's facts, and what tells who else has to be looked at with it.

    `reach` holds every window it ever had, `clients` everybody who ever was one; `through_position` is the last
    position of the facts that count here.
    """

    clinic: str
    facts: SessionFacts
    reach: tuple[datetime, datetime]
    clients: frozenset[str]
    through_position: int


async def gather(tx: Transaction, sessions: Iterable[str], policy_of: PolicyOf) -> list[Gathered]:
    """The facts of those of the sessions that have a plan, by a policy that is known here.

    A session by an unknown policy keeps the records it has; a release that knows it rebuilds them.
    """
    found = [await _of_session(tx, session, policy_of) for session in sorted(set(sessions))]
    return [gathered for gathered in found if gathered is not None]


def projected(gathered: Gathered, record: SessionRecord) -> Projection:
    """The session's record with what it rests on."""
    plan = gathered.facts.plan
    return Projection(
        session=gathered.facts.id,
        clinic=gathered.clinic,
        program=plan.program,
        policy=plan.policy,
        week=first_day(record.service_date, gathered.facts.policy.week_start),
        record=record,
        final=is_final(gathered.facts.events, instant(record.end)),
        reach=gathered.reach,
        through_position=gathered.through_position,
    )


async def planned(tx: Transaction) -> list[str]:
    """Every session that was ever planned."""
    rows = await tx.fetch("SELECT DISTINCT session_id FROM ledger WHERE type = 'session.planned' ORDER BY session_id")
    return [row["session_id"] for row in rows]


async def overlapping(tx: Transaction, gathered: Gathered) -> set[str]:
    """The other sessions with a client of this one that may overlap with it, as far as they have records."""
    rows = await tx.fetch(
        """
        SELECT session_id FROM session_records
        WHERE session_id <> $1 AND earliest_start < $3 AND latest_end > $2
          AND session_id IN (SELECT session_id FROM attendance_records WHERE client_id = ANY($4::uuid[]))
        """,
        gathered.facts.id,
        *gathered.reach,
        sorted(gathered.clients),
    )
    return {row["session_id"] for row in rows}


async def _of_session(tx: Transaction, session: str, policy_of: PolicyOf) -> Gathered | None:
    recorded = [fact for fact in await ledger.of_session(tx, session) if fact.type not in OUTCOMES]
    events = [fact.event for fact in recorded]
    plan, reach = plan_of(events), neighbours.reach(events)
    if plan is None or reach is None:
        return None
    try:
        policy = policy_of(plan.policy.digest)
    except NotFound:
        log.exception("a session is planned by a policy that is not here", extra={"session": session})
        return None
    return Gathered(
        clinic=recorded[0].clinic_id,
        facts=SessionFacts(id=session, plan=plan, policy=policy, events=events),
        reach=reach,
        clients=neighbours.clients(events),
        through_position=recorded[-1].position,
    )
