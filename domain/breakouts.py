"""Breakouts: rooms within a session. They change nothing, unless the policy asks for a facilitator in each of them.

Then a client's second counts only while a qualified person is in the same one. A bridged gap lies where the person
was before it. Time that is known by correction alone was in no particular one: it counts with any facilitator, and a
facilitator's counts for all.
"""

from collections.abc import Iterable

from domain.presence import Connection
from domain.spans import Interval, Spans, intersect, subtract, union

Places = dict[str, Spans]
"""By breakout ("" is the main room), when a person was there."""


def places(lives: Iterable[Connection], bridged: Spans) -> Places:
    """Where one person was, given their connections and the gaps that are bridged."""
    found: dict[str, list[Interval]] = {}
    for connection in lives:
        for stay in connection.stays():
            for place, interval in connection.places(stay):
                found.setdefault(place, []).append(interval)
    for intervals in found.values():
        ends = {end for _, end in intervals}
        intervals.extend(gap for gap in bridged if gap[0] in ends)
    return {place: union(intervals) for place, intervals in found.items()}


def supervised(client: Places, added: Spans, facilitators: Iterable[tuple[Places, Spans, Spans]]) -> Spans:
    """When a client was where a facilitator was; each facilitator as places, and what corrections add and remove."""
    shared: list[Interval] = []
    everywhere = union([*added, *(interval for spans in client.values() for interval in spans)])
    for where, corrected, removed in facilitators:
        together = [i for place, spans in client.items() for i in intersect(spans, where.get(place, []))]
        anywhere = union([*corrected, *(interval for spans in where.values() for interval in spans)])
        met = union([*together, *intersect(everywhere, corrected), *intersect(added, anywhere)])
        shared += subtract(met, removed)
    return union(shared)
