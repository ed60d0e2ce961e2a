"""One session by itself: who was present when, in what window, and what each client earned (steps 1 to 7)."""

from collections.abc import Collection
from typing import NamedTuple

import msgspec

from domain.attendance.breakouts import Whereabouts, supervised, whereabouts
from domain.attendance.facts import Counted, SessionFacts, counted
from domain.attendance.presence import Changes, ConnectionHistory, Presence, presence_of
from domain.attendance.records import Outcome
from domain.attendance.timeline import Act, Correction, Timeline
from domain.attendance.window import Window, window, with_declared
from domain.events.schedule import ROLES, SessionPlanned
from domain.instants import second
from domain.spans import Spans, intersect, subtract, union

_Connections = dict[str, list[ConnectionHistory]]
"""By person, their connections in one capacity; empty for people who were expected and never came."""
_UNCHANGED = Changes([], [])


class GivenUp(NamedTuple):
    """Seconds that another session keeps, and that session's id (step 8)."""

    session: str
    spans: Spans


class ClientAttendance(msgspec.Struct, kw_only=True):
    """One client's way through the steps.

    `proven` holds the seconds that steps 1 to 7 credit; `earned` those of them that remain after the session's outcome,
    lateness and the door (`domain.attendance.outcome`); `credited` those that remain after step 8.
    """

    person: str
    payer: str | None
    presence: Presence
    """Their presence in the role of client."""
    lobby_at: int | None
    late_s: int | None
    late: bool
    denied: bool
    """Whether lateness or a verdict at the door denies all credit."""
    proven: Spans
    missed: bool
    """Whether they would have earned a second without lateness, the door, and removals of their own presence."""
    on_roster: bool
    earned: Spans
    credited: Spans
    alone: Spans
    """The client's seconds without a facilitator in their own breakout, if the policy asks for one there."""
    flags: set[str]
    lost_to: list[GivenUp]
    also_in: set[str]


class SessionAttendance(msgspec.Struct, kw_only=True):
    """One session after step 7, before it is compared with other sessions."""

    facts: SessionFacts
    timeline: Timeline
    window: Window
    facilitators: dict[str, Presence]
    """By person in a qualified role: presence over their connections in all such roles."""
    taught: Spans
    """The seconds with a qualified person, within the window or not."""
    facilitated: Spans
    """The seconds of the window, outside breaks, with a qualified person."""
    clients: dict[str, ClientAttendance]
    flags: set[str]
    ignored: list[str]
    outcome: Outcome | None = None
    cancellation: Act | None = None
    """The cancellation in force, in a cancelled session."""
    reinstated: bool = False


def work_out(facts: SessionFacts, now: int | None) -> SessionAttendance:
    """Steps 1 to 7 of one session, up to the second `now` when one is given."""
    plan, policy = facts.plan, facts.policy
    counting = counted(facts.events, now)
    timeline = Timeline(counting, now)
    corrections = _corrections(plan, timeline)

    # Steps 1 to 4: who was present when, in which capacity.
    bridge_max_s = policy.bridge_max_s
    came = _connections(plan, timeline, ("client",))
    present = _presences(came, timeline, corrections, bridge_max_s if policy.bridge_credit else None)
    qualified = _connections(plan, timeline, policy.qualified_roles)
    facilitators = _presences(qualified, timeline, corrections, bridge_max_s)

    # Steps 5 to 7: when the session could be credited, and what each client earned.
    frame = with_declared(window(plan, timeline.extended_to, timeline.ended_at, now), timeline.breaks)
    taught = union(span for presence in facilitators.values() for span in presence.counted)
    facilitated = intersect(frame.teaching, taught)
    shared = _shared(facts, corrections, facilitators, facilitated)
    return SessionAttendance(
        facts=facts,
        timeline=timeline,
        window=frame,
        facilitators=facilitators,
        taught=taught,
        facilitated=facilitated,
        clients={person: _client(person, present[person], shared) for person in sorted(present)},
        flags=_flags(plan, counting, timeline, corrections),
        ignored=[*counting.stale, *(correction.id for correction in corrections.disputed)],
    )


class _Corrections(NamedTuple):
    """The corrections that count, by person, and those that do not count."""

    changes: dict[str, Changes]
    disputed: list[Correction]
    """Corrections without two people, or for somebody who is not in this session."""


_NO_CORRECTIONS = _Corrections({}, [])


