"""The core over decoded events in memory, one session after another, on one core."""

import time
from collections.abc import Sequence
from typing import cast

from bench.minutes.evenings import Program, evenings
from bench.minutes.peer import Seconds
from domain.attendance.credit import attendance
from domain.attendance.facts import SessionFacts
from domain.events.catalogue import AnyEvent
from domain.events.schedule import PolicyReference, SessionPlanned
from domain.policy import Policy


def in_memory(count: int, policy: Policy) -> list[SessionFacts]:
    """Sessions of at least `count` facts in all."""
    program = Program(PolicyReference(id="bench", version=1, digest=""))
    made = (cast("list[AnyEvent]", evening) for evening in evenings(count, program))
    return [_facts(events, policy) for events in made]


def _facts(events: list[AnyEvent], policy: Policy) -> SessionFacts:
    plan = cast(SessionPlanned, events[0])
    return SessionFacts(id=plan.session, plan=plan, policy=policy, events=events)


def facts_in(sessions: Sequence[SessionFacts]) -> int:
    """The number of their facts."""
    return sum(len(session.events) for session in sessions)


def time_taken(sessions: Sequence[SessionFacts], explain: bool) -> float:
    """Processor seconds to compute each of them, without the thread that draws the progress bar."""
    began = time.thread_time()
    for session in sessions:
        attendance([session], explain=explain)
    return time.thread_time() - began


def seconds(sessions: Sequence[SessionFacts]) -> Seconds:
    """The core's seconds for each client who came."""
    found: Seconds = {}
    for session in sessions:
        for person, client in attendance([session])[session.id].clients.items():
            if client.late_s is not None:
                found[session.id, person] = (client.connected_s, client.credited_s)
    return found
