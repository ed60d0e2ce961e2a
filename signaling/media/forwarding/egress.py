"""What one seat receives: audio slots for the current speakers, and pictures in the quality its path carries."""

from collections.abc import Callable, Mapping, Sequence

from signaling.media import speakers
from signaling.media.allocator import AUDIO_BITS, Choice, allocate
from signaling.media.engine import FeedId, MediaKind, Offer, Seat, TileSize
from signaling.media.formats import rtcp, rtp, sdp_text
from signaling.media.formats.sdp import Description
from signaling.media.formats.sdp_text import Outgoing
from signaling.media.forwarding.downlink import Downlink
from signaling.media.forwarding.ingress import Producer
from signaling.media.forwarding.layer import Consumer
from signaling.media.forwarding.loss import LossShare
from signaling.media.forwarding.slot import Slot
from signaling.media.speakers import AUDIO_SLOTS, Voice
from signaling.media.transport.peer import Peer

NewSsrc = Callable[[], int]
UNNAMED = TileSize(320, 180)
"""The assumed tile of a picture that the page has not named yet."""
MAX_TILES = 256
"""Tiles of one page; further ones are ignored."""


class Egress:
    """The subscribing side of a seat."""

    def __init__(self, seat: Seat, peer: Peer, connection_id: str, new_ssrc: NewSsrc) -> None:
        self.seat, self.peer, self.connection_id = seat, peer, connection_id
        self.offer_id = 0
        self.answered = False
        self.refused: tuple[str, ...] = ()
        """The media ids of pictures that were reported as refused."""
        self.downlink = Downlink()
        self._loss = LossShare()
        self.tiles: Mapping[FeedId, TileSize | None] = {}
        self._new_ssrc = new_ssrc
        self._wanted_voices: frozenset[FeedId] = frozenset()
        self.slots: list[Slot] = [self._voice_slot(str(number)) for number in range(AUDIO_SLOTS)]
        peer.owner, peer.on_rtcp, peer.on_moved = self, self._take_rtcp, self._moved

    @property
    def feeds(self) -> dict[str, FeedId]:
        """The feeds outside the audio slots, by media id."""
        return {slot.mid: slot.feed for slot in self.slots if slot.feed is not None and not slot.is_voice}

    @property
    def voices(self) -> dict[str, FeedId]:
        """The feeds in the audio slots, by media id."""
        return {slot.mid: slot.feed for slot in self._voice_slots if slot.feed is not None}

    @property
    def voice_mids(self) -> tuple[str, ...]:
        """The media ids of the audio slots."""
        return tuple(slot.mid for slot in self._voice_slots)

    @property
    def forwarded(self) -> int:
        """Packets sent to this seat."""
        return sum(slot.consumer.forwarded for slot in self.slots if slot.consumer is not None)

    @property
    def round_trip(self) -> float:
        """The longest known round trip, in seconds; 0 while unknown."""
        return max((slot.consumer.round_trip for slot in self.slots if slot.consumer is not None), default=0.0)

    @property
    def layers(self) -> dict[str, str]:
        """The rid of each picture that is sent, by media id."""
        sent = ((slot.mid, slot.consumer.layer) for slot in self._pictures if slot.consumer is not None)
        return {mid: layer.rid for mid, layer in sent if layer is not None}

    @property
    def _voice_slots(self) -> list[Slot]:
        return self.slots[:AUDIO_SLOTS]

    @property
    def _pictures(self) -> list[Slot]:
        return self.slots[AUDIO_SLOTS:]

    # ---- what is carried -------------------------------------------------------------------------------------------

    def want(self, feeds: Sequence[FeedId]) -> bool:
        """Carry exactly these feeds; True when the subscriber must agree to a new offer."""
        self._wanted_voices = frozenset(feed for feed in feeds if feed.kind == "audio")
        carried, wanted = set(self.feeds.values()), {feed for feed in feeds if feed.kind != "audio"}
        for slot in self._pictures:
            if slot.feed is not None and slot.feed not in wanted:
                slot.empty()
        for feed in dict.fromkeys(feeds):
            if feed in wanted - carried:
                self._free(feed.kind).fill(feed, self._consumer(feed.kind))
        return carried != wanted or not self.offer_id

    def sections(self) -> list[Outgoing]:
        """All media sections in order, for an offer."""
        return [slot.outgoing() for slot in self.slots]

    def offer(self, number: int, sdp: str) -> Offer:
        """The offer of the current sections, under this number."""
        self.offer_id = number
        return Offer(number, self.connection_id, sdp, self.feeds, self.voice_mids)

    def accept(self, answer: Description) -> None:
        """Send in those sections, and in those formats, that the subscriber agreed to."""
        taken = {section.mid: sdp_text.agreed(section) for section in answer.sections}
        for slot in self.slots:
            slot.agree(taken.get(slot.mid, frozenset()))

    def connect(self, producers: Mapping[FeedId, Producer]) -> None:
        """Take each agreed feed from its current producer; a voice that is no longer published frees its slot."""
        for slot in self.slots:
            producer = producers.get(slot.feed) if self.peer.secured and slot.feed is not None else None
            slot.connect(producer if slot.takes(producer) else None)
            if slot.is_voice and slot.producer is None:
                slot.feed = None

    def hear(self, voices: Sequence[Voice], producers: Mapping[FeedId, Producer], at: float) -> bool:
        """Put the speakers into the audio slots; True when that changed the slots."""
        open_slots = [slot for slot in self._voice_slots if self.peer.secured and rtp.OPUS in (slot.agreed or ())]
        before = [slot.feed for slot in open_slots]
        after = speakers.assign(before, [voice for voice in voices if voice.feed in self._wanted_voices])
        for slot, feed in zip(open_slots, after, strict=True):
            producer = producers.get(feed) if feed is not None else None
            slot.feed = feed
            slot.connect(producer)
            if producer is not None:
                slot.aim(next(iter(producer.layers.values())), at)
        return before != after

    def allocate(self, speaking: Sequence[str], at: float) -> None:
        """Choose the layer of each picture by its tile and the path's budget."""
        carried = {slot.feed: slot for slot in self._pictures if slot.feed is not None and slot.producer is not None}
        choices = [self._choice(feed, slot, at) for feed, slot in carried.items()]
        budget = self.downlink.bits_per_second - AUDIO_BITS * len(self.voices)
        given = allocate(budget, choices, speaking)
        for feed, slot in carried.items():
            rid = given.get(feed)
            slot.aim(slot.producer.layers[rid] if slot.producer is not None and rid is not None else None, at)

    def look_for_refusals(self, producers: Mapping[FeedId, Producer]) -> bool:
        """Find the pictures that are not sent because their format was refused; True when these changed."""
        carried = [(slot, producers.get(slot.feed)) for slot in self._pictures if slot.feed is not None]
        before, self.refused = self.refused, tuple(slot.mid for slot, producer in carried if slot.refuses(producer))
        return self.refused != before

    def close(self) -> None:
        """Empty all slots."""
        for slot in self.slots:
            slot.empty()

    def _choice(self, feed: FeedId, slot: Slot, at: float) -> Choice:
        layers = slot.producer.alive(at) if slot.producer is not None else []
        if not layers and slot.producer is not None:
            layers = list(slot.producer.layers.values())[:1]
        rated = [(layer.rid, layer.bits_per_second) for layer in layers]
        return Choice(feed, rated, self.tiles.get(feed, UNNAMED), None if slot.goal is None else slot.goal.rid)

    def _voice_slot(self, mid: str) -> Slot:
        slot = Slot("audio", mid)
        slot.consumer = self._consumer("audio")
        return slot

    def _free(self, kind: MediaKind) -> Slot:
        free = next((slot for slot in self._pictures if slot.feed is None and slot.kind == kind), None)
        if free is None:
            free = Slot(kind, str(len(self.slots)))
            self.slots.append(free)
        return free

    def _consumer(self, kind: MediaKind) -> Consumer:
        return Consumer(self.peer, rtp.CLOCK_RATES[kind], self._new_ssrc(), self._new_ssrc())

    # ---- what the subscriber reports -------------------------------------------------------------------------------

    def _moved(self) -> None:
        for slot in self.slots:
            if slot.consumer is not None and slot.consumer.layer is not None:
                slot.consumer.layer.refresh()

    def _take_rtcp(self, data: bytes, at: float) -> None:
        consumers = {slot.consumer.ssrc: slot.consumer for slot in self.slots if slot.consumer is not None}
        for report in rtcp.read(data):
            if isinstance(report, rtcp.Estimate):
                self.downlink.estimated(report.bits_per_second, self._sent, at)
            elif isinstance(report, rtcp.ReceiverReport):
                self._take_blocks(report.blocks, consumers, at)
            elif (consumer := consumers.get(report.ssrc)) is not None:
                _obey(consumer, report, at)

    def _take_blocks(self, blocks: Sequence[rtcp.ReportBlock], consumers: Mapping[int, Consumer], at: float) -> None:
        known = [(consumers[block.ssrc], block) for block in blocks if block.ssrc in consumers]
        for consumer, block in known:
            consumer.heard_back(block.last_sender_report, block.delay_since / 65_536, at)
        share = self._loss.of(block for _, block in known)
        if share is not None:
            self.downlink.lost(share, self._sent, at)

    @property
    def _sent(self) -> float:
        """The bits per second that are sent now, by the rates of the layers."""
        layers = (slot.consumer.layer for slot in self.slots if slot.consumer is not None)
        return sum(layer.bits_per_second for layer in layers if layer is not None)


def _obey(consumer: Consumer, report: rtcp.Report, at: float) -> None:
    if isinstance(report, rtcp.Nack) and consumer.layer is not None:
        for sequence in report.sequences:
            consumer.layer.resend(consumer, sequence)
    elif isinstance(report, rtcp.KeyframeRequest):
        layer = consumer.awaited or consumer.layer
        if layer is not None and layer.is_video:
            layer.ask_keyframe(at)
