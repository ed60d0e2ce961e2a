"""Breakouts: rooms within a session. They change nothing, unless the policy asks for a facilitator in each of them.

Then a client's second counts only while a qualified person is in the same breakout. A bridged gap belongs to the
breakout where the person was before it. Time known only from a correction belongs to no breakout: a client's counts
with any facilitator, and a facilitator's counts for every client.
"""

from collections.abc import Iterable
from typing import NamedTuple

from domain.attendance.presence import Presence
from domain.spans import Interval, Spans, intersect, subtract, union


class Whereabouts(NamedTuple):
    """Where one person was when, according to their connections, and what corrections add and remove."""

    by_breakout: dict[str, Spans]
    """By breakout; the key "" is the main room."""
    added: Spans
    removed: Spans

    def anywhere(self) -> Iterable[Interval]:
        """Every interval of presence, in no order."""
        return (span for spans in self.by_breakout.values() for span in spans)


def whereabouts(presence: Presence) -> Whereabouts:
    """Where a person with this presence was."""
    found: dict[str, list[Interval]] = {}
    for connection in presence.connections:
        for stay in connection.stays():
            for breakout, span in connection.by_breakout(stay):
                found.setdefault(breakout, []).append(span)
    for spans in found.values():
        ends = {end for _, end in spans}
        spans.extend(gap for gap in presence.bridged if gap[0] in ends)
    by_breakout = {breakout: union(spans) for breakout, spans in found.items()}
    return Whereabouts(by_breakout, presence.added, presence.removed)


def supervised(client: Whereabouts, facilitators: Iterable[Whereabouts]) -> Spans:
    """When a client and a facilitator were in the same place. It ignores removals of the client's own presence."""
    shared: list[Interval] = []
    everywhere = union([*client.added, *client.anywhere()])
    for each in facilitators:
        together = [
            span
            for breakout, spans in client.by_breakout.items()
            for span in intersect(spans, each.by_breakout.get(breakout, []))
        ]
        anywhere = union([*each.added, *each.anywhere()])
        met = union([*together, *intersect(everywhere, each.added), *intersect(client.added, anywhere)])
        shared += subtract(met, each.removed)
    return union(shared)
