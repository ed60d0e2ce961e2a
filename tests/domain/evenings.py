"""Generated evenings: short sessions that contain everything that happens in long ones."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

LENGTH = 90
"""The scheduled length of a generated session in seconds; the policy's numbers are scaled down with it."""
OFFSETS = st.integers(-25, LENGTH + 25)

STARTS = st.sampled_from(
    [
        ("America/New_York", datetime(2026, 9, 15, 22, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 8, 6, 59, 15, tzinfo=UTC)),  # clocks go forward during it
        ("America/New_York", datetime(2026, 11, 1, 5, 59, 15, tzinfo=UTC)),  # clocks go back during it
        ("America/New_York", datetime(2026, 9, 20, 3, 59, 15, tzinfo=UTC)),  # across midnight, and the end of a week
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 14, 59, 30, tzinfo=UTC)),  # clocks change by half an hour
        ("Pacific/Kiritimati", datetime(2026, 12, 31, 10, 0, tzinfo=UTC)),
    ]
)
_COUNTS = st.sampled_from(["distinct", "concurrent"])
POLICIES = st.fixed_dictionaries(
    {},
    optional={
        "bridge_max_s": st.integers(0, 20),
        "bridge_credit": st.booleans(),
        "late_cutoff_s": st.integers(0, 40),
        "late_effect": st.sampled_from(["credit_not_bill", "deny", "warn"]),
        "came_min_s": st.integers(1, 15),
        "present_ratio": st.sampled_from(["0.90", "0.5", "1", "0", "0.333"]),
        "qualified_roles": st.sampled_from(
            [["facilitator"], ["co_facilitator", "facilitator"], ["observer", "client"]]
        ),
        "group_max": st.integers(0, 3),
        "group_count": _COUNTS,
        "payer_groups": st.fixed_dictionaries(
            {"medicaid": st.fixed_dictionaries({"group_max": st.integers(0, 3), "group_count": _COUNTS})}
        ),
        "facilitator_in": st.sampled_from(["session", "breakout"]),
        "units": st.just(
            {"DAY": ["per_diem", 60], "UP": ["ceiling", 60], "MID": ["midpoint", 60], "DOWN": ["floor", 60]}
        ),
    },
)

