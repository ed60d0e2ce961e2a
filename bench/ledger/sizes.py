"""How much of everything a run measures."""

import msgspec


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Counts, and for the storms seconds and people a second."""

    rows: int
    """Shipped and copied, in each of `rounds`."""
    rounds: int
    rooms: int
    """Open at once, where messages are said and arrivals welcomed; enough that none sees many more than rooms do."""
    messages: int
    arrivals: int
    """For each condition of Postgres."""
    leaves: int
    people: int
    storm_seconds: float
    curve: tuple[int, ...]
    """Joins a second to try, one after the other, until one fails."""
    media_curve: tuple[int, ...]
    """The same, with media."""
    curve_seconds: float
    events: int
    """Rebuilt."""


FULL = Sizes(
    rows=40_000, rounds=3, rooms=100, messages=40_000, arrivals=1_200, leaves=240, people=2_000, storm_seconds=60,
    curve=(50, 100, 150, 200, 250, 300, 400), media_curve=(2, 4, 8, 12, 16, 24), curve_seconds=5, events=1_000_000,
)  # fmt: skip
QUICK = Sizes(
    rows=4_000, rounds=2, rooms=20, messages=2_000, arrivals=60, leaves=24, people=100, storm_seconds=4,
    curve=(50,), media_curve=(2,), curve_seconds=2, events=4_000,
)  # fmt: skip
