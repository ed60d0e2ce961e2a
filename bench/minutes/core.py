"""The core over decoded events in memory: as it works them out, one session after another, on one core."""

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
    told = (cast("list[AnyEvent]", evening) for evening in evenings(count, program))
    return [_facts(events, policy) for events in told]


def _facts(events: list[AnyEvent], policy: Policy) -> SessionFacts:
    plan = cast(SessionPlanned, events[0])
    return SessionFacts(id=plan.session, plan=plan, policy=policy, events=events)


def facts_in(sessions: Sequence[SessionFacts]) -> int:
    """How many facts they hold."""
    return sum(len(session.events) for session in sessions)


def time_taken(sessions: Sequence[SessionFacts], explain: bool) -> float:
    """Seconds of a processor for working each of them out, not counting the thread that draws the progress bar."""
    began = time.thread_time()
    for session in sessions:
        attendance([session], explain=explain)
    return time.thread_time() - began


def seconds(sessions: Sequence[SessionFacts]) -> Seconds:
    """What the core makes of each client who came."""
    found: Seconds = {}
    for session in sessions:
        for person, client in attendance([session])[session.id].clients.items():
            if client.late_s is not None:
                found[session.id, person] = (client.connected_s, client.credited_s)
    return found
