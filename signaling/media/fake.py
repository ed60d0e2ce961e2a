"""An engine without a network, for tests of rooms and of the gateway: every handshake succeeds at once.

It keeps the same promises as the real engines; one test suite checks all of them. A test causes what a network would
cause: `lose`, `witness`, `speak`.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import get_args

import msgspec

from domain.errors import MediaRefused
from signaling.media.engine import (
    Connected,
    FeedId,
    Lost,
    MediaEvent,
    MediaKind,
    Offer,
    Published,
    Seat,
    SeatStatistics,
    Side,
    Speaking,
    TileSize,
    Unpublished,
    Witnessed,
)
from signaling.media.event_stream import EventStream

OFFER = "v=0\r\nm=audio 9 RTP 111\r\nm=video 9 RTP 96\r\n"
"""An offer of a microphone and a camera, as far as this engine reads it."""
ANSWER = "v=0\r\n"
"""An answer that takes everything."""


class _Subscription(msgspec.Struct):
    connection_id: str
    offer_id: int
    feeds: dict[str, FeedId]
    accepted: bool = False


class _FakeSeat(msgspec.Struct):
    feeds: tuple[FeedId, ...] = ()
    subscription: _Subscription | None = None


class FakeMedia:
    """A `MediaEngine` that only remembers."""

    def __init__(self) -> None:
        self.tiles: dict[Seat, dict[FeedId, TileSize | None]] = {}
        """The last `view` of each seat."""
        self._rooms: dict[str, dict[str, _FakeSeat]] = {}
        self._events = EventStream()
        self._offer_ids, self._connection_ids = count(1), count(1)

    async def open_room(self, room: str) -> None:
        """Accept seats of this room."""
        self._rooms.setdefault(room, {})

    async def close_room(self, room: str) -> None:
        """Drop the room; no event follows."""
        self._rooms.pop(room, None)

    async def publish(self, seat: Seat, offer: str) -> str:
        """The same answer to every offer."""
        kinds: list[MediaKind] = [kind for kind in get_args(MediaKind) if f"\nm={kind} " in offer]
        if not offer.startswith("v=0") or not kinds:
            raise MediaRefused("The offer sends neither sound nor picture.")
        media = self._seat(seat)
        self._unpublish(seat, media)
        media.feeds = tuple(FeedId(seat.connection, kind) for kind in kinds)
        self._events.emit(Connected(seat, "publish"))
        self._events.emit(Published(seat, media.feeds))
        return ANSWER

    async def subscribe(self, seat: Seat, wants: Sequence[FeedId], *, fresh: bool = False) -> Offer | None:
        """An offer that names the feeds and nothing else."""
        media = self._seat(seat)
        published = {feed for each in self._rooms[seat.room].values() for feed in each.feeds}
        available = [feed for feed in dict.fromkeys(wants) if feed in published]
        if fresh:
            media.subscription = None
        before = media.subscription
        if before is None and not available:
            return None
        if before is None:
            before = media.subscription = _Subscription(f"fake-{next(self._connection_ids)}", 0, {})
        elif set(before.feeds.values()) == set(available):
            return None
        before.feeds = _by_mid(before.feeds, available)
        return self._offer(before)

    async def view(self, seat: Seat, tiles: Mapping[FeedId, TileSize | None]) -> None:
        """Remember the tiles."""
        self._seat(seat)
        self.tiles[seat] = dict(tiles)

    async def restart(self, seat: Seat) -> Offer | None:
        """The same offer under a new number."""
        subscription = self._seat(seat).subscription
        return self._offer(subscription) if subscription is not None and subscription.accepted else None

    async def accept(self, seat: Seat, offer_id: int, answer: str) -> None:
        """The subscriber is connected at once."""
        subscription = self._seat(seat).subscription
        if subscription is None or subscription.offer_id != offer_id:
            return
        if not answer.startswith("v=0"):
            raise MediaRefused("The answer is no session description.")
        if not subscription.accepted:
            subscription.accepted = True
            self._events.emit(Connected(seat, "subscribe"))

    async def leave(self, seat: Seat) -> None:
        """Drop the seat, and report its feeds as unpublished."""
        media = self._rooms.get(seat.room, {}).pop(seat.connection, None)
        if media is not None:
            self._unpublish(seat, media)

    async def statistics(self, room: str) -> dict[str, SeatStatistics]:
        """Zeros: no packet ever moves."""
        return {connection: SeatStatistics(0, 0, 0) for connection in self._rooms.get(room, {})}

    def events(self) -> AsyncIterator[MediaEvent]:
        """The events, in order."""
        return self._events.read()

    async def close(self) -> None:
        """End the events."""
        self._events.close()

    # ---- what a test makes happen ----------------------------------------------------------------------------------

    def lose(self, seat: Seat, side: Side) -> None:
        """Lose the network of one side."""
        media = self._seat(seat)
        self._events.emit(Lost(seat, side))
        if side == "publish":
            self._unpublish(seat, media)
        else:
            media.subscription = None

    def witness(self, seat: Seat, at: datetime) -> None:
        """Report that a packet of the seat arrived."""
        self._events.emit(Witnessed(seat, at))

    def speak(self, room: str, connections: Sequence[str]) -> None:
        """Report these as speakers, loudest first."""
        self._events.emit(Speaking(room, tuple(connections)))

    def _seat(self, seat: Seat) -> _FakeSeat:
        if seat.room not in self._rooms:
            raise MediaRefused("This room is not open.")
        return self._rooms[seat.room].setdefault(seat.connection, _FakeSeat())

    def _offer(self, subscription: _Subscription) -> Offer:
        subscription.offer_id = number = next(self._offer_ids)
        return Offer(number, subscription.connection_id, f"v=0\r\ns={number}\r\n", dict(subscription.feeds))

    def _unpublish(self, seat: Seat, media: _FakeSeat) -> None:
        if media.feeds:
            self._events.emit(Unpublished(seat, media.feeds))
        media.feeds = ()


def _by_mid(before: dict[str, FeedId], feeds: Sequence[FeedId]) -> dict[str, FeedId]:
    """Feeds by media id: a feed that stays keeps its id, and new feeds take free ids."""
    kept = {mid: feed for mid, feed in before.items() if feed in feeds}
    free = (str(number) for number in count() if str(number) not in kept)
    added = [feed for feed in feeds if feed not in kept.values()]
    return kept | dict(zip((next(free) for _ in added), added, strict=True))
