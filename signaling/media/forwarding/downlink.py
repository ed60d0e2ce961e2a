"""The bitrate that one subscriber's path carries, by its browser's estimates (REMB) and reported loss. Pure.

A browser's estimate rises slowly from the current bitrate, so its height says little; its fall means "too much". While
it does not fall, the budget grows, and the next larger layer is the probe.
"""

FIRST, MOST, LEAST = 2_500_000.0, 20_000_000.0, 150_000.0
"""Bits per second: the first budget, its maximum and its minimum."""
LOSSY = 0.10
"""Share of lost packets above which the budget shrinks; below it, retransmissions suffice."""
FELL = 0.93
"""An estimate below this share of the one before has fallen; a browser that sees its path fill up cuts more."""
RAISE = 1.15
"""The budget grows by this factor per second."""
CAUTION_SECONDS = 3.0
"""The budget does not grow for this long after it was too high."""


class Downlink:
    """The budget of one subscriber."""

    __slots__ = ("_cautious_until", "_estimate", "bits_per_second")

    def __init__(self) -> None:
        self.bits_per_second = FIRST
        self._cautious_until = self._estimate = 0.0

    def estimated(self, bits_per_second: float, sent: float, at: float) -> None:
        """Take the browser's estimate, made while `sent` was sent to it; both in bits per second."""
        fell, self._estimate = bits_per_second < FELL * self._estimate, bits_per_second
        if fell:
            self._lower(max(bits_per_second, FELL * sent), at)

    def lost(self, share: float, sent: float, at: float) -> None:
        """Take the share of packets (0 to 1) reported as lost, while `sent` bits per second were sent."""
        if share > LOSSY:
            self._lower(min(self.bits_per_second, sent) * (1 - share / 2), at)

    def grow(self, at: float) -> None:
        """Let the budget grow. Call it once per second."""
        if at >= self._cautious_until:
            self.bits_per_second = min(MOST, self.bits_per_second * RAISE)

    def _lower(self, bits_per_second: float, at: float) -> None:
        self.bits_per_second = max(LEAST, min(self.bits_per_second, bits_per_second))
        self._cautious_until = at + CAUTION_SECONDS
