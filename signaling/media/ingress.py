"""What one seat publishes: its streams, bound to their media sections, accounted, repaired and kept for a second."""

from collections.abc import Sequence

from signaling.media import rtcp, rtp
from signaling.media.engine import FeedId, Seat
from signaling.media.fan_out import Consumer, FanOut
from signaling.media.peer import Peer
from signaling.media.reception import Missing, Reception, Ring
from signaling.media.sdp_text import Incoming

KEYFRAME_INTERVAL = 0.5
"""Key frames are asked for at most this often, however many subscribers need one; seconds."""
LEVEL_WEIGHT = 0.1
"""Of one packet of 20 ms in the average audio level: it follows speech within about a fifth of a second."""


class Producer:
    """One published feed: one stream, and who gets it."""

    __slots__ = (
        "_keyframe_asked_at", "_keyframe_due", "_missing", "_peer", "_reporter",
        "fan_out", "feed", "is_video", "level", "reception", "ring", "ssrc",
    )  # fmt: skip

    def __init__(self, feed: FeedId, peer: Peer, reporter: int) -> None:
        self.feed, self._peer, self._reporter = feed, peer, reporter
        self.is_video = feed.kind == "video"
        self.ssrc: int | None = None
        self.reception = Reception(rtp.CLOCK_RATES[feed.kind])
        self.ring, self.fan_out = Ring(), FanOut()
        self.level = float(rtp.SILENCE)
        self._missing = Missing()
        self._keyframe_asked_at, self._keyframe_due = 0.0, False

    def bind(self, ssrc: int) -> None:
        """The stream is this one from now on; those who got another begin with it anew."""
        if self.ssrc is not None and self.ssrc != ssrc:
            self.fan_out.rewind(self.reception)
            self.reception.restart()
            self.ring, self._missing = Ring(), Missing()
        self.ssrc = ssrc

    def account(self, packet: memoryview, header: int, sequence: int, gap: int) -> bytes | memoryview:
        """Repair, level and history; the packet as it is to be forwarded."""
        if not self.is_video:
            level = rtp.extension(packet, header, rtp.AUDIO_LEVEL)
            if level:
                self.level += LEVEL_WEIGHT * ((level[0] & 127) - self.level)
            return packet
        if gap:
            self._repair(sequence, gap)
        kept = bytes(packet)
        self.ring.keep(sequence, kept, self.reception.arrival)
        return kept

    def may_begin(self, packet: bytes | memoryview, header: int) -> bool:
        """True when a subscriber can begin with this packet."""
        return not self.is_video or rtp.begins_vp8_keyframe(packet, len(packet), header)

    def recover(self, packet: bytes, arrival: float) -> bool:
        """True when this packet had been missing; it is kept then."""
        sequence = int.from_bytes(packet[2:4], "big")
        if not self._missing.arrived(sequence):
            return False
        self.ring.keep(sequence, packet, arrival)
        self.reception.packets += 1
        return True

    def join(self, consumer: Consumer, at: float) -> None:
        """Give this subscriber the feed, from the next packet it can begin with."""
        self.fan_out.join(consumer)
        if self.is_video:
            self.ask_keyframe(at)

    def part(self, consumer: Consumer) -> None:
        """Give this subscriber no more."""
        self.fan_out.part(consumer, self.reception)

    def ask_keyframe(self, at: float) -> None:
        """Ask the publisher for a key frame, now or when the last request is old enough."""
        if self.ssrc is None or at - self._keyframe_asked_at < KEYFRAME_INTERVAL:
            self._keyframe_due = True
            return
        self._keyframe_asked_at, self._keyframe_due = at, False
        self._peer.send_rtcp(rtcp.keyframe_request(self._reporter, self.ssrc))

    def tick(self, at: float) -> None:
        """Ten times a second: ask again for what did not come."""
        if not self.is_video or self.ssrc is None:
            return
        overdue = self._missing.overdue()
        if overdue:
            self._peer.send_rtcp(rtcp.nack(self._reporter, self.ssrc, overdue))
        if self._keyframe_due or self.fan_out.waiting:
            self.ask_keyframe(at)

    def sender_reported(self, report: rtcp.SenderReport, at: float) -> None:
        """Keep the publisher's report and pass it on in each subscriber's own numbers, so that lips match words."""
        self.reception.sender_reported(report, at)
        for consumer in self.fan_out.attached:
            translated = rtcp.SenderReport(
                ssrc=consumer.ssrc,
                ntp=report.ntp,
                timestamp=report.timestamp + consumer.timestamp_offset & 0xFFFFFFFF,
                packets=self.reception.packets + consumer.packets_offset,
                octets=self.reception.octets + consumer.octets_offset,
            )
            consumer.peer.send_rtcp(rtcp.sender_report(translated))

    def _repair(self, sequence: int, gap: int) -> None:
        if gap < 0:
            self._missing.arrived(sequence)
            return
        lost = self._missing.after_gap(sequence, gap)
        if lost and self.ssrc is not None:
            self._peer.send_rtcp(rtcp.nack(self._reporter, self.ssrc, lost))
        elif not lost:
            self._keyframe_due = True


