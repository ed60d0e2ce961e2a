"""The outcome of a session (held, cancelled or not held), and each client's status in it.

It is decided between step 7 and step 8: seconds denied by a cancellation, lateness or the door are not claimed from
other sessions.
"""

from collections.abc import Sequence

import msgspec

from domain.attendance.records import Outcome, Status
from domain.attendance.session import ClientAttendance, SessionAttendance
from domain.attendance.timeline import Act, Judgement
from domain.instants import second
from domain.policy import Policy
from domain.spans import intersect, overlaps, total, union


class Cancellation(msgspec.Struct, frozen=True):
    """The cancellation in force, if any, and whether one was withdrawn."""

    in_force: Act | None
    """The first that counts and was not withdrawn."""
    reinstated: bool
    """Whether one that counted was withdrawn, and none is in force."""


def cancellation(acts: Sequence[Act], start: int, proven_from: int | None) -> Cancellation:
    """Which cancellation is in force.

    `acts` are those of staff, in order; `start` is the scheduled start; `proven_from` is the first second that steps 1
    to 7 credit to any client, or None: proven seconds cannot be cancelled.
    """
    in_force, started, withdrawn = None, False, False
    for act in acts:
        match act.kind:
            case "started":
                started = True
            case "reinstated":
                withdrawn = withdrawn or in_force is not None
                in_force = None
            case "cancelled":
                unproven = not started and (proven_from is None or proven_from >= act.at)
                if in_force is None and (act.at < start or unproven):
                    in_force = act
    return Cancellation(in_force, withdrawn and in_force is None)


def settle(session: SessionAttendance, now: int | None) -> None:
    """Set the outcome, then apply it, lateness and the door to each client; `now` as in `work_out`."""
    plan, timeline = session.facts.plan, session.timeline
    proven_from = min((client.proven[0][0] for client in session.clients.values() if client.proven), default=None)
    cancelled = cancellation(timeline.acts, second(plan.start), proven_from)
    session.cancellation, session.reinstated = cancelled.in_force, cancelled.reinstated
    session.outcome = _outcome(session, now)
    if cancelled.in_force is not None and _was_used(session, cancelled.in_force):
        session.flags.add("cancelled_in_use")
    for client in session.clients.values():
        _settle_client(client, session)


def status(client: ClientAttendance, session: SessionAttendance) -> Status | None:
    """The client's status; None until the session is over. Call it after step 8, which changes `credited`."""
    if session.outcome != "held":
        return session.outcome
    if client.credited:
        return _attended(total(client.credited), session.window.net_planned_s, session.facts.policy)
    if client.earned:
        return "elsewhere"
    if client.missed or _was_sent_away(client, session):
        return "no_show"
    if _ended_early(session) or _came(client, session):
        return "not_served"
    return "no_show"


def is_stated(client: ClientAttendance, session: SessionAttendance) -> bool:
    """Whether billing gets a statement for the client: if on the roster or admitted; in a pull-out, if admitted."""
    admitted = any(connection.was_admitted() for connection in client.presence.connections)
    return admitted or (client.on_roster and not session.facts.plan.pull_out)


def takes_place(outcome: Outcome | None) -> bool:
    """Whether the session took place or may still do so: otherwise nobody is late for it or held."""
    return outcome in (None, "held")


def _outcome(session: SessionAttendance, now: int | None) -> Outcome | None:
    if session.cancellation is not None:
        return "cancelled"
    if not _is_over(session, now):
        return None
    return "held" if session.facilitated else "not_held"


def _is_over(session: SessionAttendance, now: int | None) -> bool:
    timeline, plan = session.timeline, session.facts.plan
    if now is None or timeline.ended_at is not None:
        return True
    end = second(plan.end) if timeline.extended_to is None else timeline.extended_to
    return now >= max(second(plan.start), end)


def _was_used(session: SessionAttendance, cancellation: Act) -> bool:
    """Whether the session was started after it was cancelled, or a client would have been credited in it."""
    acts = session.timeline.acts
    started = any(act.kind == "started" for act in acts[acts.index(cancellation) :])
    return started or any(client.proven for client in session.clients.values())


def _settle_client(client: ClientAttendance, session: SessionAttendance) -> None:
    policy = session.facts.policy
    verdict = _judgement(client, session)
    refused = verdict is not None and verdict.verdict != "let_in"
    client.denied = refused or (client.late and policy.late_effect == "deny")
    if client.denied or session.cancellation is not None:
        client.earned = client.credited = []
    if not takes_place(session.outcome):
        client.late = False
        client.flags.discard("late")


def _judgement(client: ClientAttendance, session: SessionAttendance) -> Judgement | None:
    return session.timeline.judged.get(client.person)


def _attended(credited_s: int, net_planned_s: int, policy: Policy) -> Status:
    numerator, denominator = policy.present_ratio.as_integer_ratio()
    return "present" if credited_s * denominator >= numerator * net_planned_s else "partial"


def _was_sent_away(client: ClientAttendance, session: SessionAttendance) -> bool:
    """Whether staff sent the client away while a qualified person was present, outside breaks."""
    judgement = _judgement(client, session)
    if judgement is None or judgement.verdict != "sent_away":
        return False
    that_second = (judgement.at, judgement.at + 1)
    return overlaps(session.taught, *that_second) and not overlaps(session.window.pauses, *that_second)


def _ended_early(session: SessionAttendance) -> bool:
    """Whether the session ended before the late cutoff, so that nobody can have missed it."""
    ended_at = session.timeline.ended_at
    return ended_at is not None and ended_at < second(session.facts.plan.start) + session.facts.policy.late_cutoff_s


def _came(client: ClientAttendance, session: SessionAttendance) -> bool:
    lived = union(connection.life() for connection in client.presence.connections)
    return total(intersect(lived, session.window.teaching)) >= session.facts.policy.came_min_s
