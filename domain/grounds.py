"""The grounds on which seconds get their reason: intervals with the facts behind them and how their edges are known."""

from collections.abc import Iterator
from operator import attrgetter

import msgspec

from domain.chronicle import Chronicle
from domain.presence import Stay
from domain.records import Reason
from domain.sitting import Client, Sitting
from domain.spans import Interval, Spans, overlaps, subtract

_start = attrgetter("start")
_LOST = frozenset(("lost", "node_lost"))


class Ground(msgspec.Struct, frozen=True, gc=False):
    """Seconds `[start, end)` that have `reason`, unless a ground named earlier holds some of them."""

    start: int
    end: int
    reason: Reason
    facts: tuple[str, ...]
    start_known: str
    end_known: str
    start_error_s: int = 0
    end_error_s: int = 0


def session_grounds(sitting: Sitting) -> list[list[Ground]]:
    """What takes seconds from every client alike: breaks, and outside them the lack of a facilitator."""
    frame = sitting.window
    breaks = [Ground(*span, "break", _break_facts(sitting, span), "break", "break") for span in frame.breaks]
    return [breaks, [_untaught(sitting, span) for span in subtract(frame.teaching, sitting.facilitated)]]


def called_off(sitting: Sitting) -> list[Ground]:
    """The whole window of a cancelled session."""
    frame, by = sitting.window, sitting.cancellation
    if by is None or frame.start == frame.end:
        return []
    return [Ground(frame.start, frame.end, "cancelled", (by.id,), "cancelled", "cancelled")]


def client_grounds(client: Client, sitting: Sitting, here: list[Ground]) -> list[list[Ground]]:
    """What names one client's seconds, in layers, the first to apply first; whatever is left, they were not here.

    The grounds of a layer are in order and do not overlap; `here` is the layer of presence.
    """
    presence = client.presence
    bridged = [_bridged(gap, presence.stays, sitting.window.end) for gap in presence.bridged]
    alone = [Ground(*span, "no_facilitator", (), "facilitator", "facilitator") for span in client.alone]
    elsewhere = _elsewhere(client) if client.lost_to else []
    through = sorted([*here, *bridged], key=_start) if bridged else here
    if not (presence.added or presence.removed or client.denied):
        return [alone, elsewhere, through]
    added = _corrected(presence.added, "added_by_correction", client.person, sitting.chronicle)
    removed = _corrected(presence.removed, "removed_by_correction", client.person, sitting.chronicle)
    denied = [[_denied(ground) for ground in layer] for layer in (through, added)] if client.denied else []
    return [alone, elsewhere, *denied, removed, through, added]


def present_grounds(client: Client, sitting: Sitting) -> list[Ground]:
    """The client's presence as the connections tell it, within the window and outside."""
    presence, horizon = client.presence, sitting.window.end
    stays = presence.stays
    if len(stays) == len(presence.connected):
        return [_of_one_stay(stay, horizon) for stay in stays]
    return [
        _of_stays(span, [s for s in stays if s.start < span[1] and s.end > span[0]], horizon)
        for span in presence.connected
    ]


def absence_grounds(client: Client, sitting: Sitting) -> Iterator[list[Ground]]:
    """Why a client was not here, in layers: not yet or never come, in the lobby, else lost or left."""
    frame = sitting.window
    if client.lobby_at is None or client.lobby_at > frame.start:
        yield [_before_arrival(client, frame.start, frame.end)]
    yield _waiting(client, sitting)
    yield _departures(client, frame.end)
    yield [Ground(frame.start, frame.end, _never_admitted(client, sitting), (), "window", "window")]


def _before_arrival(client: Client, start: int, end: int) -> Ground:
    """Until the lobby; until the first presence, should a clock have dated the opening after the admission."""
    if client.lobby_at is None:
        return Ground(start, end, "never_came", (), "window", "window")
    arrived = min([client.lobby_at, *(span[0] for span in client.presence.connected[:1])])
    return Ground(start, max(start, arrived), "not_yet_here", (), "window", "opened")


def _waiting(client: Client, sitting: Sitting) -> list[Ground]:
    """In the lobby by any connection; where two of them waited, by the one that came first."""
    waits = [wait for life in sitting.lives.get(client.person, ()) for wait in life.waits()]
    waits.sort()
    grounds: list[Ground] = []
    reach = sitting.window.start
    for start, end, by in waits:
        if end > reach:
            grounds.append(Ground(start if start > reach else reach, end, "in_lobby", (by,), "opened", "admitted"))
            reach = end
    return grounds


