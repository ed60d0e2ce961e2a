"""From events to minutes: the nine steps, and the outcome of the session. Pure: the same events give the same answer,
in any order, and however often each is repeated.

    attendance(sessions, now=None, explain=False) -> {session id: SessionRecord}

`sessions` is a sequence of `SessionFacts(id=…, plan=…, policy=…, events=…)` (`domain.attendance.facts`). `plan` is the
result of `plan_of(events)` there; `policy` is the one whose digest the plan names. Pass sessions of the same people
that overlap in time together: a second counts in only one of them (step 8).

With `now` (aware) the answer is "so far": later facts are left out, open connections count to `now` while their node
holds the room, the window ends at `now`, and step 8 is not applied; `also_in` marks people who are in another session
as well. With `explain` every client's record carries its derivation.

Records are those of `domain.attendance.records`: whole seconds, and instants as epoch seconds
(`domain.instants.instant` turns one back into a `datetime`).
"""

import itertools
from collections.abc import Sequence
from datetime import datetime

from domain.attendance.capacity import Crowding, crowding
from domain.attendance.derivation import Deriver
from domain.attendance.facts import SessionFacts
from domain.attendance.outcome import is_stated, settle, status
from domain.attendance.overlapping import give_up_doubles, mark_doubles
from domain.attendance.records import BlockCredit, ClientRecord, SessionRecord
from domain.attendance.session import ClientAttendance, SessionAttendance, work_out
from domain.events.schedule import SessionPlanned
from domain.instants import local_date, second
from domain.policy import Policy
from domain.spans import Interval, Spans, clip, subtract, total


def attendance(
    sessions: Sequence[SessionFacts], now: datetime | None = None, explain: bool = False
) -> dict[str, SessionRecord]:
    """Each session's record, by session id, with its clients by person id; both sorted by id."""
    until = None if now is None else second(now)
    worked = [work_out(facts, until) for facts in sorted(sessions, key=lambda facts: facts.id)]
    for session in worked:
        settle(session, until)
    mark_doubles(worked)
    if now is None:
        give_up_doubles(worked)
    return {session.facts.id: _session_record(session, explain) for session in worked}


def _session_record(session: SessionAttendance, explain: bool) -> SessionRecord:
    frame, plan = session.window, session.facts.plan
    crowd = crowding(session)
    deriver = Deriver(session) if explain else None
    net_s = total(frame.teaching)
    return SessionRecord(
        service_date=local_date(second(plan.start), plan.timezone),
        start=frame.start,
        end=frame.end,
        net_s=net_s,
        facilitator_gap_s=net_s - total(session.facilitated),
        participant_count=crowd.participants,
        clients={client.person: _client_record(client, session, crowd, deriver) for client in session.clients.values()},
        outcome=session.outcome,
        cancelled_at=None if session.cancellation is None else session.cancellation.at,
        flags=tuple(sorted(session.flags)),
        ignored=tuple(sorted(session.ignored)),
    )


def _client_record(
    client: ClientAttendance, session: SessionAttendance, crowd: Crowding, deriver: Deriver | None
) -> ClientRecord:
    plan, policy = session.facts.plan, session.facts.policy
    credited_s = total(client.credited)
    holds = _holds(client, policy, crowd)
    unbilled = crowd.unbilled(client)
    billable = [] if holds else subtract(client.credited, unbilled)
    billable_s = total(billable)
    whole = BlockCredit(plan.kind, session.window.start, session.window.end, credited_s, billable_s)
    spans = None if deriver is None else deriver.derive(client, holds, unbilled)
    found = status(client, session)
    absent = found == "no_show"
    return ClientRecord(
        connected_s=total(client.presence.connected),
        credited_s=credited_s,
        billable_s=billable_s,
        status=found,
        holds=holds,
        late_s=client.late_s,
        units={name: rule.units((billable_s,)) for name, rule in policy.units.items()},
        flags=tuple(sorted(client.flags | ({"reinstated"} if absent and session.reinstated else set()))),
        excused=absent and client.person in session.timeline.excused,
        stated=is_stated(client, session),
        also_in=tuple(sorted(client.also_in)),
        blocks=_block_credits(session, client.credited, billable) if plan.blocks else (whole,),
        credited=tuple(client.credited),
        derivation=None if spans is None else spans.within,
        outside=None if spans is None else spans.outside,
    )


def _holds(client: ClientAttendance, policy: Policy, crowd: Crowding) -> tuple[str, ...]:
    late = client.late and policy.late_effect == "credit_not_bill"
    over = crowd.holds(client)
    return (("late_cutoff",) if late else ()) + (("over_capacity",) if over else ())


def _block_credits(session: SessionAttendance, credited: Spans, billable: Spans) -> tuple[BlockCredit, ...]:
    frame, plan = session.window, session.facts.plan
    starts = sorted(plan.blocks, key=lambda block: (second(block.start), second(block.end)))
    return tuple(
        BlockCredit(block.kind, *reach, total(clip(credited, *reach)), total(clip(billable, *reach)))
        for block, reach in zip(starts, _block_reaches(plan, frame.start, frame.end), strict=True)
    )


def _block_reaches(plan: SessionPlanned, start: int, end: int) -> list[Interval]:
    """The interval that each block covers, in order, without gaps.

    A block reaches to the next one's start; the first begins with the window, and the last ends with it. So the blocks
    add up to the session even when staff extended it past the last block.
    """
    cuts = [min(max(second(block.start), start), end) for block in plan.blocks]
    edges = [start, *sorted(cuts)[1:], end]
    return list(itertools.pairwise(edges))
