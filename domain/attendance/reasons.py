"""Why seconds count or not: intervals with a reason, the facts behind it, and how their edges are known."""

from collections.abc import Iterator
from operator import attrgetter

import msgspec

from domain.attendance.presence import Stay
from domain.attendance.records import Known, Reason
from domain.attendance.session import ClientAttendance, SessionAttendance
from domain.attendance.timeline import Timeline
from domain.spans import Interval, Spans, overlaps, subtract

_start = attrgetter("start")
_LOST = frozenset(("lost", "node_lost"))


class Reasoned(msgspec.Struct, frozen=True, gc=False):
    """Seconds `[start, end)` with `reason`, except those that an earlier layer takes."""

    start: int
    end: int
    reason: Reason
    facts: tuple[str, ...]
    start_known: Known
    end_known: Known
    start_error_s: int = 0
    end_error_s: int = 0


def session_reasons(session: SessionAttendance) -> list[list[Reasoned]]:
    """The reasons that all clients share, in layers: breaks, and outside them the lack of a facilitator."""
    frame = session.window
    breaks = [Reasoned(*span, "break", _break_facts(session, span), "break", "break") for span in frame.breaks]
    return [breaks, [_untaught(session, span) for span in subtract(frame.teaching, session.facilitated)]]


def cancellation_reasons(session: SessionAttendance) -> list[Reasoned]:
    """The whole window of a cancelled session."""
    frame, by = session.window, session.cancellation
    if by is None or frame.start == frame.end:
        return []
    return [Reasoned(frame.start, frame.end, "cancelled", (by.id,), "cancelled", "cancelled")]


def client_reasons(client: ClientAttendance, session: SessionAttendance, here: list[Reasoned]) -> list[list[Reasoned]]:
    """The reasons for one client's seconds, in layers, the first to apply first. The client was absent in the rest.

    The spans of a layer are sorted and disjoint; `here` is the layer of presence.
    """
    presence = client.presence
    bridged = [_bridged(gap, presence.stays, session.window.end) for gap in presence.bridged]
    alone = [Reasoned(*span, "no_facilitator", (), "facilitator", "facilitator") for span in client.alone]
    elsewhere = _elsewhere(client) if client.lost_to else []
    through = sorted([*here, *bridged], key=_start) if bridged else here
    if not (presence.added or presence.removed or client.denied):
        return [alone, elsewhere, through]
    added = _corrected(presence.added, "added_by_correction", client.person, session.timeline)
    removed = _corrected(presence.removed, "removed_by_correction", client.person, session.timeline)
    denied = [[_denied(reasoned) for reasoned in layer] for layer in (through, added)] if client.denied else []
    return [alone, elsewhere, *denied, removed, through, added]


def presence_reasons(client: ClientAttendance, session: SessionAttendance) -> list[Reasoned]:
    """The client's presence according to the connections, within the window and outside."""
    presence, horizon = client.presence, session.window.end
    stays = presence.stays
    if len(stays) == len(presence.connected):
        return [_of_one_stay(stay, horizon) for stay in stays]
    return [
        _of_stays(span, [s for s in stays if s.start < span[1] and s.end > span[0]], horizon)
        for span in presence.connected
    ]


def absence_reasons(client: ClientAttendance, session: SessionAttendance) -> Iterator[list[Reasoned]]:
    """Why a client was absent, in layers: not here yet or never came, in the lobby, else lost or left."""
    frame = session.window
    if client.lobby_at is None or client.lobby_at > frame.start:
        yield [_before_arrival(client, frame.start, frame.end)]
    yield _waiting(client, session)
    yield _departures(client, frame.end)
    yield [Reasoned(frame.start, frame.end, _never_admitted(client), (), "window", "window")]


def _before_arrival(client: ClientAttendance, start: int, end: int) -> Reasoned:
    """Absence until the client reached the lobby, or until presence began, if a clock dated the opening later."""
    if client.lobby_at is None:
        return Reasoned(start, end, "never_came", (), "window", "window")
    arrived = min([client.lobby_at, *(span[0] for span in client.presence.connected[:1])])
    return Reasoned(start, max(start, arrived), "not_yet_here", (), "window", "opened")


def _waiting(client: ClientAttendance, session: SessionAttendance) -> list[Reasoned]:
    """Waits in the lobby on any connection; where two waited, the wait belongs to the one that came first."""
    waits = [wait for connection in client.presence.connections for wait in connection.waits()]
    waits.sort()
    found: list[Reasoned] = []
    reach = session.window.start
    for start, end, by in waits:
        if end > reach:
            found.append(Reasoned(start if start > reach else reach, end, "in_lobby", (by,), "opened", "admitted"))
            reach = end
    return found


