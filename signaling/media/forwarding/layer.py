"""One quality of a feed: one incoming stream, counted and repaired, and who gets it."""

from collections.abc import Callable

from signaling.media.engine import MediaKind
from signaling.media.formats import h264, rtcp, rtp, vp8
from signaling.media.formats.rtp import Bytes
from signaling.media.forwarding.fan_out import Copy, FanOut
from signaling.media.forwarding.reception import Reception
from signaling.media.forwarding.repair import Repair
from signaling.media.transport.peer import Peer

KEYFRAME_INTERVAL = 0.3
"""Seconds between two requests for a key frame, however many subscribers need one."""
ALIVE_SECONDS = 1.0
"""A layer that brings no packet for this long is not sent now: browsers stop larger layers when short of power."""

Begins = Callable[[Bytes, int, int], bool]
_BEGINS: dict[int, Begins] = {
    rtp.VP8: vp8.begins_keyframe,
    rtp.H264: h264.begins_keyframe,
}


class Consumer(Copy):
    """A subscriber's copy of a feed, and the layers it takes it from.

    `layer` is copied now; `awaited` is the one to go on with from its next key frame.
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
        """Go on with what is copied now."""
        if self.awaited is not None:
            self.awaited.waiting.remove(self)
            self.awaited = None

    def covers(self, sequence: int) -> bool:
        """False for a packet of the source from before this copy began with it, which nobody was promised."""
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
        """Who gets it now."""
        self.waiting: list[Consumer] = []
        """Who gets it from its next key frame."""
        self.bits_per_second = 0.0
        self._keyframe_asked_at, self._keyframe_due = 0.0, False
        self._octets_before, self._rated_at = 0, 0.0

    def alive(self, at: float) -> bool:
        """True while packets come."""
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
        """Repair and history of a picture's packet; its bytes as they are kept."""
        if gap and not self._repair.close_gap(sequence, gap):
            self._keyframe_due = True
        kept = bytes(packet)
        self._repair.ring.keep(sequence, kept, self.reception.arrival)
        return kept

    def recover(self, packet: bytes, arrival: float) -> bool:
        """True when this packet had been missing; it is kept then."""
        if not self._repair.recover(packet, arrival):
            return False
        self.reception.packets += 1
        return True

    # ---- who gets it -----------------------------------------------------------------------------------------------

    def join(self, consumer: Consumer, at: float) -> None:
        """Give this subscriber the stream, from the next packet that can be begun with."""
        consumer.stop_waiting()
        consumer.awaited = self
        self.waiting.append(consumer)
        if self.is_video:
            self.ask_keyframe(at)

    def begin(self, packet: Bytes, header: int) -> None:
        """All who wait begin with this packet, if that is possible, and leave what they got before."""
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
        """True for the first packet of its picture that a decoder can begin with; later ones lack what went before."""
        if not begins(packet, len(packet), header):
            return False
        sequence, timestamp = int.from_bytes(packet[2:4], "big"), packet[4:8]
        find = self._repair.ring.find
        while (before := find(sequence := sequence - 1 & 0xFFFF)) is not None and before[4:8] == timestamp:
            if begins(before, len(before), rtp.header_size(before, len(before))):
                return False
        return True

    def part(self, consumer: Consumer) -> None:
        """Give this subscriber no more of it."""
        if consumer.layer is not self:
            return
        last = self._repair.ring.find(self.reception.highest & 0xFFFF)
        consumer.stop(self.reception, None if last is None else self._picture(last))
        consumer.layer = None
        self.consumers.remove(consumer)
        self.refresh()

    def refresh(self) -> None:
        """Send to those who get it, at their addresses of now."""
        self.fan_out.refresh(self.consumers)

    def forward_late(self, packet: bytes) -> None:
        """Give a packet that came out of its turn to those whose copy had begun before it."""
        sequence = int.from_bytes(packet[2:4], "big")
        for consumer in self.consumers:
            if consumer.covers(sequence):
                consumer.peer.send_rtp(consumer.copy(packet, sequence))

    def resend(self, consumer: Consumer, sequence: int) -> None:
        """Send again what this subscriber knows under this sequence number."""
        own = sequence - consumer.sequence_offset & 0xFFFF
        packet = self._repair.ring.find(own)
        if packet is not None and consumer.repairs and consumer.covers(own):
            consumer.peer.send_rtp(consumer.retransmission(packet, own))

    # ---- what the publisher is asked for and reports -----------------------------------------------------------------

    def ask_keyframe(self, at: float) -> None:
        """Ask for a key frame, now or when the last request is old enough."""
        if self.ssrc is None or at - self._keyframe_asked_at < KEYFRAME_INTERVAL:
            self._keyframe_due = True
            return
        self._keyframe_asked_at, self._keyframe_due = at, False
        self._peer.send_rtcp(rtcp.keyframe_request(self._reporter, self.ssrc))

    def tick(self, at: float) -> None:
        """Ten times a second: ask again for what did not come, and forget what nobody will ask for."""
        if not self.is_video or self.ssrc is None:
            return
        self._repair.tick(at)
        if self._keyframe_due or self.waiting:
            self.ask_keyframe(at)

    def rate(self, at: float) -> None:
        """About once a second: how much it brings."""
        if at > self._rated_at:
            self.bits_per_second = 8 * (self.reception.octets - self._octets_before) / (at - self._rated_at)
        self._octets_before, self._rated_at = self.reception.octets, at

    def sender_reported(self, report: rtcp.SenderReport, at: float) -> None:
        """Keep the publisher's report and pass it on in each subscriber's own numbers, so that lips match words."""
        self.reception.sender_reported(report, at)
        for consumer in self.consumers:
            consumer.peer.send_rtcp(rtcp.sender_report(consumer.report(self.reception, report, at)))

    def _picture(self, packet: Bytes) -> vp8.Picture | None:
        if packet[1] & 127 != rtp.VP8:
            return None
        return vp8.picture(packet, len(packet), rtp.header_size(packet, len(packet)))