def _departures(client: Client, horizon: int) -> list[Ground]:
    """From the end of each stay to the end of the next, or to `horizon`: how the person had gone by then.

    Of stays that end together, one that was left names what follows before one that was lost.
    """
    stays = sorted(client.presence.stays, key=lambda stay: (stay.end, stay.known not in _LOST))
    ends = [*(stay.end for stay in stays[1:]), max(horizon, stays[-1].end)] if stays else []
    return [
        Ground(stay.end, end, "lost" if stay.known in _LOST else "left", stay.ended_by, stay.known, "window")
        for stay, end in zip(stays, ends, strict=True)
        if end > stay.end
    ]


def _elsewhere(client: Client) -> list[Ground]:
    lost = sorted((*span, session) for session, spans in client.lost_to for span in spans)
    return [
        Ground(start, end, "in_another_session", (session,), "another_session", "another_session")
        for start, end, session in lost
    ]


def _never_admitted(client: Client, sitting: Sitting) -> Reason:
    """How somebody went who came to the lobby and no further."""
    lives = sitting.lives.get(client.person, ())
    return "left" if any(life.cause() not in (None, "lost") for life in lives) else "lost"


def error_s(stay: Stay, horizon: int) -> int:
    """By how many seconds the end of a stay may be wrong: nothing proves when a loss happened after its evidence.

    A loss found at no known time may have come as late as `horizon`, the end of what could be credited.
    """
    if stay.known not in _LOST:
        return 0
    return max(0, (horizon if stay.found is None else stay.found) - stay.end)


def _least_sure(stays: list[Stay], horizon: int) -> Stay:
    """Of stays that end together, the one whose end may be most wrong."""
    return stays[0] if len(stays) == 1 else max(stays, key=lambda stay: (error_s(stay, horizon), stay.known))


def _of_one_stay(stay: Stay, horizon: int) -> Ground:
    facts = (stay.begun_by, *stay.ended_by)
    return Ground(stay.start, stay.end, "present", facts, "admitted", stay.known, 0, error_s(stay, horizon))


def _of_stays(span: Interval, stays: list[Stay], horizon: int) -> Ground:
    """One run of presence, made of these stays; its end is as unsure as the least sure of those that end there."""
    unsure = _least_sure([stay for stay in stays if stay.end == span[1]], horizon)
    facts = dict.fromkeys(fact for stay in stays for fact in (stay.begun_by, *stay.ended_by))
    return Ground(*span, "present", tuple(facts), "admitted", unsure.known, 0, error_s(unsure, horizon))


def _bridged(gap: Interval, stays: list[Stay], horizon: int) -> Ground:
    before = [stay for stay in stays if stay.end == gap[0]]
    after = [stay.begun_by for stay in stays if stay.start == gap[1]]
    facts = dict.fromkeys([*(fact for stay in before for fact in stay.ended_by), *after])
    unsure = _least_sure(before, horizon)
    return Ground(*gap, "bridged", tuple(facts), unsure.known, "admitted", error_s(unsure, horizon))


def _denied(ground: Ground) -> Ground:
    return msgspec.structs.replace(ground, reason="denied")


def _corrected(spans: Spans, reason: Reason, person: str, chronicle: Chronicle) -> list[Ground]:
    add = reason == "added_by_correction"
    changes = [each for each in chronicle.corrections if each.person == person and each.two_people and each.add == add]
    return [
        Ground(
            *span, reason, tuple(c.id for c in changes if overlaps([span], c.start, c.end)), "corrected", "corrected"
        )
        for span in spans
    ]


def _break_facts(sitting: Sitting, span: Interval) -> tuple[str, ...]:
    declared = sitting.chronicle.breaks
    if not declared:
        return (sitting.facts.plan.id,) if sitting.facts.plan.id else ()
    within = [each for each in declared if each.start < span[1] and (each.end is None or each.end > span[0])]
    return tuple(fact for each in within for fact in (each.begun_by, each.ended_by) if fact)


def _untaught(sitting: Sitting, span: Interval) -> Ground:
    stays = [stay for presence in sitting.facilitators.values() for stay in presence.stays]
    before = [stay for stay in stays if stay.end == span[0]]
    after = [stay for stay in stays if stay.start == span[1]]
    facts = [fact for stay in before for fact in stay.ended_by] + [stay.begun_by for stay in after]
    unsure = max((error_s(stay, sitting.window.end) for stay in before), default=0)
    return Ground(*span, "no_facilitator", tuple(dict.fromkeys(facts)), "facilitator", "facilitator", unsure, 0)