_CAUSES = st.sampled_from(["left", "lost", "lost", "left", "removed", "ended", "moved"])
_GAPS = st.sampled_from([-6, 0, 1, 5, 6, 7, 19, 20, 21, 35])
"""Seconds from one connection's end to the next one's opening; negative on two devices."""
_VISITS = st.tuples(
    _GAPS,
    st.sampled_from([0, 0, 1, 8]),  # seconds in the lobby
    st.sampled_from([0, 3, 10, 25, 40, 70]),  # seconds in the room
    _CAUSES,
    st.sampled_from([None, 0, 0, 2, 12, -3]),  # seconds from the last evidence to the close
    st.sampled_from(["close", "close", "close", "never close", "send back first", "see", "admit twice", "move"]),
)
_CLIENTS = st.lists(_VISITS, min_size=1, max_size=4)
_ACTS = st.one_of(
    st.tuples(st.sampled_from(["admitted", "admitted", "returned", "seen"]), OFFSETS),
    st.tuples(st.just("moved"), OFFSETS, st.sampled_from(["blue", "red", None])),
    st.tuples(st.just("closed"), OFFSETS, _CAUSES, st.none() | OFFSETS),
)
_CHAOS = st.tuples(
    st.sampled_from(["pat", "sam", "ivy", "dana", "ruth"]),
    st.sampled_from(["client", "client", "facilitator", "facilitator", "co_facilitator", "observer"]),
    OFFSETS,
    st.lists(_ACTS, min_size=1, max_size=6),
)
_ROSTER = st.sampled_from(
    [
        "pat",
        "zoe",
        {"person": "pat", "payer": "medicaid"},
        {"person": "sam", "payer": "medicaid"},
        {"person": "ivy", "payer": "medicaid"},
        {"person": "ruth", "role": "facilitator"},
    ]
)
_TAKEOVERS = st.lists(OFFSETS, max_size=2)
"""When other nodes take the room."""
_MISDATED = st.sets(st.integers(0, 40), max_size=6)
"""The indexes of facts that a node recorded after another node took the room."""
_FACILITATORS = st.sampled_from(["all along", "all along", "all along", "drops", "nobody"])
_SESSION_ACTS = st.one_of(
    st.tuples(st.sampled_from(["break.started", "break.ended"]), OFFSETS),
    st.tuples(st.just("session.started"), OFFSETS),
    st.tuples(st.just("session.ended"), st.integers(-10, LENGTH + 25)),
    st.tuples(st.just("session.extended"), OFFSETS, st.integers(LENGTH // 2, LENGTH + 25)),
    st.tuples(st.just("clinic.invented_later"), OFFSETS),
)
_CANCELLATIONS = st.lists(
    st.tuples(st.sampled_from(["session.cancelled", "session.cancelled", "session.reinstated"]), OFFSETS), max_size=3
)
_DOORS = st.lists(
    st.tuples(
        st.sampled_from(["let_in", "without_credit", "sent_away"]), st.sampled_from(["pat", "sam", "zoe"]), OFFSETS
    ),
    max_size=2,
)
_ABSENCES = st.lists(
    st.tuples(
        st.sampled_from(["absence.excused", "absence.unexcused", "absence.announced"]),
        st.sampled_from(["pat", "zoe"]),
        OFFSETS,
    ),
    max_size=2,
)
_CORRECTIONS = st.tuples(
    st.sampled_from(["pat", "pat", "sam", "ruth", "nobody"]),
    st.sampled_from(["remove", "add", "add"]),
    OFFSETS,
    OFFSETS,
    st.sampled_from([("dana", "ruth"), ("dana", "ruth"), ("dana", "ruth"), ("dana", "dana"), ("dana", None)]),
)


def stamp(start: datetime, offset: int, millisecond: int = 0) -> str:
    """The instant `offset` seconds after `start`, as a case file writes it."""
    at = start + timedelta(seconds=offset, milliseconds=millisecond)
    return at.isoformat(timespec="milliseconds" if millisecond else "seconds").replace("+00:00", "Z")


@st.composite
def sessions(draw, identity: str, start: datetime, timezone: str) -> dict:
    """One session in the case format, with its events in the order of recording."""
    breaks = draw(st.lists(st.tuples(OFFSETS, OFFSETS), max_size=2))
    events = _facilitator(start, draw(_FACILITATORS))
    for person in draw(st.lists(st.sampled_from(["pat", "pat", "sam", "ivy", "lea"]), max_size=5)):
        who = (f"{person}-{len(events)}", person, "client")
        events += _visits(start, who, draw(st.integers(-12, 30)), draw(_CLIENTS))
    for place, chaos in enumerate(draw(st.lists(_CHAOS, max_size=2))):
        events += _chaos(start, f"chaos-{place}", chaos)
    events += [_session_act(start, *act) for act in draw(st.lists(_SESSION_ACTS, max_size=3))]
    events += [_session_act(start, *act) for act in draw(st.just([]) | _CANCELLATIONS)]
    events += [_session_act(start, "arrival.judged", at) | {"person": p, "verdict": v} for v, p, at in draw(_DOORS)]
    events += [_session_act(start, kind, at) | {"person": person} for kind, person, at in draw(_ABSENCES)]
    events = _numbered(start, events, draw(_TAKEOVERS), draw(_MISDATED))
    return {
        "id": identity,
        "kind": draw(st.sampled_from(["group", "group", "individual"])),
        "timezone": timezone,
        "start": stamp(start, 0),
        "end": stamp(start, draw(st.sampled_from([LENGTH, LENGTH, 60, 0]))),
        "breaks": [[stamp(start, a), stamp(start, b)] for a, b in breaks],
        "pull_out": draw(st.booleans()),
        "roster": draw(
            st.lists(_ROSTER, max_size=3, unique_by=lambda each: each if isinstance(each, str) else each["person"])
        ),
        "events": events,
        "corrections": [_correction(start, each) for each in draw(st.lists(_CORRECTIONS, max_size=3))],
    }


@st.composite
def cases(draw) -> dict:
    """A case of one to three overlapping sessions of the same people, without its answer."""
    timezone, start = draw(STARTS)
    later = draw(st.lists(st.integers(-40, 60), max_size=2))
    starts = [start, *(start + timedelta(seconds=each) for each in later)]
    names = draw(st.permutations(["A", "B", "C"]))
    evening = [draw(sessions(name, begins, timezone)) for name, begins in zip(names, starts, strict=False)]
    return {"name": "generated", "policy": draw(POLICIES), "sessions": evening}


def _facilitator(start: datetime, how: str) -> list:
    visits = {
        "all along": [(0, 0, LENGTH + 9, "left", None, "close")],
        "drops": [(0, 0, 33, "lost", 2, "close"), (7, 0, 20, "left", None, "close"), (35, 0, 9, "left", None, "close")],
        "nobody": [],
    }
    return _visits(start, ("ruth", "ruth", "facilitator"), -9, visits[how])


def _visits(start: datetime, who: tuple, at: int, visits: list) -> list:
    """Successive connections of one person, from `at` seconds after the start."""
    name, person, role = who
    events = []
    for place, (gap, lobby, stay, *closing) in enumerate(visits):
        at += gap
        events += _visit(start, _opened(start, f"{name}-{place}", person, role, at), (at, lobby, stay, *closing))
        at += lobby + stay
    return events


def _visit(start: datetime, opened: dict, visit: tuple) -> list:
    at, lobby, stay, cause, unproved, how = visit
    name, admitted, closed = opened["connection"], at + lobby, at + lobby + stay
    events = [opened, _act(start, name, "admitted", admitted)]
    if how == "see":
        events.append(_act(start, name, "seen", admitted + stay // 2))
    if how == "send back first":
        events.append(_act(start, name, "returned", admitted + stay // 3))
        events.append(_act(start, name, "admitted", admitted + stay // 2))
    if how == "move":
        events.append(_act(start, name, "moved", admitted + stay // 3, "blue"))
        events.append(_act(start, name, "moved", admitted + stay // 2, None))
    if how == "admit twice":
        events.append(_act(start, name, "admitted", admitted + stay // 2))
    last_seen = None if unproved is None else closed - unproved
    return events if how == "never close" else [*events, _act(start, name, "closed", closed, cause, last_seen)]


def _opened(start: datetime, name: str, person: str, role: str, at: int) -> dict:
    return {"type": "connection.opened", "at": stamp(start, at), "connection": name, "person": person, "role": role}


def _chaos(start: datetime, name: str, chaos: tuple) -> list:
    """A connection with any acts in any order."""
    person, role, offset, acts = chaos
    return [_opened(start, name, person, role, offset), *(_act(start, name, *act) for act in acts)]


def _numbered(start: datetime, events: list, takeovers: list, misdated: set) -> list:
    """The events, numbered by their nodes. Without a takeover there is one node, and no `room.opened`."""
    opened = [
        {"type": "room.opened", "at": stamp(start, at), "node": "n", "epoch": epoch, "skew_ms": 0}
        for epoch, at in enumerate([-60, *takeovers] if takeovers else [], 1)
    ]
    numbered = [*((event, _epoch(event, opened, place in misdated)) for place, event in enumerate(events))]
    numbered += [(event, event["epoch"]) for event in opened]
    return [event | {"seq": (epoch << 32) + n} for n, (event, epoch) in enumerate(numbered, 1)]


def _epoch(event: dict, opened: list, misdated: bool) -> int:
    now = sum(room["at"] <= event["at"] for room in opened)
    return max(0, now - 1) if misdated else now


def _act(start: datetime, name: str, kind: str, offset: int, *closing: object) -> dict:
    event = {"type": f"connection.{kind}", "at": stamp(start, offset, offset % 3 * 400), "connection": name}
    if kind == "closed":
        event["cause"], last_seen = closing
        event["last_seen"] = None if last_seen is None else stamp(start, last_seen)
    if kind == "moved":
        (event["to"],) = closing
    return event


def _session_act(start: datetime, kind: str, offset: int, until: int = 0) -> dict:
    event = {"type": kind, "at": stamp(start, offset)}
    return event | {"until": stamp(start, until)} if kind == "session.extended" else event


def _correction(start: datetime, correction: tuple) -> dict:
    person, op, begin, end, (maker, approver) = correction
    span = {"from": stamp(start, begin), "to": stamp(start, end)}
    return {"person": person, "op": op, **span, "reason": "r-1", "by": maker, "approved_by": approver}
