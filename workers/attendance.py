"""The consumer `attendance`: leaves become hours. Records and totals are replaced in the cursor's own transaction.

A session is worked out from all its facts, together with every session that shares a client and may overlap it. So the
order, the batches and the repetition of facts do not matter.

A session that cannot be worked out is set aside and keeps its records. Its neighbours are worked out with its readable
facts, and flagged; they are worked out again once it can be.
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
from store.attendance import gathering, neighbours, records, set_aside
from store.attendance.set_aside import ATTENDANCE
from store.billing import statements_due
from store.database import Transaction
from store.ledger.facts import Recorded
from workers import hours
from workers.consumer import Consumer
from workers.set_aside import frames, isolate_failures


class _Group(msgspec.Struct):
    """The sessions that are worked out together: `known` as far as they can be read; records of `changing` may change.

    `listed` sessions were set aside before and are not tried now; `found` sessions cannot be worked out now.
    """

    clinic: str
    known: dict[str, Gathered]
    changing: set[str]
    listed: dict[str, Aside]
    found: dict[str, Aside]

    def extents(self) -> list[Extent]:
        """The extents of all sessions, including those that cannot be worked out: they overlap others too."""
        unknown = [one.extent for session, one in self.aside.items() if session not in self.known]
        return [*(one.extent for one in self.known.values()), *(extent for extent in unknown if extent is not None)]

    @property
    def aside(self) -> dict[str, Aside]:
        """By session, why it is left out."""
        return self.listed | self.found

    def fail(self, session: str, reason: SetAsideReason, where: str) -> Aside:
        """Note that the session cannot be worked out; an earlier reason is kept."""
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
    """Bring the records of these facts' sessions up to date; returns the sessions that cannot be worked out."""
    return await work_out(tx, facts[0].clinic_id, {fact.session_id for fact in facts if fact.type not in DERIVED})


async def work_out(
    tx: Transaction, clinic: str, sessions: Collection[str], older: Mapping[str, int] | None = None
) -> dict[str, Aside]:
    """Replace the records of these sessions, of those that overlap them, and the hour totals of both.

    If a record by older rules was based on the same facts, only the rules can make a difference, and a statement that
    differs says so. `older` gives, by session, the last position of such a record's facts; without it they are looked
    up.

    Returns the sessions that cannot be worked out. A neighbour that fails is tried like the rest, so that every session
    that overlaps it is flagged, whatever the order.
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
    group = await _group(tx, clinic, sessions)
    results = _results(group)
    changing = sorted((group.changing & results.keys()) - group.aside.keys())
    if changing:

        async def keep(some: Sequence[str]) -> dict[str, Aside]:
            await neighbours.remember(tx, [group.known[session].extent for session in some])
            again = [(group.known[session], _flagged(group, session, results[session])) for session in some]
            await _keep(tx, again, older)
            return {}

        def refused(session: str, where: str) -> Aside:
            return group.fail(session, "records_refused", where)

        await isolate_failures(tx, changing, keep, refused)
    return group.found


async def _group(tx: Transaction, clinic: str, sessions: Collection[str]) -> _Group:
    """The sessions to work out together.

    The records of these sessions and of their neighbours may change; the neighbours of those must be known too.
    """
    group = _Group(clinic, {}, set(), {}, {})
    await _add(tx, group, sessions)
    near = await neighbours.overlapping(tx, clinic, group.extents())
    if near:
        await _add(tx, group, near, listed=near - set(sessions))
        group.changing |= near
        further = await neighbours.overlapping(tx, clinic, group.extents())
        await _add(tx, group, further, listed=further - set(sessions))
    group.changing |= set(sessions)
    return group


async def _add(tx: Transaction, group: _Group, sessions: Collection[str], listed: Collection[str] = ()) -> None:
    """Add these sessions to the group; do not try those of `listed` that were set aside before."""
    before = await set_aside.among(tx, ATTENDANCE, group.clinic, listed) if listed else {}
    failing = {session for session, one in before.items() if one.fails}
    found = await gathering.gather(tx, group.clinic, set(sessions) - failing, policies.by_digest)
    group.known |= {one.facts.id: one for one in found.gathered}
    group.listed |= before
    group.found |= {session: one for session, one in found.aside.items() if session not in before}


def _results(group: _Group) -> dict[str, SessionRecord]:
    """The records of all known sessions. Sessions for which the arithmetic fails are removed from the group."""
    try:
        return _attendance(group.known)
    except Exception:
        failing = {session: where for session in group.known if (where := _fails(group.known[session]))}
        if not failing:
            raise
    for session, where in failing.items():
        group.fail(session, "arithmetic_failed", where)
        del group.known[session]
    return _attendance(group.known)


def _attendance(known: Mapping[str, Gathered]) -> dict[str, SessionRecord]:
    return attendance([known[session].facts for session in sorted(known)], explain=True)


def _fails(one: Gathered) -> str | None:
    """Where the arithmetic fails for this session alone, or None."""
    try:
        _attendance({one.facts.id: one})
    except Exception as error:
        return frames(error)
    return None


def _flagged(group: _Group, session: str, record: SessionRecord) -> SessionRecord:
    own = group.known[session]
    extents = [one.extent for one in group.aside.values() if one.extent is not None]
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
    await statements_due.expect(tx, dict(_due(one, record, older) for one, record in again))


def _due(gathered: Gathered, record: SessionRecord, older: Mapping[str, int]) -> tuple[statements_due.Due, datetime]:
    """(what is due, from when). It has a cause if only the rules can have changed the statements."""
    session = gathered.facts.id
    cause = RULE_CHANGED if older.get(session) == gathered.through_position else None
    due = statements_due.Due(session, gathered.clinic, cause)
    return due, finality_of(gathered, record).due_at


CONSUMER = Consumer(ATTENDANCE, handle)
"""Reads the whole ledger and derives everything about minutes."""
