"""The rules again, second by second and as literal as possible; tests compare the arithmetic with this oracle.

It works on the plain JSON of a case (dictionaries, not Structs) and on sets of seconds, and shares no code with the
arithmetic. Sessions must be short: it examines every second.
"""

from tests.domain.oracle import outcome as oracle_outcome
from tests.domain.oracle.evening import Evening

DEFAULTS = {
    "bridge_max_s": 120,
    "bridge_credit": True,
    "late_cutoff_s": 900,
    "late_effect": "credit_not_bill",
    "came_min_s": 1,
    "present_ratio": "0.90",
    "qualified_roles": ["facilitator", "co_facilitator"],
    "group_max": None,
    "group_count": "distinct",
    "payer_groups": {},
    "facilitator_in": "session",
    "units": {
        "PD180": ["per_diem", 10800],
        "PD120": ["per_diem", 7200],
        "Q15F": ["floor", 900],
        "Q15M": ["midpoint", 900],
        "GRP45": ["per_session", 2700],
    },
}


def answer(case: dict, now: int | None = None) -> tuple:
    """(`expect`, each client's reason for every second of the window, the record's fields that `expect` lacks)."""
    rules = DEFAULTS | case["policy"]
    sittings = {session["id"]: Evening(session, rules, now) for session in case["sessions"]}
    people = sorted({person for sitting in sittings.values() for person in sitting.earned})
    for person in people if now is None else ():
        one_service_at_a_time(person, sittings)
    expect = {identity: sitting.answer() for identity, sitting in sorted(sittings.items())}
    reasons = {(identity, p): sitting.reasons(p) for identity, sitting in sittings.items() for p in sitting.clients}
    further = {(identity, p): oracle_outcome.further(s, p) for identity, s in sittings.items() for p in s.clients}
    return expect, reasons, further


def one_service_at_a_time(person: str, sittings: dict) -> None:
    held = [sitting for sitting in sittings.values() if person in sitting.earned]
    for t in sorted(set().union(*(sitting.earned[person] for sitting in held))):
        claimants = [sitting for sitting in held if t in sitting.earned[person]]
        keeper = min(claimants, key=lambda sitting: sitting.claim_to(person))
        for loser in claimants:
            if loser is not keeper:
                loser.credited[person].discard(t)
                loser.elsewhere[person].add(t)
