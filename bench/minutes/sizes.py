"""How much of everything a run measures."""

import msgspec


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of facts, and how often the comparison in memory is made."""

    compared: int
    rounds: int
    restated: int


FULL = Sizes(compared=200_000, rounds=7, restated=1_000_000)
QUICK = Sizes(compared=20_000, rounds=3, restated=10_000)
