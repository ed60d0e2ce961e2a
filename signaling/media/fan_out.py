"""Who gets one incoming stream, as a list made ready: the hot path only walks it."""

from typing import TYPE_CHECKING, Any

from signaling.media import rtp, vp8
from signaling.media.peer import Peer
from signaling.media.reception import Reception
from signaling.media.rtcp import SenderReport
from signaling.media.vp8 import Picture
from signaling.media.wire import Burst, Wire

if TYPE_CHECKING:
    from signaling.media.layer import Layer

FIRST_SEQUENCE = 1_000
"""Far enough from 0 that a packet out of order never wraps below it: libsrtp would count that as a rollover."""

Target = tuple[memoryview, Any, Any, Any, int, int, int, int, int]
"""A lane (view, libsrtp's pointer, length), libsrtp's session, and what the copy differs by: sequence and timestamp
offset, SSRC, VP8 picture id and TL0PICIDX offset. The session is a bare pointer: its owner is the consumer's peer, so
a target never outlives its consumer."""


class Consumer:
    """One subscriber's copy of a feed: offsets keep its numbers continuous when the stream it is copied from changes.

    `layer` is the stream that is copied now; `awaited` the one to go on with from its next key frame.
    """

    __slots__ = (
        "_began", "_reported", "awaited", "clock_rate", "layer", "octets_offset", "packets_offset", "peer",
        "picture_offset", "repair_sequence", "repair_ssrc", "repairs", "round_trip", "sequence_offset", "ssrc",
        "stopped", "temporal_offset", "timestamp_offset",
    )  # fmt: skip

    def __init__(self, peer: Peer, clock_rate: int, ssrc: int, repair_ssrc: int) -> None:
        self.peer, self.clock_rate, self.ssrc, self.repair_ssrc = peer, clock_rate, ssrc, repair_ssrc
        self.sequence_offset = self.timestamp_offset = self.packets_offset = self.octets_offset = 0
        self.picture_offset = self.temporal_offset = 0
        self.repair_sequence = FIRST_SEQUENCE
        self.repairs = True
        """False when the subscriber takes no retransmissions."""
        self.layer: Layer | None = None
        self.awaited: Layer | None = None
        self.stopped: tuple[int, int, float, Picture | None] | None = None
        self.round_trip = 0.0
        """Seconds, by the subscriber's last report; 0 before the first."""
        self._began = 0
        self._reported = 0, 0.0

    def start(self, sequence: int, timestamp: int, picture: Picture | None, source: Reception) -> None:
        """Continue after the last packet sent with this one, or begin."""
        last, last_timestamp, last_arrival, shown = self.stopped or (FIRST_SEQUENCE, timestamp, source.arrival, None)
        elapsed = max(0, int((source.arrival - last_arrival) * self.clock_rate)) + bool(self.stopped)
        self._began = source.highest
        self.sequence_offset = last + 1 - sequence & 0xFFFF
        self.timestamp_offset = last_timestamp + elapsed - timestamp & 0xFFFFFFFF
        if shown is not None and picture is not None:
            self.picture_offset = (shown.id + 1 - picture.id) % vp8.LONG_IDS
            self.temporal_offset = (shown.temporal + 1 - picture.temporal) % vp8.TEMPORAL_IDS
        self.packets_offset -= source.packets - 1
        self.octets_offset -= source.octets

    def stop(self, source: Reception, shown: Picture | None) -> None:
        """Remember where the copy stands; `shown` is how the source numbers its last picture."""
        sequence = source.highest + self.sequence_offset & 0xFFFF
        if shown is not None:
            number = (shown.id + self.picture_offset) % vp8.LONG_IDS
            shown = Picture(0, number, 0, (shown.temporal + self.temporal_offset) % vp8.TEMPORAL_IDS)
        self.stopped = sequence, source.timestamp + self.timestamp_offset & 0xFFFFFFFF, source.arrival, shown
        self.packets_offset += source.packets
        self.octets_offset += source.octets

    def stop_waiting(self) -> None:
        """Go on with what is copied now."""
        if self.awaited is not None:
            self.awaited.waiting.remove(self)
            self.awaited = None

    @property
    def forwarded(self) -> int:
        """Packets sent so far."""
        return self.packets_offset + (self.layer.reception.packets if self.layer else 0)

    def covers(self, sequence: int) -> bool:
        """False for a packet of the source from before this copy began with it, which nobody was promised."""
        if self.layer is None:
            return False
        highest = self.layer.reception.highest
        return highest - (highest - sequence & 0xFFFF) >= self._began

    def copy(self, packet: bytes, sequence: int) -> bytes:
        """A packet of the source as this subscriber gets it, outside the hot path."""
        copied, header = bytearray(packet), rtp.header_size(packet, len(packet))
        timestamp = int.from_bytes(packet[4:8], "big") + self.timestamp_offset & 0xFFFFFFFF
        rtp.MUTABLE.pack_into(copied, 2, sequence + self.sequence_offset & 0xFFFF, timestamp, self.ssrc)
        if self.picture_offset or self.temporal_offset:
            picture = vp8.picture(packet, len(packet), header)
            if picture is not None:
                vp8.renumber(copied, picture, self.picture_offset, self.temporal_offset)
        return bytes(copied)

    def retransmission(self, packet: bytes, sequence: int) -> bytes:
        """The packet of the source with this sequence number, as this subscriber gets it for the second time."""
        copied = self.copy(packet, sequence)
        self.repair_sequence = self.repair_sequence + 1 & 0xFFFF
        return rtp.wrap(
            copied,
            original=int.from_bytes(copied[2:4], "big"),
            sequence=self.repair_sequence,
            timestamp=int.from_bytes(copied[4:8], "big"),
            ssrc=self.repair_ssrc,
        )

    def report(self, source: Reception, report: SenderReport, at: float) -> SenderReport:
        """The publisher's report of the source, in this copy's numbers."""
        self._reported = report.ntp >> 16 & 0xFFFFFFFF, at
        return SenderReport(
            ssrc=self.ssrc,
            ntp=report.ntp,
            timestamp=report.timestamp + self.timestamp_offset & 0xFFFFFFFF,
            packets=source.packets + self.packets_offset,
            octets=source.octets + self.octets_offset,
        )

    def heard_back(self, last_report: int, delay: float, at: float) -> None:
        """The subscriber got that report and said so `delay` seconds later: this gives the round trip."""
        known, sent_at = self._reported
        if known and last_report == known:
            self.round_trip = max(0.0, at - sent_at - delay)


class FanOut:
    """The copies of one stream, and the burst that carries them."""

    __slots__ = ("_burst", "_wire", "attached", "renumbers", "send", "targets")

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.attached: list[Consumer] = []
        self.refresh()

    def refresh(self) -> None:
        """Make the list anew: after a change of consumers, or of an address."""
        ready = [each for each in self.attached if each.peer.secured and each.peer.ice.chosen is not None]
        self._burst: Burst = self._wire.burst([each.peer.ice.chosen for each in ready if each.peer.ice.chosen])
        self.send = self._burst.send
        self.targets: list[Target] = [
            (
                *lane,
                each.peer.sending,
                each.sequence_offset,
                each.timestamp_offset,
                each.ssrc,
                each.picture_offset,
                each.temporal_offset,
            )
            for lane, each in zip(self._burst.lanes, ready, strict=True)
        ]
        self.renumbers = any(each.picture_offset or each.temporal_offset for each in ready)
