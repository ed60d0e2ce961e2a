"""What one seat receives: media sections that are used again, each with a consumer of one feed."""

from collections.abc import Callable, Mapping, Sequence

from signaling.media import rtcp, rtp
from signaling.media.engine import FeedId, MediaKind, Seat
from signaling.media.fan_out import Consumer
from signaling.media.ingress import Producer
from signaling.media.peer import Peer
from signaling.media.sdp import Description
from signaling.media.sdp_text import Outgoing, OutgoingStream

NewSsrc = Callable[[], int]


class Slot:
    """A media section: never removed, only emptied and filled again, so that section numbers stay."""

    __slots__ = ("accepted", "consumer", "feed", "kind", "mid", "producer")

    def __init__(self, kind: MediaKind, mid: str) -> None:
        self.kind, self.mid = kind, mid
        self.feed: FeedId | None = None
        self.consumer: Consumer | None = None
        self.producer: Producer | None = None
        self.accepted = False

    @property
    def forwarded(self) -> int:
        """Packets sent of the feed that is carried now."""
        if self.consumer is None:
            return 0
        return self.consumer.forwarded(self.producer.reception if self.producer else None)

    def fill(self, feed: FeedId, consumer: Consumer) -> None:
        """Carry this feed, once the subscriber has agreed."""
        self.feed, self.consumer, self.accepted = feed, consumer, False

    def empty(self) -> None:
        """Carry nothing."""
        self.connect(None, 0.0)
        self.feed = self.consumer = None

    def connect(self, producer: Producer | None, at: float) -> None:
        """Take the feed from this producer."""
        if producer is self.producer or self.consumer is None:
            return
        if self.producer is not None:
            self.producer.part(self.consumer)
        if producer is not None:
            producer.join(self.consumer, at)
        self.producer = producer

    def outgoing(self) -> Outgoing:
        """The section as an offer states it."""
        if self.feed is None or self.consumer is None:
            return Outgoing(self.kind, self.mid, None)
        stream = OutgoingStream(self.feed.connection, self.consumer.ssrc, self.consumer.repair_ssrc)
        return Outgoing(self.kind, self.mid, stream)


class Egress:
    """The subscribing side of a seat."""

    def __init__(self, seat: Seat, peer: Peer, connection_id: str, new_ssrc: NewSsrc) -> None:
        self.seat, self.peer, self.connection_id = seat, peer, connection_id
        self.slots: list[Slot] = []
        self.offer_id = 0
        self.answered = False
        self._new_ssrc = new_ssrc
        peer.on_rtcp, peer.on_moved = self._take_rtcp, self._moved

    @property
    def feeds(self) -> dict[str, FeedId]:
        """What is carried, by media id."""
        return {slot.mid: slot.feed for slot in self.slots if slot.feed is not None}

    @property
    def forwarded(self) -> int:
        """Packets sent to this seat."""
        return sum(slot.forwarded for slot in self.slots)

    def want(self, feeds: Sequence[FeedId]) -> bool:
        """Carry exactly these; True when that changes anything."""
        carried, wanted = set(self.feeds.values()), set(feeds)
        for slot in self.slots:
            if slot.feed is not None and slot.feed not in wanted:
                slot.empty()
        for feed in dict.fromkeys(feeds):
            if feed not in carried:
                self._free(feed.kind).fill(feed, self._consumer(feed.kind))
        return carried != wanted

    def sections(self) -> list[Outgoing]:
        """All media sections in order, for an offer."""
        return [slot.outgoing() for slot in self.slots]

    def accept(self, answer: Description) -> None:
        """Send in those sections that the subscriber agreed to."""
        receiving = {section.mid for section in answer.sections if section.receives}
        for slot in self.slots:
            slot.accepted = slot.mid in receiving

    def connect(self, producers: Mapping[FeedId, Producer], at: float) -> None:
        """Take each agreed feed from whoever publishes it now."""
        for slot in self.slots:
            ready = self.peer.secured and slot.accepted and slot.feed is not None
            slot.connect(producers.get(slot.feed) if ready and slot.feed is not None else None, at)

    def close(self) -> None:
        """Take nothing any more."""
        for slot in self.slots:
            slot.empty()

    def _free(self, kind: MediaKind) -> Slot:
        free = next((slot for slot in self.slots if slot.feed is None and slot.kind == kind), None)
        if free is None:
            free = Slot(kind, str(len(self.slots)))
            self.slots.append(free)
        return free

    def _consumer(self, kind: MediaKind) -> Consumer:
        return Consumer(self.peer, rtp.CLOCK_RATES[kind], self._new_ssrc(), self._new_ssrc())

    def _moved(self) -> None:
        for slot in self.slots:
            if slot.producer is not None:
                slot.producer.fan_out.refresh()

    def _take_rtcp(self, data: bytes, at: float) -> None:
        slots = {slot.consumer.ssrc: slot for slot in self.slots if slot.consumer is not None}
        for report in rtcp.read(data):
            slot = slots.get(report.ssrc)
            if slot is None or slot.consumer is None or slot.producer is None:
                continue
            if isinstance(report, rtcp.Nack):
                self._resend(slot.consumer, slot.producer, report.sequences)
            elif isinstance(report, rtcp.KeyframeRequest) and slot.producer.is_video:
                slot.producer.ask_keyframe(at)

    def _resend(self, consumer: Consumer, producer: Producer, sequences: Sequence[int]) -> None:
        for sequence in sequences:
            packet = producer.ring.find(sequence - consumer.sequence_offset & 0xFFFF)
            if packet is not None and consumer in producer.fan_out.attached:
                self.peer.send_rtp(consumer.retransmission(packet, sequence))
