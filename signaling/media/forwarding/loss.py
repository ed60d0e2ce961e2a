"""The share of packets lost on one path, over enough of them to mean something. Pure.

A report of one second may cover three packets of a silent microphone: one lost packet of three is no sign of a narrow
path.
"""

from collections.abc import Iterable

from signaling.media.formats.rtcp import ReportBlock

ENOUGH = 100
"""The least number of packets for a share."""


class LossShare:
    """Sums the reports on all streams of a path."""

    __slots__ = ("_before", "_expected", "_lost")

    def __init__(self) -> None:
        self._before: dict[int, tuple[int, int]] = {}
        """By SSRC: the highest sequence number and the packets lost, as last reported."""
        self._expected = self._lost = 0

    def of(self, blocks: Iterable[ReportBlock]) -> float | None:
        """Share of packets lost since the last answer; None until `ENOUGH` packets were expected."""
        for block in blocks:
            highest, lost = self._before.get(block.ssrc, (block.highest, block.lost))
            self._before[block.ssrc] = block.highest, block.lost
            self._expected += max(0, block.highest - highest)
            self._lost += block.lost - lost
        if self._expected < ENOUGH:
            return None
        share = max(0.0, self._lost / self._expected)
        self._expected = self._lost = 0
        return share
