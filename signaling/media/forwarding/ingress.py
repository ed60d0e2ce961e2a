"""What one seat publishes: its feeds, each in one or more qualities, bound to their streams."""

from collections.abc import Sequence

from signaling.media.engine import FeedId, Seat
from signaling.media.formats import rtcp, rtp
from signaling.media.formats.sdp import Fingerprint
from signaling.media.formats.sdp_text import Incoming
from signaling.media.forwarding.layer import Layer
from signaling.media.forwarding.uplink import Uplink
from signaling.media.speakers import HEARD
from signaling.media.transport.peer import Peer

ATTACK, RELEASE = 0.3, 0.06
"""Weights of one 20 ms packet in the average level: speech is noticed within a tenth of a second, and lasts through
the pauses between words."""


class Producer:
    """One published feed."""

    __slots__ = ("feed", "format", "is_video", "layers", "level", "states_level")

    def __init__(self, feed: FeedId, section: Incoming, peer: Peer, reporter: int) -> None:
        self.feed, self.is_video, self.format = feed, feed.kind != "audio", section.format
        rids = section.rids or ("",)
        self.layers = {rid: Layer(feed.kind, rid, peer, reporter) for rid in rids}
        """By rid, smallest first."""
        self.states_level = rtp.AUDIO_LEVEL in section.extension_ids.values()
        self.level = float(rtp.SILENCE) if self.states_level else HEARD
        """-dBov. Without the extension, a sender counts as the quietest speech: it is heard when a slot is free."""

    def alive(self, at: float) -> list[Layer]:
        """The layers that receive packets now, smallest first."""
        return [layer for layer in self.layers.values() if layer.alive(at)]

    def arrived_at(self) -> float:
        """When the last packet arrived."""
        return max(layer.reception.arrival for layer in self.layers.values())

    def hear(self, packet: memoryview, header: int) -> None:
        """Update the level from the one that a sound packet states (RFC 6464)."""
        stated = rtp.extension(packet, header, rtp.AUDIO_LEVEL)
        if stated:
            change = (stated[0] & 127) - self.level
            self.level += (ATTACK if change < 0 else RELEASE) * change


class Ingress:
    """The publishing side of a seat."""

    def __init__(self, seat: Seat, peer: Peer, sections: Sequence[Incoming], reporter: int) -> None:
        self.seat, self.peer, self.sections = seat, peer, tuple(sections)
        self.fingerprints: tuple[Fingerprint, ...] = ()
        """Of the browser's certificate: an offer with the same ones belongs to the same connection."""
        self.remote_ufrag = ""
        self.by_ssrc: dict[int, tuple[Producer, Layer]] = {}
        """Each stream's feed, and its quality of that feed."""
        self.producers: list[Producer] = []
        self.uplink = Uplink()
        self._by_mid: dict[str, Producer] = {}
        self._repairs: dict[int, Layer] = {}
        self._reporter = reporter
        payload_types: dict[int, int] = {}
        extension_ids: dict[int, int] = {}
        for section in sections:
            self._add(section)
            payload_types |= section.payload_types
            extension_ids |= section.extension_ids
        self.translation = rtp.translation(payload_types, extension_ids)
        peer.owner, peer.on_rtcp = self, self._take_rtcp

    def is_of(self, fingerprints: tuple[Fingerprint, ...], sections: Sequence[Incoming]) -> bool:
        """True for another offer of this connection: only its owner has this certificate."""
        mids = [section.mid for section in sections]
        return fingerprints == self.fingerprints and mids == [section.mid for section in self.sections]

    @property
    def feeds(self) -> tuple[FeedId, ...]:
        """The feeds that this seat publishes."""
        return tuple(producer.feed for producer in self.producers)

    @property
    def layers(self) -> list[Layer]:
        """The layers of all feeds."""
        return [layer for producer in self.producers for layer in producer.layers.values()]

    def _add(self, section: Incoming) -> None:
        producer = Producer(FeedId(self.seat.connection, section.kind), section, self.peer, self._reporter)
        self.producers.append(producer)
        self._by_mid[section.mid] = producer
        if section.ssrcs and not section.rids:
            (layer,) = producer.layers.values()
            self._repairs.update(dict.fromkeys(section.repair_ssrcs, layer))
            self._bind(producer, layer, section.ssrcs[0])

    def bind(self, packet: memoryview, header: int, ssrc: int) -> tuple[Producer, Layer] | None:
        """Bind an unknown SSRC to the feed and layer that its packet names (RFC 9143, RFC 8852); None if unknown."""
        producer = self._named(packet, header)
        layer = producer.layers.get(_text(rtp.extension(packet, header, rtp.RID))) if producer else None
        if producer is None or layer is None:
            return None
        return self._bind(producer, layer, ssrc)

    def _bind(self, producer: Producer, layer: Layer, ssrc: int) -> tuple[Producer, Layer]:
        if layer.ssrc is not None:
            self.by_ssrc.pop(layer.ssrc, None)
        layer.bind(ssrc)
        self.by_ssrc[ssrc] = producer, layer
        return producer, layer

    def recover(self, packet: memoryview, size: int, header: int, arrival: float) -> tuple[Layer, bytes] | None:
        """The missing packet that a retransmission carries, and its layer; None for padding and unmissed packets."""
        repair_ssrc = int.from_bytes(packet[8:12], "big")
        layer = self._repairs.get(repair_ssrc) or self._repaired(packet, header)
        if layer is None or not layer.is_video or layer.ssrc is None:
            return None
        self._repairs[repair_ssrc] = layer
        original = rtp.unwrap(packet, size, header, layer.ssrc)
        if original is None or not layer.recover(original, arrival):
            return None
        return layer, original

    def report(self, at: float) -> None:
        """Report to the publisher how its streams arrive, and how much it may send. Call it once per second."""
        heard = [layer for layer in self.layers if layer.ssrc is not None and layer.reception.packets]
        blocks = [layer.reception.report(layer.ssrc or 0, at) for layer in heard]
        for layer in heard:
            layer.rate(at)
        if not blocks:
            return
        self.uplink.reported(blocks, sum(layer.bits_per_second for layer in heard))
        pictures = [layer.ssrc for layer in heard if layer.is_video and layer.ssrc is not None]
        report = rtcp.receiver_report(self._reporter, blocks)
        if pictures:
            report += rtcp.estimate(self._reporter, self.uplink.bits_per_second, pictures)
        self.peer.send_rtcp(report)

    def _named(self, packet: memoryview, header: int) -> Producer | None:
        return self._by_mid.get(_text(rtp.extension(packet, header, rtp.MID)))

    def _repaired(self, packet: memoryview, header: int) -> Layer | None:
        producer = self._named(packet, header)
        return producer.layers.get(_text(rtp.extension(packet, header, rtp.REPAIRED_RID))) if producer else None

    def _take_rtcp(self, data: bytes, at: float) -> None:
        for report in rtcp.read(data):
            bound = self.by_ssrc.get(report.ssrc)
            if isinstance(report, rtcp.SenderReport) and bound is not None:
                bound[1].sender_reported(report, at)


def _text(value: bytes | None) -> str:
    return value.decode("ascii", "replace") if value else ""