class Ingress:
    """The publishing side of a seat."""

    def __init__(self, seat: Seat, peer: Peer, sections: Sequence[Incoming], reporter: int) -> None:
        self.seat, self.peer = seat, peer
        self.by_ssrc: dict[int, Producer] = {}
        self.producers: list[Producer] = []
        self._by_mid: dict[str, Producer] = {}
        self._repairs: dict[int, Producer] = {}
        self._reporter = reporter
        payload_types: dict[int, int] = {}
        extension_ids: dict[int, int] = {}
        for section in sections:
            self._add(section)
            payload_types |= section.payload_types
            extension_ids |= section.extension_ids
        self.translation = rtp.translation(payload_types, extension_ids)
        peer.ingress, peer.on_rtcp = self, self._take_rtcp

    @property
    def feeds(self) -> tuple[FeedId, ...]:
        """What this seat publishes."""
        return tuple(producer.feed for producer in self.producers)

    def _add(self, section: Incoming) -> None:
        producer = Producer(FeedId(self.seat.connection, section.kind), self.peer, self._reporter)
        self.producers.append(producer)
        self._by_mid[section.mid] = producer
        self._repairs.update(dict.fromkeys(section.repair_ssrcs, producer))
        if section.ssrcs:
            self.by_ssrc[section.ssrcs[0]] = producer
            producer.bind(section.ssrcs[0])

    def bind(self, packet: memoryview, header: int, ssrc: int) -> Producer | None:
        """The producer that an unknown SSRC belongs to, by the media section its packet names (RFC 9143)."""
        producer = self._named(packet, header)
        if producer is None:
            return None
        if producer.ssrc is not None:
            self.by_ssrc.pop(producer.ssrc, None)
        producer.bind(ssrc)
        self.by_ssrc[ssrc] = producer
        return producer

    def recover(self, packet: memoryview, size: int, header: int, arrival: float) -> tuple[Producer, bytes] | None:
        """The missing packet that a retransmission carries; None for padding and for what was never missed."""
        repair_ssrc = int.from_bytes(packet[8:12], "big")
        producer = self._repairs.get(repair_ssrc) or self._named(packet, header)
        if producer is None or not producer.is_video or producer.ssrc is None:
            return None
        self._repairs[repair_ssrc] = producer
        original = rtp.unwrap(packet, size, header, producer.ssrc)
        if original is None or not producer.recover(original, arrival):
            return None
        return producer, original

    def report(self, at: float) -> None:
        """Once a second: tell the publisher how its streams arrive."""
        blocks = [p.reception.report(p.ssrc, at) for p in self.producers if p.ssrc is not None and p.reception.packets]
        if blocks:
            self.peer.send_rtcp(rtcp.receiver_report(self._reporter, blocks))

    def _named(self, packet: memoryview, header: int) -> Producer | None:
        mid = rtp.extension(packet, header, rtp.MID)
        return self._by_mid.get(mid.decode("ascii", "replace")) if mid else None

    def _take_rtcp(self, data: bytes, at: float) -> None:
        for report in rtcp.read(data):
            producer = self.by_ssrc.get(report.ssrc)
            if isinstance(report, rtcp.SenderReport) and producer is not None:
                producer.sender_reported(report, at)
