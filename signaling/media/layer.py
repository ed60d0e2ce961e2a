"""One quality of a feed: one incoming stream, accounted, repaired and kept for a second, and who gets it."""

from collections.abc import Callable

from signaling.media import h264, rtcp, rtp, vp8
from signaling.media.engine import MediaKind
from signaling.media.fan_out import Consumer, FanOut
from signaling.media.peer import Peer
from signaling.media.reception import Missing, Reception, Ring
from signaling.media.rtp import Bytes

KEYFRAME_INTERVAL = 0.3
"""Key frames are asked for at most this often, however many subscribers need one; seconds."""
ALIVE_SECONDS = 1.0
"""A layer that brings no packet for so long is not sent now; browsers stop their larger layers when short of power."""

Begins = Callable[[Bytes, int, int], bool]
_BEGINS: dict[int, Begins] = {
    rtp.VP8: vp8.begins_keyframe,
    rtp.H264: h264.begins_keyframe,
}


class Layer:
    """A stream of one quality; `rid` is empty where a feed has only one."""

    __slots__ = (
        "_keyframe_asked_at", "_keyframe_due", "_missing", "_octets_before", "_peer", "_rated_at", "_reporter",
        "bits_per_second", "fan_out", "is_video", "reception", "rid", "ring", "ssrc", "waiting",
    )  # fmt: skip

    def __init__(self, kind: MediaKind, rid: str, peer: Peer, reporter: int) -> None:
        self.rid, self.is_video, self._peer, self._reporter = rid, kind != "audio", peer, reporter
        self.ssrc: int | None = None
        self.reception = Reception(rtp.CLOCK_RATES[kind])
        self.ring, self.fan_out = Ring(), FanOut(peer.wire)
        self.waiting: list[Consumer] = []
        self.bits_per_second = 0.0
        self._missing = Missing()
        self._keyframe_asked_at, self._keyframe_due = 0.0, False
        self._octets_before, self._rated_at = 0, 0.0

    def alive(self, at: float) -> bool:
        """True while packets come."""
        return self.reception.packets > 0 and at - self.reception.arrival < ALIVE_SECONDS

    def bind(self, ssrc: int) -> None:
        """The stream is this one from now on; those who got another begin with it anew."""
        if self.ssrc is not None and self.ssrc != ssrc:
            for consumer in list(self.fan_out.attached):
                self.part(consumer)
                self.join(consumer, 0.0)
            self.reception.restart()
            self.ring, self._missing, self._octets_before = Ring(), Missing(), 0
        self.ssrc = ssrc

    def keep(self, packet: memoryview, sequence: int, gap: int) -> bytes:
        """Repair and history of a picture's packet; its bytes as they are kept."""
        if gap:
            self._repair(sequence, gap)
        kept = bytes(packet)
        self.ring.keep(sequence, kept, self.reception.arrival)
        return kept

    def recover(self, packet: bytes, arrival: float) -> bool:
        """True when this packet had been missing; it is kept then."""
        sequence = int.from_bytes(packet[2:4], "big")
        if not self._missing.arrived(sequence):
            return False
        self.ring.keep(sequence, packet, arrival)
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
        self.fan_out.attached += self.waiting
        self.waiting = []
        self.fan_out.refresh()

    def _begins_here(self, begins: Begins, packet: Bytes, header: int) -> bool:
        """True for the first packet of its picture that a decoder can begin with; later ones lack what went before."""
        if not begins(packet, len(packet), header):
            return False
        sequence, timestamp = int.from_bytes(packet[2:4], "big"), packet[4:8]
        while (before := self.ring.find(sequence := sequence - 1 & 0xFFFF)) is not None and before[4:8] == timestamp:
            if begins(before, len(before), rtp.header_size(before, len(before))):
                return False
        return True

    def part(self, consumer: Consumer) -> None:
        """Give this subscriber no more of it."""
        if consumer.layer is not self:
            return
        last = self.ring.find(self.reception.highest & 0xFFFF)
        consumer.stop(self.reception, None if last is None else self._picture(last))
        consumer.layer = None
        self.fan_out.attached.remove(consumer)
        self.fan_out.refresh()

    def forward_late(self, packet: bytes) -> None:
        """Give a packet that came out of its turn to those whose copy had begun before it."""
        sequence = int.from_bytes(packet[2:4], "big")
        for consumer in self.fan_out.attached:
            if consumer.covers(sequence):
                consumer.peer.send_rtp(consumer.copy(packet, sequence))

    def resend(self, consumer: Consumer, sequence: int) -> None:
        """Send again what this subscriber knows under this sequence number."""
        own = sequence - consumer.sequence_offset & 0xFFFF
        packet = self.ring.find(own)
        if packet is not None and consumer.repairs and consumer.covers(own):
            consumer.peer.send_rtp(consumer.retransmission(packet, own))

    # ---- what is asked of the publisher, and told to it ------------------------------------------------------------

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
        self.ring.forget(at)
        overdue = self._missing.overdue()
        if overdue:
            self._peer.send_rtcp(rtcp.nack(self._reporter, self.ssrc, overdue))
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
        for consumer in self.fan_out.attached:
            consumer.peer.send_rtcp(rtcp.sender_report(consumer.report(self.reception, report, at)))

    def _repair(self, sequence: int, gap: int) -> None:
        if gap < 0:
            self._missing.arrived(sequence)
            return
        lost = self._missing.after_gap(sequence, gap)
        if lost and self.ssrc is not None:
            self._peer.send_rtcp(rtcp.nack(self._reporter, self.ssrc, lost))
        elif not lost:
            self._keyframe_due = True

    def _picture(self, packet: Bytes) -> vp8.Picture | None:
        if packet[1] & 127 != rtp.VP8:
            return None
        return vp8.picture(packet, len(packet), rtp.header_size(packet, len(packet)))
