"""One room's media: who publishes, who subscribes, and what connects them. No network, no clock."""

from collections.abc import Iterator
from itertools import islice

from signaling.media.egress import Egress
from signaling.media.engine import FeedId, SeatStatistics
from signaling.media.ingress import Ingress, Producer
from signaling.media.peer import Peer
from signaling.media.rtp import SILENCE
from signaling.media.speakers import loudest

WITNESS_SECONDS = 1.0
QUIET_SECONDS = 0.5
"""A microphone that sends nothing for so long is silent (Opus sends nothing in silence)."""


class SeatMedia:
    """The two peer connections of one seat, either of which may be missing."""

    __slots__ = ("egress", "ingress", "published", "witnessed_at")

    def __init__(self) -> None:
        self.ingress: Ingress | None = None
        self.egress: Egress | None = None
        self.published = False
        self.witnessed_at = 0.0

    def peers(self) -> Iterator[Peer]:
        """The peer connections there are."""
        if self.ingress is not None:
            yield self.ingress.peer
        if self.egress is not None:
            yield self.egress.peer

    def new_evidence(self) -> float | None:
        """When the seat was heard last, if that is a second later than what was told before."""
        heard_at = max((peer.heard_at for peer in self.peers() if peer.heard_at > peer.created_at), default=0.0)
        if heard_at < self.witnessed_at + WITNESS_SECONDS:
            return None
        self.witnessed_at = heard_at
        return heard_at

    def statistics(self) -> SeatStatistics:
        """Packets from the seat, to the seat, and lost on the way from it."""
        receptions = [producer.reception for producer in self.ingress.producers] if self.ingress else []
        return SeatStatistics(
            received=sum(reception.packets for reception in receptions),
            forwarded=self.egress.forwarded if self.egress else 0,
            lost=sum(reception.lost for reception in receptions),
        )


class MediaRoom:
    """The seats of a room by connection."""

    def __init__(self) -> None:
        self.seats: dict[str, SeatMedia] = {}
        self.speaking: tuple[str, ...] = ()

    @property
    def producers(self) -> dict[FeedId, Producer]:
        """Every feed that is published now."""
        seats = (seat for seat in self.seats.values() if seat.published and seat.ingress is not None)
        return {producer.feed: producer for seat in seats if seat.ingress for producer in seat.ingress.producers}

    def connect(self, at: float) -> None:
        """Bring every subscriber to the producers as they are now."""
        producers = self.producers
        for seat in self.seats.values():
            if seat.egress is not None:
                seat.egress.connect(producers, at)

    def tick(self, at: float) -> None:
        """Ten times a second: ask publishers again for what is missing."""
        for producer in self.producers.values():
            producer.tick(at)

    def report(self, at: float, turn: int, turns: int) -> None:
        """Tell those publishers whose turn it is how they are received."""
        for seat in islice(self.seats.values(), turn, None, turns):
            if seat.ingress is not None:
                seat.ingress.report(at)

    def speakers_changed(self, at: float) -> bool:
        """Rank who is heard; True when that is not what it was."""
        before, self.speaking = self.speaking, loudest(self._levels(at))
        return self.speaking != before

    def _levels(self, at: float) -> dict[str, float]:
        audio = (producer for producer in self.producers.values() if not producer.is_video)
        return {
            producer.feed.connection: producer.level if at - producer.reception.arrival < QUIET_SECONDS else SILENCE
            for producer in audio
        }
