"""One quality of a feed: an incoming stream, its counts and repairs, and its subscribers."""

from collections.abc import Callable

from signaling.media.engine import MediaKind
from signaling.media.formats import h264, rtcp, rtp, vp8
from signaling.media.formats.rtp import Bytes
from signaling.media.forwarding.fan_out import Copy, FanOut
from signaling.media.forwarding.reception import Reception
from signaling.media.forwarding.repair import Repair
from signaling.media.transport.peer import Peer

KEYFRAME_INTERVAL = 0.3
"""Seconds between two key frame requests, whatever the number of subscribers that need one."""
ALIVE_SECONDS = 1.0
"""A layer without a packet for this long is off: browsers stop larger layers when short of power."""

Begins = Callable[[Bytes, int, int], bool]
_BEGINS: dict[int, Begins] = {
    rtp.VP8: vp8.begins_keyframe,
    rtp.H264: h264.begins_keyframe,
}


class Consumer(Copy):
    """A subscriber's copy of a feed, and the layers it comes from.

    `layer` is copied now; `awaited` takes over at its next key frame.
    """

    __slots__ = ("awaited", "layer")

    def __init__(self, peer: Peer, clock_rate: int, ssrc: int, repair_ssrc: int) -> None:
        super().__init__(peer, clock_rate, ssrc, repair_ssrc)
        self.layer: Layer | None = None
        self.awaited: Layer | None = None

    @property
    def forwarded(self) -> int:
        """Packets sent so far."""
        return self.packets_offset + (self.layer.reception.packets if self.layer else 0)

    def stop_waiting(self) -> None:
        """Stay with the current layer."""
        if self.awaited is not None:
            self.awaited.waiting.remove(self)
            self.awaited = None

    def covers(self, sequence: int) -> bool:
        """False for a packet from before this copy of the source began: it was never promised to the subscriber."""
        if self.layer is None:
            return False
        highest = self.layer.reception.highest
        return highest - (highest - sequence & 0xFFFF) >= self.began