class _Shared(NamedTuple):
    """What all clients of one session have in common."""

    facts: SessionFacts
    payers: dict[str, str | None]
    """By client on the roster; None without a payer on file."""
    disputed: frozenset[str]
    """The people whose corrections do not count."""
    facilitated: Spans
    beside: list[Whereabouts] | None
    """Where each facilitator was, if the policy asks for one in the client's own breakout."""


def _corrections(plan: SessionPlanned, timeline: Timeline) -> _Corrections:
    """A correction counts if two people made it and its person was expected or came."""
    if not timeline.corrections:
        return _NO_CORRECTIONS
    known = {entry.person for entry in plan.roster}
    known.update(connection.person for connection in timeline.connections.values() if connection.person is not None)
    counting: dict[str, list[Correction]] = {}
    disputed: list[Correction] = []
    for correction in timeline.corrections:
        if correction.two_people and correction.person in known:
            counting.setdefault(correction.person, []).append(correction)
        else:
            disputed.append(correction)
    return _Corrections({person: _changes(own) for person, own in counting.items()}, disputed)


def _changes(corrections: list[Correction]) -> Changes:
    added = union((each.start, each.end) for each in corrections if each.add)
    return Changes(added, union((each.start, each.end) for each in corrections if not each.add))


def _connections(plan: SessionPlanned, timeline: Timeline, roles: Collection[str]) -> _Connections:
    """Everybody who was expected or came in one of these roles, with their connections in these roles."""
    found: _Connections = {entry.person: [] for entry in plan.roster if entry.role in roles}
    for connection in timeline.connections.values():
        if connection.person is not None and connection.role in roles:
            found.setdefault(connection.person, []).append(connection)
    return found


def _presences(
    connections: _Connections, timeline: Timeline, corrections: _Corrections, bridge_max_s: int | None
) -> dict[str, Presence]:
    """Steps 2 to 4 for each person."""
    changes, sent_off = corrections.changes, timeline.sent_off
    return {
        person: presence_of(own, changes.get(person, _UNCHANGED), bridge_max_s, sent_off.get(person, ()))
        for person, own in connections.items()
    }


def _shared(
    facts: SessionFacts, corrections: _Corrections, facilitators: dict[str, Presence], facilitated: Spans
) -> _Shared:
    nearby = facts.policy.facilitator_in == "breakout"
    return _Shared(
        facts,
        payers={entry.person: entry.payer for entry in facts.plan.roster if entry.role == "client"},
        disputed=frozenset(correction.person for correction in corrections.disputed),
        facilitated=facilitated,
        beside=[whereabouts(presence) for presence in facilitators.values()] if nearby else None,
    )


def _client(person: str, presence: Presence, shared: _Shared) -> ClientAttendance:
    plan, policy = shared.facts.plan, shared.facts.policy
    lobby_at = min((at for each in presence.connections if (at := each.opened_at) is not None), default=None)
    late_s = None if lobby_at is None else max(0, lobby_at - second(plan.start))
    late = late_s is not None and late_s > policy.late_cutoff_s
    company = None if shared.beside is None else supervised(whereabouts(presence), shared.beside)
    reach = shared.facilitated if company is None else intersect(shared.facilitated, company)
    proven = intersect(presence.counted, reach)
    marks = (
        ("late", late),
        ("never_closed", any(connection.never_closed() for connection in presence.connections)),
        ("correction_not_counted", person in shared.disputed),
    )
    return ClientAttendance(
        person=person,
        payer=shared.payers.get(person),
        presence=presence,
        lobby_at=lobby_at,
        late_s=late_s,
        late=late,
        denied=False,
        proven=proven,
        missed=bool(proven) or bool(presence.removed and intersect(presence.filled, reach)),
        on_roster=person in shared.payers,
        earned=proven,
        credited=proven,
        alone=[] if company is None else subtract(presence.counted, company),
        flags={flag for flag, holds in marks if holds},
        lost_to=[],
        also_in=set(),
    )


def _flags(plan: SessionPlanned, counting: Counted, timeline: Timeline, corrections: _Corrections) -> set[str]:
    named = [connection for connection in timeline.connections.values() if connection.person is not None]
    roles = {entry.role for entry in plan.roster} | {connection.role for connection in named}
    marks = (
        ("stale_facts", counting.stale),
        ("clock_skew", timeline.clock_skewed),
        ("never_closed", any(connection.never_closed() for connection in named)),
        ("unknown_role", not roles <= ROLES),
        ("correction_not_counted", corrections.disputed),
    )
    return {flag for flag, holds in marks if holds}
