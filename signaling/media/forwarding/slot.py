"""One media section of a subscriber: only emptied and refilled, never removed, so that section numbers stay."""

from signaling.media.engine import FeedId, MediaKind
from signaling.media.formats import rtp
from signaling.media.formats.sdp_text import Outgoing, OutgoingStream
from signaling.media.forwarding.ingress import Producer
from signaling.media.forwarding.layer import Consumer, Layer


class Slot:
    """A section, the feed in it, and the copy of that feed."""

    __slots__ = ("agreed", "consumer", "feed", "kind", "mid", "producer")

    def __init__(self, kind: MediaKind, mid: str) -> None:
        self.kind, self.mid = kind, mid
        self.feed: FeedId | None = None
        self.consumer: Consumer | None = None
        self.producer: Producer | None = None
        self.agreed: frozenset[int] | None = None
        """The canonical payload types that the subscriber accepts here; None before its answer."""

    @property
    def is_voice(self) -> bool:
        """True for an audio slot, whose feed changes without the subscriber's agreement."""
        return self.kind == "audio"

    @property
    def goal(self) -> Layer | None:
        """The layer that is carried now, or from its next key frame."""
        return None if self.consumer is None else self.consumer.awaited or self.consumer.layer

    def fill(self, feed: FeedId, consumer: Consumer) -> None:
        """Carry this feed, once the subscriber has agreed."""
        self.feed, self.consumer, self.agreed = feed, consumer, None

    def takes(self, producer: Producer | None) -> bool:
        """True when the subscriber has agreed to the format of this feed."""
        return producer is not None and self.agreed is not None and producer.format in self.agreed

    def refuses(self, producer: Producer | None) -> bool:
        """True when the subscriber has answered without the format of this feed."""
        return producer is not None and self.agreed is not None and producer.format not in self.agreed

    def agree(self, formats: frozenset[int]) -> None:
        """The subscriber accepts these formats; feeds in other formats stop."""
        self.agreed = formats
        if self.consumer is not None:
            self.consumer.repairs = not formats.isdisjoint(rtp.REPAIRED)

    def empty(self) -> None:
        """Carry nothing."""
        self.connect(None)
        self.feed = self.consumer = None

    def connect(self, producer: Producer | None) -> None:
        """Take the feed from this producer from now on; `aim` chooses the layer."""
        if producer is not self.producer:
            self.aim(None, 0.0)
            self.producer = producer

    def aim(self, layer: Layer | None, at: float) -> None:
        """Carry this layer, from its next key frame; None pauses."""
        if self.consumer is None or layer is self.goal:
            return
        self.consumer.stop_waiting()
        if layer is None and self.consumer.layer is not None:
            self.consumer.layer.part(self.consumer)
        elif layer is not None and layer is not self.consumer.layer:
            layer.join(self.consumer, at)

    def outgoing(self) -> Outgoing:
        """The section as an offer states it."""
        if self.consumer is None or (self.feed is None and not self.is_voice):
            return Outgoing(self.kind, self.mid, None)
        named = self.feed.connection if self.feed is not None and not self.is_voice else f"voice-{self.mid}"
        return Outgoing(self.kind, self.mid, OutgoingStream(named, self.consumer.ssrc, self.consumer.repair_ssrc))