class Layer:
    """A stream of one quality; `rid` is empty where a feed has only one."""

    __slots__ = (
        "_keyframe_asked_at", "_keyframe_due", "_octets_before", "_peer", "_rated_at", "_repair", "_reporter",
        "bits_per_second", "consumers", "fan_out", "is_video", "reception", "rid", "ssrc", "waiting",
    )  # fmt: skip

    def __init__(self, kind: MediaKind, rid: str, peer: Peer, reporter: int) -> None:
        self.rid, self.is_video, self._peer, self._reporter = rid, kind != "audio", peer, reporter
        self.ssrc: int | None = None
        self.reception = Reception(rtp.CLOCK_RATES[kind])
        self._repair = Repair(peer, reporter)
        self.fan_out = FanOut(peer.wire)
        self.consumers: list[Consumer] = []
        """The copies of this layer."""
        self.waiting: list[Consumer] = []
        """The copies that start at its next key frame."""
        self.bits_per_second = 0.0
        self._keyframe_asked_at, self._keyframe_due = 0.0, False
        self._octets_before, self._rated_at = 0, 0.0

    def alive(self, at: float) -> bool:
        """True while packets arrive."""
        return self.reception.packets > 0 and at - self.reception.arrival < ALIVE_SECONDS

    def bind(self, ssrc: int) -> None:
        """Switch to this SSRC; current subscribers restart at its next key frame."""
        if ssrc == self.ssrc:
            return
        if self.ssrc is not None:
            for consumer in list(self.consumers):
                self.part(consumer)
                self.join(consumer, 0.0)
            self.reception.restart()
            self._octets_before = 0
        self._repair.begin(ssrc)
        self.ssrc = ssrc

    def keep(self, packet: memoryview, sequence: int, gap: int) -> bytes:
        """Keep a picture's packet for repair, and ask for the `gap` packets before it; returns the kept bytes."""
        if gap and not self._repair.close_gap(sequence, gap):
            self._keyframe_due = True
        kept = bytes(packet)
        self._repair.ring.keep(sequence, kept, self.reception.arrival)
        return kept

    def recover(self, packet: bytes, arrival: float) -> bool:
        """Keep this packet if it was missing; True if it was."""
        if not self._repair.recover(packet, arrival):
            return False
        self.reception.packets += 1
        return True

    # ---- who gets it -----------------------------------------------------------------------------------------------

    def join(self, consumer: Consumer, at: float) -> None:
        """Start this subscriber's copy at the next packet that a decoder can start with."""
        consumer.stop_waiting()
        consumer.awaited = self
        self.waiting.append(consumer)
        if self.is_video:
            self.ask_keyframe(at)

    def begin(self, packet: Bytes, header: int) -> None:
        """Start all waiting copies with this packet, if a decoder can, and end what they copied before."""
        _, kind, sequence, timestamp, _ = rtp.HEADER.unpack_from(packet)
        begins = _BEGINS.get(kind & 127)
        if begins is not None and not self._begins_here(begins, packet, header):
            return
        picture = self._picture(packet)
        for consumer in self.waiting:
            if consumer.layer is not None:
                consumer.layer.part(consumer)
            consumer.layer, consumer.awaited = self, None
            consumer.start(sequence, timestamp, picture, self.reception)
        self.consumers += self.waiting
        self.waiting = []
        self.refresh()

    def _begins_here(self, begins: Begins, packet: Bytes, header: int) -> bool:
        """True for the first packet of its picture that a decoder can start with; later ones lack the earlier parts."""
        if not begins(packet, len(packet), header):
            return False
        sequence, timestamp = int.from_bytes(packet[2:4], "big"), packet[4:8]
        find = self._repair.ring.find
        while (before := find(sequence := sequence - 1 & 0xFFFF)) is not None and before[4:8] == timestamp:
            if begins(before, len(before), rtp.header_size(before, len(before))):
                return False
        return True

    def part(self, consumer: Consumer) -> None:
        """End this subscriber's copy."""
        if consumer.layer is not self:
            return
        last = self._repair.ring.find(self.reception.highest & 0xFFFF)
        consumer.stop(self.reception, None if last is None else self._picture(last))
        consumer.layer = None
        self.consumers.remove(consumer)
        self.refresh()

    def refresh(self) -> None:
        """Rebuild the send list with the current copies and addresses."""
        self.fan_out.refresh(self.consumers)

    def forward_late(self, packet: bytes) -> None:
        """Forward an out-of-order packet to the copies that began before it."""
        sequence = int.from_bytes(packet[2:4], "big")
        for consumer in self.consumers:
            if consumer.covers(sequence):
                consumer.peer.send_rtp(consumer.copy(packet, sequence))

    def resend(self, consumer: Consumer, sequence: int) -> None:
        """Retransmit the packet with this sequence number of the subscriber."""
        own = sequence - consumer.sequence_offset & 0xFFFF
        packet = self._repair.ring.find(own)
        if packet is not None and consumer.repairs and consumer.covers(own):
            consumer.peer.send_rtp(consumer.retransmission(packet, own))

    # ---- what the publisher is asked for and reports -----------------------------------------------------------------

    def ask_keyframe(self, at: float) -> None:
        """Ask for a key frame, now or once `KEYFRAME_INTERVAL` has passed since the last request."""
        if self.ssrc is None or at - self._keyframe_asked_at < KEYFRAME_INTERVAL:
            self._keyframe_due = True
            return
        self._keyframe_asked_at, self._keyframe_due = at, False
        self._peer.send_rtcp(rtcp.keyframe_request(self._reporter, self.ssrc))

    def tick(self, at: float) -> None:
        """Ask again for missing packets, and drop old ones. Call it ten times per second."""
        if not self.is_video or self.ssrc is None:
            return
        self._repair.tick(at)
        if self._keyframe_due or self.waiting:
            self.ask_keyframe(at)

    def rate(self, at: float) -> None:
        """Measure `bits_per_second` since the last call. Call it about once per second."""
        if at > self._rated_at:
            self.bits_per_second = 8 * (self.reception.octets - self._octets_before) / (at - self._rated_at)
        self._octets_before, self._rated_at = self.reception.octets, at

    def sender_reported(self, report: rtcp.SenderReport, at: float) -> None:
        """Keep the publisher's report and send it in each subscriber's own numbers, so that lips match words."""
        self.reception.sender_reported(report, at)
        for consumer in self.consumers:
            consumer.peer.send_rtcp(rtcp.sender_report(consumer.report(self.reception, report, at)))

    def _picture(self, packet: Bytes) -> vp8.Picture | None:
        if packet[1] & 127 != rtp.VP8:
            return None
        return vp8.picture(packet, len(packet), rtp.header_size(packet, len(packet)))
