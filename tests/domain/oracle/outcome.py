"""The outcome of a session and each client's status, as the oracle reads the rules: sentence by sentence."""

from tests.domain.oracle import rooms as oracle_rooms
from tests.domain.oracle.seconds import cut


def outcome(evening) -> str | None:
    if cancellation(evening) is not None:
        return "cancelled"
    if not over(evening):
        return None
    return "held" if evening.facilitated & evening.window - evening.breaks else "not_held"


def over(evening) -> bool:
    if evening.now is None or any(event["type"] == "session.ended" for event in evening.events):
        return True
    ends = [cut(event["until"]) for event in evening.events if event["type"] == "session.extended"]
    return evening.now >= max(evening.start, ends[-1] if ends else evening.scheduled_end)


def cancellation(evening) -> dict | None:
    """The cancellation that counts, with no later reinstatement."""
    standing = [
        event
        for place, event in enumerate(evening.events)
        if event["type"] == "session.cancelled"
        and counts(evening, place)
        and not any(later["type"] == "session.reinstated" for later in evening.events[place:])
    ]
    return standing[0] if standing else None


def counts(evening, place: int) -> bool:
    at = cut(evening.events[place]["at"])
    if at < evening.start:
        return True
    started = any(event["type"] == "session.started" for event in evening.events[:place])
    return not started and not any(t < at for proven in evening.proven.values() for t in proven)


def reinstated(evening) -> bool:
    """Whether it was cancelled and then reinstated."""
    was = [e for place, e in enumerate(evening.events) if e["type"] == "session.cancelled" and counts(evening, place)]
    return bool(was) and cancellation(evening) is None


def in_use(evening) -> bool:
    """Whether a cancelled session was started later, or had seconds to credit."""
    called_off = cancellation(evening)
    if called_off is None:
        return False
    later = evening.events[evening.events.index(called_off) :]
    return any(event["type"] == "session.started" for event in later) or any(evening.proven.values())


def verdict(evening, person: str) -> dict:
    judged = [event for event in evening.events if event["type"] == "arrival.judged" and event["person"] == person]
    return judged[-1] if judged else {"verdict": "let_in"}


def denied(evening, person: str) -> bool:
    late = evening.is_late(person) and evening.rules["late_effect"] == "deny"
    return late or verdict(evening, person)["verdict"] in ("without_credit", "sent_away")


def earned(evening, person: str) -> set:
    """The input of step 8."""
    if denied(evening, person) or cancellation(evening) is not None:
        return set()
    return set(evening.proven[person])


def status_without_credit(evening, person: str) -> str:
    if evening.earned[person] and evening.earned[person] <= evening.elsewhere[person]:
        return "elsewhere"
    if would_have_earned(evening, person) or sent_away_by_somebody(evening, person):
        return "no_show"
    if ended_before_missed(evening) or came(evening, person):
        return "not_served"
    return "no_show"


def would_have_earned(evening, person: str) -> bool:
    here = evening.person_seconds(person, ("client",)) | evening.bridged[person] | evening.corrected(person, "add")
    possible = here & evening.window & evening.facilitated - evening.breaks
    if evening.rules["facilitator_in"] == "session":
        return bool(possible)
    return any(oracle_rooms.has_company(evening, person, t) for t in possible)


def sent_away_by_somebody(evening, person: str) -> bool:
    judged = verdict(evening, person)
    if judged["verdict"] != "sent_away":
        return False
    t = cut(judged["at"])
    return t in evening.facilitated and t not in evening.taken_out()


def ended_before_missed(evening) -> bool:
    ends = [cut(event["at"]) for event in evening.events if event["type"] == "session.ended"]
    return bool(ends) and ends[0] < evening.start + evening.rules["late_cutoff_s"]


def came(evening, person: str) -> bool:
    lived = set().union(*(life(evening, c) for c in evening.connections_of(person, ("client",))))
    return len(lived & evening.window - evening.breaks) >= evening.rules["came_min_s"]


def life(evening, connection: str) -> set:
    opening, closed = evening.names[connection], evening.first_close(connection)
    begins = cut(opening["at"])
    if closed is not None and closed["cause"] != "lost":
        return set(range(begins, cut(closed["at"])))
    admission = evening.last_changing_admission(connection)
    if closed is None and evening.now is not None and not oracle_rooms.let_go(admission or opening, evening.events):
        return set(range(begins, evening.now))
    if admission is not None:
        return set(range(begins, evening.evidence(connection)))
    signs = [cut(e["at"]) for e in evening.life(connection) if e["type"] == "connection.seen"]
    if closed is not None and closed.get("last_seen"):
        signs.append(cut(closed["last_seen"]))
    last = max(signs, default=begins)
    return set(range(begins, last if closed is None else min(last, cut(closed["at"]))))


def excused(evening, person: str) -> bool:
    acts = ("absence.excused", "absence.unexcused")
    said = [e["type"] for e in evening.events if e["type"] in acts and e["person"] == person]
    return bool(said) and said[-1] == "absence.excused"


def further(evening, person: str) -> dict:
    """The fields of a record that a case's `expect` lacks."""
    status = evening.client_answer(person, 0)["status"]
    admitted = any(
        event["type"] == "connection.admitted" and not closed_before(evening, connection, event)
        for connection in evening.connections_of(person, ("client",))
        for event in evening.life(connection)
    )
    expected = person in evening.payers and not evening.session.get("pull_out", False)
    return {
        "outcome": outcome(evening),
        "in_use": in_use(evening),
        "late": evening.is_late(person) and outcome(evening) in (None, "held"),
        "reinstated": status == "no_show" and reinstated(evening),
        "excused": status == "no_show" and excused(evening, person),
        "stated": admitted or expected,
    }


def closed_before(evening, connection: str, event: dict) -> bool:
    closed = evening.first_close(connection)
    return closed is not None and evening.events.index(closed) < evening.events.index(event)
