"""A session's facts as the arithmetic takes them: decoded, with the policy its plan names."""

import logging
from collections.abc import Callable, Iterable, Sequence
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
from store.ledger import Said
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
    said = await ledger.said(tx, set(sessions), OUTCOMES)
    found = [_gathered(session, said[session], policy_of) for session in sorted(said)]
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
    """Every session that was ever planned, in the order of planning: those of one time are mostly near each other."""
    rows = await tx.fetch(
        "SELECT session_id FROM ledger WHERE type = 'session.planned' GROUP BY session_id ORDER BY min(position)"
    )
    return [row["session_id"] for row in rows]


async def overlapping(tx: Transaction, gathered: Sequence[Gathered]) -> set[str]:
    """The other sessions that share a client with one of these and may overlap with it, as far as they have records.

    Reaches are compared as the index has them.
    """
    rows = await tx.fetch(
        """
        SELECT DISTINCT other.session_id
        FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS own (session_id, starts, ends)
        JOIN session_records AS other
          ON tstzrange(other.earliest_start, other.latest_end) && tstzrange(own.starts, own.ends)
        WHERE other.session_id <> ALL($1) AND EXISTS (
            SELECT FROM unnest($4::uuid[], $5::uuid[]) AS mine (session_id, client_id)
            JOIN attendance_records AS theirs ON theirs.client_id = mine.client_id
            WHERE mine.session_id = own.session_id AND theirs.session_id = other.session_id
        )
        """,
        [one.facts.id for one in gathered],
        [one.reach[0] for one in gathered],
        [one.reach[1] for one in gathered],
        [one.facts.id for one in gathered for _ in one.clients],
        [client for one in gathered for client in one.clients],
    )
    return {row["session_id"] for row in rows}


def _gathered(session: str, said: list[Said], policy_of: PolicyOf) -> Gathered | None:
    events = [fact.event for fact in said]
    plan, reach = plan_of(events), neighbours.reach(events)
    if plan is None or reach is None:
        return None
    try:
        policy = policy_of(plan.policy.digest)
    except NotFound:
        log.exception("a session is planned by a policy that is not here", extra={"session": session})
        return None
    return Gathered(
        clinic=said[0].clinic,
        facts=SessionFacts(id=session, plan=plan, policy=policy, events=events),
        reach=reach,
        clients=neighbours.clients(events),
        through_position=said[-1].position,
    )
