"""Sets of seconds."""

from datetime import UTC, datetime
from functools import cache
from math import floor


@cache
def cut(text: str) -> int:
    return floor(datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC).timestamp())


def seconds(start: str, end: str) -> set:
    return set(range(cut(start), cut(end)))


def filled(points: set) -> list:
    """The gaps between neighbouring runs of seconds, as (first second missing, first second back)."""
    if not points:
        return []
    missing = [t for t in range(min(points), max(points)) if t not in points]
    return [(t, min(u for u in points if u > t)) for t in missing if t - 1 in points]
