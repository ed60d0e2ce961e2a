"""How one incoming stream arrives: its sequence, loss and jitter (RFC 3550 appendix A).

Pure; instants are seconds of a monotonic clock.
"""

from signaling.media.formats.rtcp import ReportBlock, SenderReport

MAX_JUMP = 3_000
"""Largest step between two sequence numbers; a wider jump means that the stream restarted."""


class Reception:
    """Counts of one stream, and the report for its publisher."""

    __slots__ = (
        "_base", "_expected_reported", "_jitter", "_last_report", "_last_report_at", "_received_reported",
        "arrival", "clock_rate", "highest", "octets", "packets", "timestamp",
    )  # fmt: skip

    def __init__(self, clock_rate: int) -> None:
        self.clock_rate = clock_rate
        self.restart()

    def restart(self) -> None:
        """Forget everything: the publisher began a new stream."""
        self.packets = self.octets = 0
        self.highest = self.timestamp = self._base = -1
        self.arrival = self._jitter = 0.0
        self._expected_reported = self._received_reported = self._last_report = 0
        self._last_report_at = 0.0

    @property
    def lost(self) -> int:
        """Packets that have not arrived (yet)."""
        return max(0, self.highest - self._base + 1 - self.packets) if self.packets else 0

    @property
    def jitter_ms(self) -> float:
        """How much the time between packets varies, in milliseconds."""
        return 1_000 * self._jitter / self.clock_rate

    def note(self, sequence: int, timestamp: int, size: int, arrival: float) -> int:
        """Count a packet; returns the number of missing packets before it, or -1 for a late packet."""
        if self.packets == 0:
            self._begin(sequence, timestamp, arrival)
        self.packets += 1
        self.octets += size
        step = (sequence - self.highest) & 0xFFFF
        if step >= 0x8000:
            return -1
        if step > MAX_JUMP:
            self._base += step - 1
        ticks = (timestamp - self.timestamp + 0x80000000 & 0xFFFFFFFF) - 0x80000000
        self._jitter += (abs((arrival - self.arrival) * self.clock_rate - ticks) - self._jitter) / 16
        self.highest += step
        self.timestamp, self.arrival = timestamp, arrival
        return max(0, step - 1)

    def _begin(self, sequence: int, timestamp: int, arrival: float) -> None:
        self._base, self.highest = sequence, sequence - 1
        self.timestamp, self.arrival = timestamp, arrival

    def sender_reported(self, report: SenderReport, at: float) -> None:
        """Remember the publisher's report, so that the publisher can compute the round trip from ours."""
        self._last_report, self._last_report_at = report.ntp >> 16 & 0xFFFFFFFF, at

    def report(self, ssrc: int, at: float) -> ReportBlock:
        """The report on the time since the report before."""
        expected = self.highest - self._base + 1
        expected_now = expected - self._expected_reported
        received_now = self.packets - self._received_reported
        self._expected_reported, self._received_reported = expected, self.packets
        return ReportBlock(
            ssrc=ssrc,
            fraction_lost=max(0, min(255, 256 * (expected_now - received_now) // max(1, expected_now))),
            lost=expected - self.packets,
            highest=self.highest & 0xFFFFFFFF,
            jitter=int(self._jitter),
            last_sender_report=self._last_report,
            delay_since=int((at - self._last_report_at) * 65_536) & 0xFFFFFFFF if self._last_report else 0,
        )