def _departures(client: ClientAttendance, horizon: int) -> list[Reasoned]:
    """Absence after each stay, to the end of the next or to `horizon`, with how the stay ended.

    If stays end together, a leave takes precedence over a loss.
    """
    stays = sorted(client.presence.stays, key=lambda stay: (stay.end, stay.known not in _LOST))
    ends = [*(stay.end for stay in stays[1:]), max(horizon, stays[-1].end)] if stays else []
    return [
        Reasoned(stay.end, end, "lost" if stay.known in _LOST else "left", stay.ended_by, stay.known, "window")
        for stay, end in zip(stays, ends, strict=True)
        if end > stay.end
    ]


def _elsewhere(client: ClientAttendance) -> list[Reasoned]:
    lost = sorted((*span, given_up.session) for given_up in client.lost_to for span in given_up.spans)
    return [
        Reasoned(start, end, "in_another_session", (session,), "another_session", "another_session")
        for start, end, session in lost
    ]


def _never_admitted(client: ClientAttendance) -> Reason:
    """How a client who was never admitted went away."""
    causes = [connection.cause() for connection in client.presence.connections]
    return "left" if any(cause not in (None, "lost") for cause in causes) else "lost"


def error_s(stay: Stay, horizon: int) -> int:
    """By how many seconds the end of a stay may be wrong: a loss may have happened any time after its evidence.

    An undetected loss may have happened as late as `horizon`, the end of the seconds that could be credited.
    """
    if stay.known not in _LOST:
        return 0
    return max(0, (horizon if stay.found is None else stay.found) - stay.end)


def _least_sure(stays: list[Stay], horizon: int) -> Stay:
    """Of stays that end together, the one with the greatest error."""
    return stays[0] if len(stays) == 1 else max(stays, key=lambda stay: (error_s(stay, horizon), stay.known))


def _of_one_stay(stay: Stay, horizon: int) -> Reasoned:
    facts = (stay.begun_by, *stay.ended_by)
    return Reasoned(stay.start, stay.end, "present", facts, "admitted", stay.known, 0, error_s(stay, horizon))


def _of_stays(span: Interval, stays: list[Stay], horizon: int) -> Reasoned:
    """One interval of presence, made of these stays. Its error is the greatest of the stays that end with it."""
    unsure = _least_sure([stay for stay in stays if stay.end == span[1]], horizon)
    facts = dict.fromkeys(fact for stay in stays for fact in (stay.begun_by, *stay.ended_by))
    return Reasoned(*span, "present", tuple(facts), "admitted", unsure.known, 0, error_s(unsure, horizon))


def _bridged(gap: Interval, stays: list[Stay], horizon: int) -> Reasoned:
    before = [stay for stay in stays if stay.end == gap[0]]
    after = [stay.begun_by for stay in stays if stay.start == gap[1]]
    facts = dict.fromkeys([*(fact for stay in before for fact in stay.ended_by), *after])
    unsure = _least_sure(before, horizon)
    return Reasoned(*gap, "bridged", tuple(facts), unsure.known, "admitted", error_s(unsure, horizon))


def _denied(reasoned: Reasoned) -> Reasoned:
    return msgspec.structs.replace(reasoned, reason="denied")


def _corrected(spans: Spans, reason: Reason, person: str, timeline: Timeline) -> list[Reasoned]:
    add = reason == "added_by_correction"
    changes = [each for each in timeline.corrections if each.person == person and each.two_people and each.add == add]
    return [
        Reasoned(
            *span, reason, tuple(c.id for c in changes if overlaps([span], c.start, c.end)), "corrected", "corrected"
        )
        for span in spans
    ]


def _break_facts(session: SessionAttendance, span: Interval) -> tuple[str, ...]:
    declared = session.timeline.breaks
    if not declared:
        return (session.facts.plan.id,) if session.facts.plan.id else ()
    within = [each for each in declared if each.start < span[1] and (each.end is None or each.end > span[0])]
    return tuple(fact for each in within for fact in (each.begun_by, each.ended_by) if fact)


def _untaught(session: SessionAttendance, span: Interval) -> Reasoned:
    stays = [stay for presence in session.facilitators.values() for stay in presence.stays]
    before = [stay for stay in stays if stay.end == span[0]]
    after = [stay for stay in stays if stay.start == span[1]]
    facts = [fact for stay in before for fact in stay.ended_by] + [stay.begun_by for stay in after]
    unsure = max((error_s(stay, session.window.end) for stay in before), default=0)
    return Reasoned(*span, "no_facilitator", tuple(dict.fromkeys(facts)), "facilitator", "facilitator", unsure, 0)
