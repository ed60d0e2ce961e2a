"""Repair of loss on both sides of one incoming stream: ask the publisher again for missing packets, and keep packets
for a second, for subscribers who ask.

Instants are seconds of a monotonic clock.
"""

from itertools import takewhile

from signaling.media.formats import rtcp
from signaling.media.transport.peer import Peer

KEPT_SECONDS = 1.0
"""How long a packet can be retransmitted."""
KEPT_PACKETS = 2_048
"""A bound for floods; a second of video is far below it."""
MAX_GAP = 64
"""Missing packets in a row; for a wider gap, ask for a key frame instead."""
MAX_ASKS = 5
"""How many times one packet is asked for."""


class Missing:
    """Missing packets, each asked for up to `MAX_ASKS` times."""

    def __init__(self) -> None:
        self._asks: dict[int, int] = {}

    def after_gap(self, sequence: int, gap: int) -> list[int]:
        """The sequence numbers before `sequence` to ask for; none when the gap is too wide to repair."""
        if gap > MAX_GAP or len(self._asks) > 4 * MAX_GAP:
            self._asks.clear()
            return []
        lost = [(sequence - back) & 0xFFFF for back in range(gap, 0, -1)]
        self._asks.update(dict.fromkeys(lost, 1))
        return lost

    def arrived(self, sequence: int) -> bool:
        """True when this packet was missing."""
        return self._asks.pop(sequence, None) is not None

    def overdue(self) -> list[int]:
        """The sequence numbers to ask for once more."""
        self._asks = {sequence: asks + 1 for sequence, asks in self._asks.items() if asks < MAX_ASKS}
        return list(self._asks)


class Ring:
    """The packets of the last second, for retransmission."""

    __slots__ = ("_packets",)

    def __init__(self) -> None:
        self._packets: dict[int, tuple[float, bytes]] = {}
        """`(arrival, packet)` by sequence number, oldest first."""

    def __len__(self) -> int:
        return len(self._packets)

    def keep(self, sequence: int, packet: bytes, arrival: float) -> None:
        """Keep a packet for a second."""
        self._packets[sequence] = arrival, packet
        if len(self._packets) > KEPT_PACKETS:
            del self._packets[next(iter(self._packets))]

    def forget(self, at: float) -> None:
        """Drop packets older than a second."""
        oldest = at - KEPT_SECONDS
        old = list(takewhile(lambda sequence: self._packets[sequence][0] < oldest, self._packets))
        for sequence in old:
            del self._packets[sequence]

    def find(self, sequence: int) -> bytes | None:
        """The packet with this sequence number, if it is still kept."""
        kept = self._packets.get(sequence)
        return None if kept is None else kept[1]


class Repair:
    """Repairs one stream: asks its publisher for missing packets, and keeps packets for its subscribers."""

    __slots__ = ("_missing", "_peer", "_reporter", "_ssrc", "ring")

    def __init__(self, peer: Peer, reporter: int) -> None:
        self._peer, self._reporter = peer, reporter
        self._ssrc: int | None = None
        self._missing, self.ring = Missing(), Ring()

    def begin(self, ssrc: int) -> None:
        """Repair the stream of this SSRC; forget the stream before."""
        self._ssrc = ssrc
        self._missing, self.ring = Missing(), Ring()

    def close_gap(self, sequence: int, gap: int) -> bool:
        """Ask for the `gap` packets before this one; False when they are too many. A gap of -1 means a late packet."""
        if gap < 0:
            self._missing.arrived(sequence)
            return True
        lost = self._missing.after_gap(sequence, gap)
        self._ask(lost)
        return bool(lost)

    def recover(self, packet: bytes, arrival: float) -> bool:
        """Keep this packet if it was missing; True if it was."""
        sequence = int.from_bytes(packet[2:4], "big")
        if not self._missing.arrived(sequence):
            return False
        self.ring.keep(sequence, packet, arrival)
        return True

    def tick(self, at: float) -> None:
        """Ask again for missing packets, and drop old ones. Call it ten times per second."""
        self.ring.forget(at)
        self._ask(self._missing.overdue())

    def _ask(self, sequences: list[int]) -> None:
        if sequences and self._ssrc is not None:
            self._peer.send_rtcp(rtcp.nack(self._reporter, self._ssrc, sequences))
