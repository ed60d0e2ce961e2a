"""A session's facts from the ledger, ready for the arithmetic; or the reason why the session is set aside."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

import msgspec

from domain.attendance.facts import SessionFacts, plan_of
from domain.attendance.records import RULES, SessionRecord
from domain.errors import NotFound
from domain.events.catalogue import AnyEvent
from domain.events.schedule import PolicyReference
from domain.instants import instant
from domain.policy import Policy
from domain.projection import neighbours
from domain.projection.finality import Finality, finality
from domain.projection.neighbours import Extent
from domain.weeks import first_day

PolicyOf = Callable[[str], Policy]
"""Finds the policy whose file has this digest. Raises `NotFound`."""
SetAsideReason = Literal[
    "fact_unreadable",
    "window_too_long",
    "policy_unknown",
    "arithmetic_failed",
    "records_refused",
    "too_heavy",
    "failed",
]
"""In this order: this release cannot read a fact; a fact plans or extends the session beyond `LONGEST_WINDOW`; the
plan's policy is not here; the arithmetic raises an error; the database refuses the records; the database exceeds its
time limit; any other error."""
STAYS_ASIDE: frozenset[SetAsideReason] = frozenset({"fact_unreadable", "too_heavy"})
"""The reasons that later facts of the session do not resolve."""


class LedgerFact(msgspec.Struct, frozen=True):
    """A fact and its position; `event` is None if this release cannot read it."""

    position: int
    event: AnyEvent | None


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """One session's facts, and the extent that shows which other sessions must be worked out with it.

    `through_position` is the last position of these facts.
    """

    clinic: str
    facts: SessionFacts
    extent: Extent
    through_position: int
    epochs_held: int = 0
    """The last epoch of its room that a node ever held; 0 if none did."""


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """A session that was set aside. `position` is that of the first fact that cannot be handled."""

    session: str
    clinic: str
    position: int
    reason: SetAsideReason
    extent: Extent | None = None
    """None if no plan could be read."""
    frames: str = ""
    """Where an error was raised, only for the log: lines of source, never a value."""

    @property
    def fails(self) -> bool:
        """Whether the session cannot even be worked out as a neighbour of others."""
        return self.reason in {"arithmetic_failed", "too_heavy", "failed"}


class Reading(NamedTuple):
    """A session as far as it can be read, and why it is set aside; both, one or neither may be given."""

    gathered: Gathered | None
    aside: Aside | None


class Projection(msgspec.Struct, frozen=True, kw_only=True):
    """One session's record, derived from the ledger up to `through_position`."""

    session: str
    clinic: str
    program: str | None
    policy: PolicyReference
    week: date
    """The first day of the week in which it counts, by its policy."""
    record: SessionRecord
    final: bool
    reach: tuple[datetime, datetime]
    through_position: int
    rules: int = RULES
    """The version of the rules behind the record."""


def read(clinic: str, session: str, facts: Sequence[LedgerFact], policy_of: PolicyOf) -> Reading:
    """A session from its facts: at least one, sorted by position. A session without a plan is neither."""
    readable = [fact.event for fact in facts if fact.event is not None]
    events = [event for event in readable if not neighbours.is_endless(event)]
    extent = neighbours.extent_of(clinic, session, events)
    aside = None
    if len(events) < len(facts):
        position, reason = _first_left_out(facts)
        aside = Aside(session=session, clinic=clinic, position=position, reason=reason, extent=extent)
    plan = plan_of(events)
    if plan is None or extent is None:
        return Reading(None, aside)
    try:
        policy = policy_of(plan.policy.digest)
    except NotFound:
        planned = next(fact.position for fact in facts if fact.event is plan)
        unknown = Aside(session=session, clinic=clinic, position=planned, reason="policy_unknown", extent=extent)
        return Reading(None, aside or unknown)
    whole = SessionFacts(id=session, plan=plan, policy=policy, events=events)
    return Reading(Gathered(clinic=clinic, facts=whole, extent=extent, through_position=facts[-1].position), aside)


def finality_of(gathered: Gathered, record: SessionRecord) -> Finality:
    """When the session is due to be stated, and whether it is whole then."""
    cancelled_at = None if record.cancelled_at is None else instant(record.cancelled_at)
    return finality(gathered.facts.events, instant(record.end), cancelled_at, gathered.epochs_held)


def projected(gathered: Gathered, record: SessionRecord, now: datetime) -> Projection:
    """The session's record with the facts, policy and week behind it, final or not at `now`."""
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


def _first_left_out(facts: Sequence[LedgerFact]) -> tuple[int, SetAsideReason]:
    """The position of the first fact that is left out, and why; unreadable facts before others."""
    unread = [fact.position for fact in facts if fact.event is None]
    if unread:
        return unread[0], "fact_unreadable"
    endless = (fact.position for fact in facts if fact.event is not None and neighbours.is_endless(fact.event))
    return next(endless), "window_too_long"
