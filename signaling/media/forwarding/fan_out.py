"""One subscriber's copy of a stream, and a stream's prepared send list of all copies: the hot path only walks it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from signaling.media.formats import rtp, vp8
from signaling.media.formats.rtcp import SenderReport
from signaling.media.formats.vp8 import Picture
from signaling.media.forwarding.reception import Reception
from signaling.media.transport.peer import Peer
from signaling.media.transport.wire import Burst, Wire

FIRST_SEQUENCE = 1_000
"""Far enough from 0 that a packet out of order never wraps below it: libsrtp would count that as a rollover."""

Target = tuple[memoryview, Any, Any, Any, int, int, int, int, int]
"""`(view, buffer, length, session, sequence_offset, timestamp_offset, ssrc, picture_offset, temporal_offset)`: a lane
of the burst (see `Lane`), libsrtp's session, and the copy's offsets; the last two are for VP8's PictureID and
TL0PICIDX. A plain tuple, because the hot path unpacks one for each packet it sends. The session is a bare pointer that
the copy's peer owns, so a target never outlives its copy."""


class Stopped(NamedTuple):
    """The last packet of a copy, in the copy's own numbers."""

    sequence: int
    timestamp: int
    arrival: float
    """When its source arrived, in seconds of the monotonic clock."""
    picture: Picture | None
    """VP8's numbers of its picture; None for other formats and when unknown."""


class Copy:
    """One subscriber's copy of a feed: offsets keep its numbers continuous when its source, the stream, changes."""

    __slots__ = (
        "_reported", "began", "clock_rate", "octets_offset", "packets_offset", "peer", "picture_offset",
        "repair_sequence", "repair_ssrc", "repairs", "round_trip", "sequence_offset", "ssrc", "stopped",
        "temporal_offset", "timestamp_offset",
    )  # fmt: skip

    def __init__(self, peer: Peer, clock_rate: int, ssrc: int, repair_ssrc: int) -> None:
        self.peer, self.clock_rate, self.ssrc, self.repair_ssrc = peer, clock_rate, ssrc, repair_ssrc
        self.sequence_offset = self.timestamp_offset = self.packets_offset = self.octets_offset = 0
        self.picture_offset = self.temporal_offset = 0
        self.repair_sequence = FIRST_SEQUENCE
        self.repairs = True
        """False when the subscriber accepts no retransmissions."""
        self.stopped: Stopped | None = None
        """The end of the copy while it has no source; None before the first source."""
        self.round_trip = 0.0
        """Seconds, by the subscriber's last report; 0 before the first."""
        self.began = 0
        """The number of the first copied packet, counted as in the source's `Reception.highest`."""
        self._reported = 0, 0.0

    def start(self, sequence: int, timestamp: int, picture: Picture | None, source: Reception) -> None:
        """Continue the copy with this packet, or begin it."""
        last = self.stopped or Stopped(FIRST_SEQUENCE, timestamp, source.arrival, None)
        elapsed = max(0, int((source.arrival - last.arrival) * self.clock_rate)) + bool(self.stopped)
        self.began = source.highest
        self.sequence_offset = last.sequence + 1 - sequence & 0xFFFF
        self.timestamp_offset = last.timestamp + elapsed - timestamp & 0xFFFFFFFF
        if last.picture is not None and picture is not None:
            self.picture_offset = (last.picture.id + 1 - picture.id) % vp8.LONG_IDS
            self.temporal_offset = (last.picture.temporal + 1 - picture.temporal) % vp8.TEMPORAL_IDS
        self.packets_offset -= source.packets - 1
        self.octets_offset -= source.octets

    def stop(self, source: Reception, shown: Picture | None) -> None:
        """Remember the end of the copy; `shown` are the source's numbers of its last picture."""
        sequence = source.highest + self.sequence_offset & 0xFFFF
        if shown is not None:
            number = (shown.id + self.picture_offset) % vp8.LONG_IDS
            shown = Picture(0, number, 0, (shown.temporal + self.temporal_offset) % vp8.TEMPORAL_IDS)
        timestamp = source.timestamp + self.timestamp_offset & 0xFFFFFFFF
        self.stopped = Stopped(sequence, timestamp, source.arrival, shown)
        self.packets_offset += source.packets
        self.octets_offset += source.octets

    def copy(self, packet: bytes, sequence: int) -> bytes:
        """This subscriber's copy of a packet, outside the hot path."""
        copied, header = bytearray(packet), rtp.header_size(packet, len(packet))
        timestamp = int.from_bytes(packet[4:8], "big") + self.timestamp_offset & 0xFFFFFFFF
        rtp.MUTABLE.pack_into(copied, 2, sequence + self.sequence_offset & 0xFFFF, timestamp, self.ssrc)
        if self.picture_offset or self.temporal_offset:
            picture = vp8.picture(packet, len(packet), header)
            if picture is not None:
                vp8.renumber(copied, picture, self.picture_offset, self.temporal_offset)
        return bytes(copied)

    def retransmission(self, packet: bytes, sequence: int) -> bytes:
        """This subscriber's retransmission of the packet with this sequence number at the source."""
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
        """Measure the round trip: the subscriber answered our report `last_report` after `delay` seconds."""
        known, sent_at = self._reported
        if known and last_report == known:
            self.round_trip = max(0.0, at - sent_at - delay)


class FanOut:
    """The send list of one stream, and the burst that carries it."""

    __slots__ = ("_burst", "_wire", "renumbers", "send", "targets")

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.refresh(())

    def refresh(self, copies: Sequence[Copy]) -> None:
        """Rebuild the send list. Call after a change of copies, or of a subscriber's address."""
        ready = [each for each in copies if each.peer.secured and each.peer.ice.chosen is not None]
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
