"""The window of a session and its breaks: the seconds in which attendance can be credited (steps 5 and 7)."""

import msgspec

from domain.events.schedule import SessionPlanned
from domain.instants import second
from domain.spans import Interval, Spans, clip, subtract, total, union


class Break(msgspec.Struct, frozen=True, gc=False):
    """A declared break; `end` is None while it lasts. `begun_by` and `ended_by` are ids of facts."""

    start: int
    end: int | None
    begun_by: str
    ended_by: str = ""


class Window(msgspec.Struct, frozen=True):
    """The window `[start, end)` in epoch seconds (empty if they are equal); `teaching` is the window minus `breaks`.

    `net_planned_s` is the scheduled length minus the planned breaks; presence is measured against it. `pauses` are the
    breaks as planned or declared, within the window and outside.
    """

    start: int
    end: int
    breaks: Spans
    teaching: Spans
    net_planned_s: int
    pauses: Spans


def window(plan: SessionPlanned, extended_to: int | None, ended_at: int | None, now: int | None) -> Window:
    """The window with the planned breaks.

    It ends as extended or as scheduled, or at the actual end if that came earlier, and no later than `now` if given.
    """
    start, scheduled_end = second(plan.start), second(plan.end)
    end = scheduled_end if extended_to is None else extended_to
    end = max(start, min(at for at in (end, ended_at, now) if at is not None))
    planned = union(planned_breaks(plan))
    net_planned = total(subtract(clip([(start, scheduled_end)], start, scheduled_end), planned))
    return _less(start, end, planned, net_planned)


def with_declared(planned: Window, declared: list[Break]) -> Window:
    """The same window with the declared breaks in place of the planned ones; unchanged if none was declared."""
    if not declared:
        return planned
    breaks = union((each.start, planned.end if each.end is None else each.end) for each in declared)
    return _less(planned.start, planned.end, breaks, planned.net_planned_s)


def planned_breaks(plan: SessionPlanned) -> list[Interval]:
    """The breaks of the plan in whole seconds, in its order."""
    return [(second(start), second(end)) for start, end in plan.breaks]


def _less(start: int, end: int, breaks: Spans, net_planned_s: int) -> Window:
    within = clip(breaks, start, end)
    teaching = subtract([(start, end)] if start < end else [], within)
    return Window(start, end, within, teaching, net_planned_s, breaks)
