"""The outcome of a session (held, cancelled or not held), and each client's status in it.

It stands between step 7 and step 8: what a cancelled session, lateness or the door takes, no other session loses.
"""

from collections.abc import Sequence

import msgspec

from domain.attendance.records import Outcome, Status
from domain.attendance.session import ClientAttendance, SessionAttendance
from domain.attendance.timeline import Act, Judgement
from domain.instants import second
from domain.policy import Policy
from domain.spans import intersect, overlaps, total, union


class CalledOff(msgspec.Struct, frozen=True):
    """The cancellation of a session that stands, if any, and whether one was taken back."""

    standing: Act | None
    """The first one that counts and was not taken back."""
    reinstated: bool
    """Whether one that counted was taken back, and none stands."""


def called_off(acts: Sequence[Act], start: int, proven_from: int | None) -> CalledOff:
    """Which cancellation stands, given the acts of staff in order, the scheduled start, and the first second that
    steps 1 to 7 credit to any client: proven seconds cannot be cancelled."""
    standing, started, taken_back = None, False, False
    for act in acts:
        match act.kind:
            case "started":
                started = True
            case "reinstated":
                taken_back = taken_back or standing is not None
                standing = None
            case "cancelled":
                unproven = not started and (proven_from is None or proven_from >= act.at)
                if standing is None and (act.at < start or unproven):
                    standing = act
    return CalledOff(standing, taken_back and standing is None)


def settle(session: SessionAttendance, now: int | None) -> None:
    """Set the outcome, and take from each client what it, lateness or the door takes; `now` as in `work_out`."""
    plan, timeline = session.facts.plan, session.timeline
    proven_from = min((client.proven[0][0] for client in session.clients.values() if client.proven), default=None)
    cancelled = called_off(timeline.acts, second(plan.start), proven_from)
    session.cancellation, session.reinstated = cancelled.standing, cancelled.reinstated
    session.outcome = _outcome(session, now)
    if cancelled.standing is not None and _was_used(session, cancelled.standing):
        session.flags.add("cancelled_in_use")
    for client in session.clients.values():
        _settle_client(client, session)


def status(client: ClientAttendance, session: SessionAttendance) -> Status | None:
    """The client's status, once `credited` is what other sessions left; None until the session is over."""
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
    """Whether billing gets a statement for the client: on the roster or admitted; in a pull-out, admitted."""
    admitted = any(connection.was_admitted() for connection in client.presence.connections)
    return admitted or (client.on_roster and not session.facts.plan.pull_out)


def takes_place(outcome: Outcome | None) -> bool:
    """Whether anybody can be late for it, or be held for anything: not for what did not take place."""
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
    """Whether it was started after it was cancelled, or a client would have been credited in it."""
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
    """Whether somebody qualified was there when they were sent away, and it was no break."""
    judgement = _judgement(client, session)
    if judgement is None or judgement.verdict != "sent_away":
        return False
    that_second = (judgement.at, judgement.at + 1)
    return overlaps(session.taught, *that_second) and not overlaps(session.window.pauses, *that_second)


def _ended_early(session: SessionAttendance) -> bool:
    """Whether it ended before anybody had missed it."""
    ended_at = session.timeline.ended_at
    return ended_at is not None and ended_at < second(session.facts.plan.start) + session.facts.policy.late_cutoff_s


def _came(client: ClientAttendance, session: SessionAttendance) -> bool:
    lived = union(connection.life() for connection in client.presence.connections)
    return total(intersect(lived, session.window.teaching)) >= session.facts.policy.came_min_s
