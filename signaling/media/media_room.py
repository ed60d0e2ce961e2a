"""One room's media: its publishers and subscribers, and what connects them. No network, no clock."""

from collections.abc import Iterator, Mapping
from itertools import islice

from signaling.media.engine import FeedId, PicturesRefused, Seat, SeatStatistics, TileSize, VoicesChanged
from signaling.media.formats.rtp import SILENCE
from signaling.media.forwarding.egress import Egress
from signaling.media.forwarding.ingress import Ingress, Producer
from signaling.media.speakers import HEARD, Voice, loudest
from signaling.media.transport.peer import Peer

WITNESS_SECONDS = 1.0
"""Seconds between two signs of life of one seat."""
QUIET_SECONDS = 0.5
"""A microphone that has sent nothing for this long is silent (Opus sends nothing in silence)."""
VOICES_SECONDS = 0.5
"""Seconds between reassignments of slots among the same speakers; a new speaker gets a slot at once."""


class SeatMedia:
    """The two peer connections of one seat, either of which may be missing."""

    __slots__ = ("egress", "ingress", "published", "tiles", "witnessed_at")

    def __init__(self) -> None:
        self.ingress: Ingress | None = None
        self.egress: Egress | None = None
        self.published = False
        self.tiles: Mapping[FeedId, TileSize | None] = {}
        self.witnessed_at = 0.0

    def peers(self) -> Iterator[Peer]:
        """The seat's peer connections."""
        if self.ingress is not None:
            yield self.ingress.peer
        if self.egress is not None:
            yield self.egress.peer

    def new_evidence(self) -> float | None:
        """When the seat was last heard, in seconds of the clock; None within `WITNESS_SECONDS` of the last answer."""
        heard_at = max((peer.heard_at for peer in self.peers() if peer.heard_at > peer.created_at), default=0.0)
        if heard_at < self.witnessed_at + WITNESS_SECONDS:
            return None
        self.witnessed_at = heard_at
        return heard_at

    def statistics(self) -> SeatStatistics:
        """The seat's packets: received, forwarded to it, lost; and the state of its paths."""
        receptions = [layer.reception for layer in self.ingress.layers] if self.ingress else []
        return SeatStatistics(
            received=sum(reception.packets for reception in receptions),
            forwarded=self.egress.forwarded if self.egress else 0,
            lost=sum(reception.lost for reception in receptions),
            jitter_ms=max((reception.jitter_ms for reception in receptions), default=0.0),
            round_trip_ms=1_000 * self.egress.round_trip if self.egress else 0.0,
            budget=int(self.egress.downlink.bits_per_second) if self.egress else 0,
            layers=self.egress.layers if self.egress else {},
        )


class MediaRoom:
    """The seats of a room by connection."""

    def __init__(self) -> None:
        self.seats: dict[str, SeatMedia] = {}
        self.speaking: tuple[str, ...] = ()
        self._levels: dict[str, float] = {}
        self._heard: frozenset[str] = frozenset()
        self._voices_due_at = 0.0
        self._has_reconnected = False

    @property
    def producers(self) -> dict[FeedId, Producer]:
        """Every feed that is published now."""
        return {producer.feed: producer for ingress in self._publishing() for producer in ingress.producers}

    def connect(self, at: float) -> None:
        """Connect every subscriber to the current producers."""
        producers = self.producers
        for seat in self.seats.values():
            if seat.egress is not None:
                seat.egress.connect(producers)
        self._voices_due_at, self._has_reconnected = at, True
        self.allocate(at)

    def tick(self, at: float) -> None:
        """Ask publishers again for missing packets. Call it ten times per second."""
        for ingress in self._publishing():
            for layer in ingress.layers:
                layer.tick(at)

    def report(self, at: float, turn: int, turns: int) -> None:
        """For the seats of this turn: send reception reports to publishers, and let subscribers' budgets grow."""
        for seat in islice(self.seats.values(), turn, None, turns):
            if seat.ingress is not None:
                seat.ingress.report(at)
            if seat.egress is not None:
                seat.egress.downlink.grow(at)

    def allocate(self, at: float) -> None:
        """Choose each subscriber's pictures again, by tiles, speakers and budgets."""
        for seat in self.seats.values():
            if seat.egress is not None:
                seat.egress.tiles = seat.tiles
                seat.egress.allocate(self.speaking, at)

    def speakers_changed(self, at: float) -> bool:
        """Rank the speakers; True when the ranking changed."""
        sounds = [sound for ingress in self._publishing() for sound in ingress.producers if not sound.is_video]
        self._levels = {sound.feed.connection: _level(sound, at) for sound in sounds}
        before, self.speaking = self.speaking, loudest(self._levels)
        return self.speaking != before

    def give_voice(self, name: str, at: float) -> Iterator[VoicesChanged]:
        """Put the speakers of the last ranking into everybody's audio slots; `name` is the room's id."""
        heard = frozenset(connection for connection, level in self._levels.items() if level < HEARD)
        if heard == self._heard and at < self._voices_due_at:
            return
        self._heard, self._voices_due_at = heard, at + VOICES_SECONDS
        producers = self.producers
        voices = [
            Voice(feed, self._levels.get(feed.connection, SILENCE), producer.arrived_at())
            for feed, producer in producers.items()
            if not producer.is_video
        ]
        for connection, seat in self.seats.items():
            if seat.egress is not None and seat.egress.hear(voices, producers, at):
                yield VoicesChanged(Seat(name, connection), seat.egress.connection_id, seat.egress.voices)

    def refusals(self, name: str) -> Iterator[PicturesRefused]:
        """An event for each seat whose browser refuses other pictures than before; `name` is the room's id."""
        if not self._has_reconnected:
            return
        self._has_reconnected, producers = False, self.producers
        for connection, seat in self.seats.items():
            if seat.egress is not None and seat.egress.look_for_refusals(producers):
                yield PicturesRefused(Seat(name, connection), seat.egress.connection_id, seat.egress.refused)

    def _publishing(self) -> Iterator[Ingress]:
        return (seat.ingress for seat in self.seats.values() if seat.published and seat.ingress is not None)


def _level(sound: Producer, at: float) -> float:
    return sound.level if at - sound.arrived_at() < QUIET_SECONDS else SILENCE
