"""How much a publisher may send: less while its packets get lost, more again when they arrive. Pure."""

from collections.abc import Iterable

from signaling.media.formats.rtcp import ReportBlock
from signaling.media.forwarding.loss import LossShare

MOST, LEAST = 2_500_000, 250_000
"""Bits per second; the maximum is for three layers of a camera, with room for a shared screen."""
LOSSY, CLEAN = 0.10, 0.02
"""Shares of lost packets: above the first the allowance shrinks, below the second it grows."""
RAISE = 1.08
"""The allowance grows by this factor per report, about once per second."""


class Uplink:
    """The allowance of one publisher."""

    __slots__ = ("_loss", "bits_per_second")

    def __init__(self) -> None:
        self.bits_per_second = MOST
        self._loss = LossShare()

    def reported(self, blocks: Iterable[ReportBlock], arriving: float) -> None:
        """Take the reports on its streams since the last call; `arriving` is in bits per second."""
        share = self._loss.of(blocks)
        if share is None:
            return
        if share > LOSSY:
            self.bits_per_second = max(LEAST, int(min(self.bits_per_second, arriving) * (1 - share / 2)))
        elif share < CLEAN:
            self.bits_per_second = min(MOST, int(self.bits_per_second * RAISE))
