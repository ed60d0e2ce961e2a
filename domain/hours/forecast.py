"""The forecast of a week's hours (screens will follow): a shortfall from the second it becomes unavoidable, and how it
can still be made up.

The seconds within reach are those credited and those still scheduled. Each scheduled second that passes without credit
lowers them, and so does an early end. A shortfall is forecast as soon as they are fewer than the phase asks for.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from domain.spans import Spans, clip, subtract, total, union


class WeekSession(msgspec.Struct, frozen=True, kw_only=True):
    """One session of the week, for one client. Instants are epoch seconds.

    `scheduled` holds the seconds that can be credited as planned (the window minus its breaks); `credited` those
    credited so far; `over_at` is when no more can follow, if known (it ended, or the client was denied); `final` says
    that its record no longer changes.
    """

    session: str
    service_date: date
    scheduled: Spans
    credited: Spans = []
    over_at: int | None = None
    final: bool = False

    def ahead(self, now: int) -> Spans:
        """The seconds from `now` on that can still be credited."""
        if not self.scheduled or (self.over_at is not None and self.over_at <= now):
            return []
        return clip(self.scheduled, now, self.scheduled[-1][1])


class MakeUp(msgspec.Struct, frozen=True):
    """A session in which the client is not expected: the seconds it can add, and whether it alone is enough."""

    session: str
    seconds: int
    enough: bool


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """A client's week, seen from one second."""

    required_s: int
    credited_s: int
    still_scheduled_s: int
    shortfall_s: int
    """The required seconds that are out of reach; 0 if all are within reach."""
    unavoidable_since: int | None
    """The second in which the shortfall became unavoidable; the first of the schedule if it was never enough; None
    without a shortfall."""
    days: int
    """The number of service dates with credit, or that may still get some."""
    days_short: int
    latest_make_up: int | None
    """The last second at which the make-up sessions still cover the whole shortfall; None if they do not."""
    make_up: tuple[MakeUp, ...]
    """The sessions that would add something, sorted by start."""
    final: bool


class Asked(msgspec.Struct, frozen=True):
    """What a week requires: seconds, and the number of days."""

    seconds: int
    days: int = 0


def forecast(asked: Asked, expected: Sequence[WeekSession], others: Sequence[WeekSession], now: int) -> Forecast:
    """The week, seen from the second `now`.

    `expected` are the client's own sessions of the week; `others` those that could be joined to make up for a loss.
    """
    ahead = {each.session: each.ahead(now) for each in expected}
    credited_s = sum(total(_until(each.credited, now)) for each in expected)
    still_scheduled_s = total(union(span for spans in ahead.values() for span in spans))
    shortfall_s = max(0, asked.seconds - credited_s - still_scheduled_s)
    days = {each.service_date for each in expected if ahead[each.session] or _until(each.credited, now)}
    free = _free(others, [span for spans in ahead.values() for span in spans], now) if shortfall_s else {}
    return Forecast(
        required_s=asked.seconds,
        credited_s=credited_s,
        still_scheduled_s=still_scheduled_s,
        shortfall_s=shortfall_s,
        unavoidable_since=_since(asked.seconds, expected, now) if shortfall_s else None,
        days=len(days),
        days_short=max(0, asked.days - len(days)),
        latest_make_up=_latest(union(span for spans in free.values() for span in spans), shortfall_s),
        make_up=tuple(MakeUp(session, total(s), total(s) >= shortfall_s) for session, s in free.items()),
        final=all(each.final for each in expected),
    )


def _until(spans: Spans, now: int) -> Spans:
    return clip(spans, spans[0][0], now) if spans else []


def _free(others: Iterable[WeekSession], taken: Iterable[tuple[int, int]], now: int) -> dict[str, Spans]:
    """By session, its remaining seconds that do not overlap the client's own sessions; sorted by start."""
    own = union(taken)
    free = {each.session: subtract(each.ahead(now), own) for each in others}
    return dict(sorted(((s, spans) for s, spans in free.items() if spans), key=lambda each: (each[1], each[0])))


def _latest(free: Spans, shortfall_s: int) -> int | None:
    """The last second from which the free seconds still cover the shortfall, counted back from their end."""
    missing = shortfall_s
    for start, end in reversed(free) if missing else ():
        if end - start >= missing:
            return end - missing
        missing -= end - start
    return None


def _since(asked_s: int, expected: Sequence[WeekSession], now: int) -> int:
    """The first second from which, up to `now`, fewer seconds were within reach than are required.

    Between two edges of the spans the reachable seconds rise, fall by one per second, or stay, so only edges are tried.
    """
    short_from = now
    for edge in sorted({edge for each in expected for edge in _edges(each) if edge < now}, reverse=True):
        spare = _reachable(expected, edge) - asked_s
        if spare >= 0:
            falling = min(edge + spare + 1, short_from)
            return falling if _reachable(expected, falling) < asked_s else short_from
        short_from = edge
    return short_from


def _reachable(expected: Sequence[WeekSession], at: int) -> int:
    ahead = union(span for each in expected for span in each.ahead(at))
    return sum(total(_until(each.credited, at)) for each in expected) + total(ahead)


def _edges(session: WeekSession) -> list[int]:
    edges = [edge for span in (*session.scheduled, *session.credited) for edge in span]
    return edges if session.over_at is None else [*edges, session.over_at]
