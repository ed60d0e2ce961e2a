"""The sizes of a run: full, or fitting into a minute."""

import msgspec


class Sizes(msgspec.Struct, frozen=True):
    """The steps of one run."""

    members: int
    """Members of each room."""
    rooms: tuple[int, ...]
    """Rooms at each step, upwards until an engine is no longer clean; all engines are compared at the first step."""
    settle_seconds: float
    """Seconds of each sample while a step settles."""
    patience_seconds: float
    """Seconds to wait for a step to settle: an engine may begin slowly, while it learns the paths' bandwidth."""
    window_seconds: float
    storm_rooms: int
    """Whole rooms that are added at once after the first step."""
    arrivals: int
    """Number of times that a browser joins; 0 leaves the browsers out."""
    all_contenders: bool


FULL = Sizes(12, tuple(range(8, 42, 2)), 1.0, 20.0, 4.0, 2, 10, True)
QUICK = Sizes(12, (8, 12), 1.0, 12.0, 2.0, 2, 0, False)
TINIEST = Sizes(3, (1,), 0.2, 2.0, 0.5, 1, 0, False)
