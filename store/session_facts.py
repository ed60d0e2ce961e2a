"""A session's facts as the arithmetic takes them: decoded, with the policy its plan names."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

import msgspec

from domain import neighbours
from domain.errors import NotFound
from domain.events import AnyEvent
from domain.facts import SessionFacts, plan_of
from domain.finality import Finality, finality
from domain.ids import is_id
from domain.instants import instant
from domain.policy import Policy
from domain.records import SessionRecord
from domain.statements import DERIVED
from domain.weeks import first_day
from store import ledger
from store.database import Transaction
from store.ledger import Said
from store.records import Projection
from store.set_aside_sessions import Aside, Extent, Reason

PolicyOf = Callable[[str], Policy]
"""Finds the policy whose file has this digest; raises `NotFound`."""


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """One session's facts, and what tells who else has to be looked at with it.

    `through_position` is the last position of the facts that count here.
    """

    clinic: str
    facts: SessionFacts
    extent: Extent
    through_position: int
    epochs_held: int = 0
    """The last epoch of its room that any node ever held."""


class Found(msgspec.Struct, frozen=True):
    """The sessions that have a plan and a policy, and those that cannot be worked out, by session.

    A session may be both: of one with a fact that cannot be read, `gathered` holds what can be.
    """

    gathered: list[Gathered]
    aside: dict[str, Aside]

    def extents(self) -> list[Extent]:
        """Of all of them whose plan can be read, each once."""
        of = {session: one.extent for session, one in self.aside.items() if one.extent is not None}
        return list((of | {one.facts.id: one.extent for one in self.gathered}).values())


async def gather(tx: Transaction, clinic: str, sessions: Iterable[str], policy_of: PolicyOf) -> Found:
    """The facts of these sessions of the clinic. One that has no plan yet is in neither list."""
    said = await ledger.said(tx, clinic, set(sessions), DERIVED)
    found = Found([], {})
    for session in sorted(said):
        _sort_in(found, _Said(clinic, session, said[session]), policy_of)
    held = await _epochs_held(tx, clinic, said)
    known = [msgspec.structs.replace(one, epochs_held=held.get(one.facts.id, 0)) for one in found.gathered]
    return Found(known, found.aside)


async def _epochs_held(tx: Transaction, clinic: str, sessions: Collection[str]) -> dict[str, int]:
    """By session, the last epoch that a node ever held of its room; sessions of which none did are not there."""
    rows = await tx.fetch(
        """
        SELECT session_id::text AS session, max(epoch) AS epoch FROM rooms
        WHERE clinic_id = $1 AND session_id = ANY($2::uuid[]) GROUP BY session_id
        """,
        clinic,
        list(sessions),
    )
    return {row["session"]: row["epoch"] for row in rows}


def finality_of(gathered: Gathered, record: SessionRecord) -> Finality:
    """When the session is to be stated, and whether it is whole then."""
    cancelled_at = None if record.cancelled_at is None else instant(record.cancelled_at)
    return finality(gathered.facts.events, instant(record.end), cancelled_at, gathered.epochs_held)


def projected(gathered: Gathered, record: SessionRecord, now: datetime) -> Projection:
    """The session's record with what it rests on, final or not at `now`."""
    plan = gathered.facts.plan
    return Projection(
        session=gathered.facts.id,
        clinic=gathered.clinic,
        program=plan.program,
        policy=plan.policy,
        week=first_day(record.service_date, gathered.facts.policy.week_start),
        record=record,
        final=finality_of(gathered, record).reached(now),
        reach=(gathered.extent.start, gathered.extent.end),
        through_position=gathered.through_position,
    )


class Planned(msgspec.Struct, frozen=True):
    """A session that was planned, and the position of its first plan."""

    session: str
    clinic: str
    position: int


async def planned(tx: Transaction, clinic: str) -> list[Planned]:
    """Every session that was ever planned, in the order of planning: those of one time are mostly near each other."""
    rows = await tx.fetch(
        """
        SELECT session_id::text AS session, clinic_id::text AS clinic, min(position) AS position FROM ledger
        WHERE clinic_id = $1 AND type = 'session.planned' GROUP BY session_id, clinic_id ORDER BY min(position)
        """,
        clinic,
    )
    return [Planned(**row) for row in rows]


class _Said(msgspec.Struct, frozen=True):
    """A session's facts, in order of position."""

    clinic: str
    session: str
    facts: list[Said]

    def aside(self, position: int, reason: Reason, extent: Extent | None) -> Aside:
        return Aside(session=self.session, clinic=self.clinic, position=position, reason=reason, extent=extent)


def _sort_in(found: Found, said: _Said, policy_of: PolicyOf) -> None:
    readable = [fact.event for fact in said.facts if fact.event is not None]
    session, events = said.session, [event for event in readable if not neighbours.is_endless(event)]
    extent = _extent(session, said.clinic, events)
    if len(events) < len(said.facts):
        found.aside[session] = said.aside(*_first_left_out(said.facts), extent)
    plan = plan_of(events)
    if plan is None or extent is None:
        return
    try:
        policy = policy_of(plan.policy.digest)
    except NotFound:
        planned = next(fact.position for fact in said.facts if fact.event is plan)
        found.aside.setdefault(session, said.aside(planned, "policy_unknown", extent))
        return
    found.gathered.append(
        Gathered(
            clinic=said.clinic,
            facts=SessionFacts(id=session, plan=plan, policy=policy, events=events),
            extent=extent,
            through_position=said.facts[-1].position,
        )
    )


def _first_left_out(said: list[Said]) -> tuple[int, Reason]:
    """The position of the first fact that cannot be taken into account, and why; unreadable ones before others."""
    unread = [fact.position for fact in said if fact.event is None]
    if unread:
        return unread[0], "fact_unreadable"
    endless = (fact.position for fact in said if fact.event is not None and neighbours.is_endless(fact.event))
    return next(endless), "window_too_long"


def _extent(session: str, clinic: str, events: Sequence[AnyEvent]) -> Extent | None:
    reach = neighbours.reach(events)
    if reach is None:
        return None
    clients = frozenset(
        client for client in neighbours.clients(events) if is_id(client)
    )  # only who has an id can be looked for
    return Extent(session, clinic, *reach, neighbours.days(events), clients)
