"""The consumer `attendance`: leaves become hours. Records and totals are replaced in the cursor's own transaction.

A session is worked out from all its facts, together with every session that shares a client and may overlap with it,
so it does not matter in what order, in what batches or how often facts are handled.

A session that cannot be worked out is set aside and keeps the records it has. Those beside it are worked out with what
can be read of it, and flagged; they are worked out again when it can be.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec

from domain.attendance.credit import attendance
from domain.attendance.records import NEIGHBOUR_SET_ASIDE, SessionRecord
from domain.billing.statements import DERIVED, RULE_CHANGED
from domain.projection.gathering import Aside, Gathered, SetAsideReason, finality_of, projected
from domain.projection.neighbours import Extent
from runtime import clock, policies
from store.attendance import gathering as session_facts
from store.attendance import neighbours, records
from store.attendance import set_aside as set_aside_sessions
from store.attendance.set_aside import ATTENDANCE
from store.billing import statements_due as statements
from store.database import Transaction
from store.ledger.facts import Recorded
from workers import hours
from workers.consumer import Consumer
from workers.set_aside import frames, spare_the_rest


class _Circle(msgspec.Struct):
    """The sessions that are worked out together: known as far as they can be read, and those whose records may change.

    `listed` are those that were set aside before and are not tried now, `found` those that cannot be worked out now.
    """

    clinic: str
    known: dict[str, Gathered]
    changing: set[str]
    listed: dict[str, Aside]
    found: dict[str, Aside]

    def extents(self) -> list[Extent]:
        """Of all; also of a session of which too little is known to work it out, for it touches others too."""
        unknown = [one.extent for session, one in self.aside.items() if session not in self.known]
        return [*(one.extent for one in self.known.values()), *(extent for extent in unknown if extent is not None)]

    @property
    def aside(self) -> dict[str, Aside]:
        """Every session that is left out, by session."""
        return self.listed | self.found

    def fail(self, session: str, reason: SetAsideReason, where: str) -> Aside:
        """The session cannot be worked out, for this reason unless there was one before."""
        one = self.known[session]
        aside = Aside(
            session=session,
            clinic=one.clinic,
            position=one.through_position,
            reason=reason,
            extent=one.extent,
            frames=where,
        )
        return self.found.setdefault(session, aside)


async def handle(tx: Transaction, facts: Sequence[Recorded]) -> Mapping[str, Aside]:
    """Bring the records of the sessions that these facts are about up to date."""
    return await work_out(tx, facts[0].clinic_id, {fact.session_id for fact in facts if fact.type not in DERIVED})


async def work_out(
    tx: Transaction, clinic: str, sessions: Collection[str], older: Mapping[str, int] | None = None
) -> dict[str, Aside]:
    """Replace the records of these sessions, of those that overlap with them, and the hour totals of both.

    Where a record by older rules rested on the same facts, only the rules can make a difference, and a statement that
    differs says so. `older` are such records, by session, with the position that each rested on; without it they are
    looked up.

    Returns those that cannot be worked out, by session. One that is found so beside another is tried like the rest,
    so that all that overlap with it learn of it, whichever was looked at first.
    """
    tried = set(sessions)
    while True:
        found = await _work_out(tx, clinic, tried, older)
        if found.keys() <= tried:
            return found
        tried |= found.keys()


async def _work_out(
    tx: Transaction, clinic: str, sessions: Collection[str], older: Mapping[str, int] | None
) -> dict[str, Aside]:
    circle = await _circle(tx, clinic, sessions)
    results = _results(circle)
    changing = sorted((circle.changing & results.keys()) - circle.aside.keys())
    if changing:

        async def keep(some: Sequence[str]) -> dict[str, Aside]:
            await neighbours.remember(tx, [circle.known[session].extent for session in some])
            again = [(circle.known[session], _flagged(circle, session, results[session])) for session in some]
            await _keep(tx, again, older)
            return {}

        def refused(session: str, where: str) -> Aside:
            return circle.fail(session, "records_refused", where)

        await spare_the_rest(tx, changing, keep, refused)
    return circle.found


async def _circle(tx: Transaction, clinic: str, sessions: Collection[str]) -> _Circle:
    """All sessions that must be known.

    The sessions themselves and their neighbours may change; the neighbours' own neighbours must be known.
    """
    circle = _Circle(clinic, {}, set(), {}, {})
    await _add(tx, circle, sessions)
    near = await neighbours.overlapping(tx, clinic, circle.extents())
    if near:
        await _add(tx, circle, near, listed=near - set(sessions))
        circle.changing |= near
        further = await neighbours.overlapping(tx, clinic, circle.extents())
        await _add(tx, circle, further, listed=further - set(sessions))
    circle.changing |= set(sessions)
    return circle


async def _add(tx: Transaction, circle: _Circle, sessions: Collection[str], listed: Collection[str] = ()) -> None:
    """Know these sessions too; those among `listed` that were set aside before are not tried."""
    before = await set_aside_sessions.among(tx, ATTENDANCE, circle.clinic, listed) if listed else {}
    failing = {session for session, one in before.items() if one.fails}
    found = await session_facts.gather(tx, circle.clinic, set(sessions) - failing, policies.by_digest)
    circle.known |= {one.facts.id: one for one in found.gathered}
    circle.listed |= before
    circle.found |= {session: one for session, one in found.aside.items() if session not in before}


def _results(circle: _Circle) -> dict[str, SessionRecord]:
    """The records of all that are known. A session that the arithmetic fails at is known no more."""
    try:
        return _attendance(circle.known)
    except Exception:
        failing = {session: where for session in circle.known if (where := _fails(circle.known[session]))}
        if not failing:
            raise
    for session, where in failing.items():
        circle.fail(session, "arithmetic_failed", where)
        del circle.known[session]
    return _attendance(circle.known)


def _attendance(known: Mapping[str, Gathered]) -> dict[str, SessionRecord]:
    return attendance([known[session].facts for session in sorted(known)], explain=True)


def _fails(one: Gathered) -> str | None:
    """Where the arithmetic fails at this session alone, or None."""
    try:
        _attendance({one.facts.id: one})
    except Exception as error:
        return frames(error)
    return None


def _flagged(circle: _Circle, session: str, record: SessionRecord) -> SessionRecord:
    own = circle.known[session]
    extents = [one.extent for one in circle.aside.values() if one.extent is not None]
    if any(extent.touches(own.extent) for extent in extents):
        return msgspec.structs.replace(record, flags=tuple(sorted({*record.flags, NEIGHBOUR_SET_ASIDE})))
    return record


async def _keep(
    tx: Transaction, again: Sequence[tuple[Gathered, SessionRecord]], older: Mapping[str, int] | None
) -> None:
    if older is None:
        older = await records.of_older_rules(tx, again[0][0].clinic, [one.facts.id for one, _ in again])
    now = clock.now()
    projections = [projected(one, record, now) for one, record in again]
    await hours.replace_totals(tx, await records.replace(tx, projections), projections)
    await statements.expect(tx, dict(_due(one, record, older) for one, record in again))


def _due(gathered: Gathered, record: SessionRecord, older: Mapping[str, int]) -> tuple[statements.Due, datetime]:
    """When the session's statements are to be compared with its records, and what alone can have changed them."""
    session = gathered.facts.id
    cause = RULE_CHANGED if older.get(session) == gathered.through_position else None
    due = statements.Due(session, gathered.clinic, cause)
    return due, finality_of(gathered, record).due_at


CONSUMER = Consumer(ATTENDANCE, handle)
"""Reads the whole ledger; everything about minutes follows from it."""
