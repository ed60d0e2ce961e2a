"""How much is measured: everything, or what fits into a minute."""

import msgspec


class Sizes(msgspec.Struct, frozen=True):
    """The steps of one run."""

    members: int
    """Of each room."""
    rooms: tuple[int, ...]
    """How many there are at each step, upwards until an engine is no longer clean; the first is where all compare."""
    settle_seconds: float
    """A look at whether a step has settled."""
    patience_seconds: float
    """It is waited for so long: an engine may begin carefully, and send more as it learns what paths carry."""
    window_seconds: float
    storm_rooms: int
    """How many whole rooms come at once beside those of the first step."""
    arrivals: int
    """How often a browser joins; 0 leaves the browsers out."""
    all_contenders: bool


FULL = Sizes(12, tuple(range(8, 42, 2)), 1.0, 20.0, 4.0, 2, 10, True)
QUICK = Sizes(12, (8, 12), 1.0, 12.0, 2.0, 2, 0, False)
TINIEST = Sizes(3, (1,), 0.2, 2.0, 0.5, 1, 0, False)
