"""The sizes of a run."""

import msgspec


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of facts, and the rounds of the comparison in memory."""

    compared: int
    rounds: int
    restated: int
    crowded: int
    """Facts that the worker reads in each of the three crowds, and that two workers share."""
    many_groups: int
    """Groups of one hour in the large crowds; the small one has forty."""
    clinics: int
    """Clinics over which two workers share the work."""


FULL = Sizes(compared=200_000, rounds=7, restated=1_000_000, crowded=160_000, many_groups=1_600, clinics=200)
QUICK = Sizes(compared=20_000, rounds=3, restated=10_000, crowded=8_000, many_groups=80, clinics=20)
