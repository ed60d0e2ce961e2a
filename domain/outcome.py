"""What came of a session (held, cancelled or not held), and of each client's part in it (the status).

It stands between step 7 and step 8: what a cancelled session, lateness or the door takes, no other session loses.
"""

from collections.abc import Sequence

import msgspec

from domain.chronicle import Act, Judgement
from domain.instants import second
from domain.policy import Policy
from domain.records import Outcome, Status
from domain.sitting import Client, Sitting
from domain.spans import intersect, overlaps, total, union


class CalledOff(msgspec.Struct, frozen=True):
    """What became of a session's cancellations."""

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


def settle(sitting: Sitting, now: int | None) -> None:
    """Decide the outcome, and take from each client what it, lateness or the door takes; `now` as for the sitting."""
    plan, chronicle = sitting.facts.plan, sitting.chronicle
    proven_from = min((client.proven[0][0] for client in sitting.clients.values() if client.proven), default=None)
    cancelled = called_off(chronicle.acts, second(plan.start), proven_from)
    sitting.cancellation, sitting.reinstated = cancelled.standing, cancelled.reinstated
    sitting.outcome = _outcome(sitting, now)
    if cancelled.standing is not None and _was_used(sitting, cancelled.standing):
        sitting.flags.add("cancelled_in_use")
    for client in sitting.clients.values():
        _settle_client(client, sitting)


def status(client: Client, sitting: Sitting) -> Status | None:
    """What came of the client's part, when `credited` is what other sessions left; None until the session is over."""
    if sitting.outcome != "held":
        return sitting.outcome
    if client.credited:
        return _attended(total(client.credited), sitting.window.net_planned_s, sitting.facts.policy)
    if client.earned:
        return "elsewhere"
    if client.missed or _was_sent_away(client, sitting):
        return "no_show"
    if _ended_early(sitting) or _came(client, sitting):
        return "not_served"
    return "no_show"


def is_stated(client: Client, sitting: Sitting) -> bool:
    """Whether billing gets a statement for the client: on the roster or admitted; in a pull-out, admitted."""
    admitted = any(life.was_admitted() for life in sitting.lives.get(client.person, ()))
    return admitted or (client.on_roster and not sitting.facts.plan.pull_out)


def takes_place(outcome: Outcome | None) -> bool:
    """Whether anybody can be late for it, or be held for anything: not for what did not take place."""
    return outcome in (None, "held")


def _outcome(sitting: Sitting, now: int | None) -> Outcome | None:
    if sitting.cancellation is not None:
        return "cancelled"
    if not _is_over(sitting, now):
        return None
    return "held" if sitting.facilitated else "not_held"


def _is_over(sitting: Sitting, now: int | None) -> bool:
    chronicle, plan = sitting.chronicle, sitting.facts.plan
    if now is None or chronicle.ended_at is not None:
        return True
    end = second(plan.end) if chronicle.extended_to is None else chronicle.extended_to
    return now >= max(second(plan.start), end)


def _was_used(sitting: Sitting, cancellation: Act) -> bool:
    """Whether it was started after it was cancelled, or a client would have been credited in it."""
    acts = sitting.chronicle.acts
    started = any(act.kind == "started" for act in acts[acts.index(cancellation) :])
    return started or any(client.proven for client in sitting.clients.values())


def _settle_client(client: Client, sitting: Sitting) -> None:
    policy = sitting.facts.policy
    verdict = _judgement(client, sitting)
    refused = verdict is not None and verdict.verdict != "let_in"
    client.denied = refused or (client.late and policy.late_effect == "deny")
    if client.denied or sitting.cancellation is not None:
        client.earned = client.credited = []
    if not takes_place(sitting.outcome):
        client.late = False
        client.flags.discard("late")


def _judgement(client: Client, sitting: Sitting) -> Judgement | None:
    return sitting.chronicle.judged.get(client.person)


def _attended(credited_s: int, net_planned_s: int, policy: Policy) -> Status:
    numerator, denominator = policy.present_ratio.as_integer_ratio()
    return "present" if credited_s * denominator >= numerator * net_planned_s else "partial"


def _was_sent_away(client: Client, sitting: Sitting) -> bool:
    """Whether somebody qualified was there when they were sent away, and it was no break."""
    judgement = _judgement(client, sitting)
    if judgement is None or judgement.verdict != "sent_away":
        return False
    that_second = (judgement.at, judgement.at + 1)
    return overlaps(sitting.taught, *that_second) and not overlaps(sitting.window.pauses, *that_second)


def _ended_early(sitting: Sitting) -> bool:
    """Whether it ended before anybody had missed it."""
    ended_at = sitting.chronicle.ended_at
    return ended_at is not None and ended_at < second(sitting.facts.plan.start) + sitting.facts.policy.late_cutoff_s


def _came(client: Client, sitting: Sitting) -> bool:
    lived = union(life.life() for life in sitting.lives.get(client.person, ()))
    return total(intersect(lived, sitting.window.teaching)) >= sitting.facts.policy.came_min_s
