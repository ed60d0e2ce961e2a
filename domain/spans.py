"""Sets of seconds as half-open intervals `[start, end)`, in whole seconds.

A `Spans` is sorted and disjoint, contains no empty interval, and merges intervals that touch. Functions that return
`Spans` return such a list; none changes its arguments.
"""

from collections.abc import Iterable

Interval = tuple[int, int]
Spans = list[Interval]


def union(intervals: Iterable[Interval]) -> Spans:
    """The seconds in any of `intervals`, which may be unsorted, overlapping, empty or reversed (then empty)."""
    merged: Spans = []
    reach = None
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if reach is None or start > reach:
            merged.append((start, end))
            reach = end
        elif end > reach:
            merged[-1] = (merged[-1][0], end)
            reach = end
    return merged


def intersect(one: Spans, other: Spans) -> Spans:
    """The seconds in both."""
    both: Spans = []
    i = j = 0
    while i < len(one) and j < len(other):
        (start, end), (other_start, other_end) = one[i], other[j]
        begin = start if start > other_start else other_start
        if end < other_end:
            i += 1
        else:
            end = other_end
            j += 1
        if begin < end:
            both.append((begin, end))
    return both


def subtract(one: Spans, other: Spans) -> Spans:
    """The seconds of `one` that are not in `other`."""
    if not other:
        return one
    rest: Spans = []
    j = 0
    for whole_start, end in one:
        start = whole_start
        while j < len(other) and other[j][1] <= start:
            j += 1
        k = j
        while k < len(other) and other[k][0] < end:
            if other[k][0] > start:
                rest.append((start, other[k][0]))
            start = max(start, other[k][1])
            k += 1
        if start < end:
            rest.append((start, end))
    return rest


def clip(spans: Spans, start: int, end: int) -> Spans:
    """The seconds of `spans` within `[start, end)`."""
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start] if start < end else []


def total(spans: Spans) -> int:
    """The number of seconds."""
    seconds = 0
    for start, end in spans:
        seconds += end - start
    return seconds


def overlaps(spans: Spans, start: int, end: int) -> bool:
    """Whether any second of `[start, end)` is in `spans`."""
    return any(a < end and b > start for a, b in spans)


def crowded(groups: Iterable[Spans], limit: int) -> Spans:
    """The seconds that are in more than `limit` groups."""
    steps = sorted(step for spans in groups for start, end in spans for step in ((start, 1), (end, -1)))
    over: Spans = []
    inside = since = 0
    for at, change in steps:
        before, inside = inside, inside + change
        if before <= limit < inside:
            since = at
        elif inside <= limit < before and at > since:
            over.append((since, at))
    return union(over)
