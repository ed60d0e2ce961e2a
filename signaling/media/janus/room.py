"""One media room at one Janus server: its seats, their requests to Janus, and Janus's events about them."""

import secrets
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

import msgspec

from domain.errors import MediaRefused
from signaling.media.engine import (
    Connected,
    FeedId,
    Lost,
    Offer,
    Published,
    Seat,
    Speaking,
    TileSize,
    Unpublished,
    Witnessed,
)
from signaling.media.event_stream import EventStream
from signaling.media.formats import sdp, sdp_text
from signaling.media.janus import sdp as janus_sdp
from signaling.media.janus.connection import JanusConnection
from signaling.media.janus.protocol import Jsep, Said
from signaling.media.janus.seat import JanusSeat, Publication, Source, Subscription
from signaling.media.speakers import HEARD, loudest

MOST_PUBLISHERS = 100
"""Per room; Janus requires a bound."""
TALKING_PACKETS = 10
"""Packets over which Janus averages the level to detect talking: 0.2 s of speech, 4 s of sparse silence packets."""


class Surroundings(msgspec.Struct, frozen=True):
    """What all rooms of the engine share."""

    events: EventStream
    now: Callable[[], datetime]
    offer_ids: "count[int]"
    spawn: Callable[[Coroutine[None, None, None]], None]


class JanusRoom:
    """A room on its server; call `create` first."""

    def __init__(self, name: str, connection: JanusConnection, shared: Surroundings) -> None:
        self._name, self._connection, self._shared = name, connection, shared
        self._number, self._secret = secrets.randbits(48) + 1, secrets.token_hex(16)
        self.seats: dict[str, JanusSeat] = {}
        self._talking: dict[str, float] = {}

    @property
    def _door(self) -> dict[str, Any]:
        """What a request to enter must state."""
        return {"room": self._number, "pin": self._secret}

    async def create(self) -> None:
        """Create the room at Janus; finding and entering it needs its secret."""
        settings = {
            "is_private": True,
            "publishers": MOST_PUBLISHERS,
            "bitrate": sdp_text.VIDEO_BITS_PER_SECOND,
            "audiocodec": "opus",
            "videocodec": "vp8,h264",
            "opus_fec": True,
            "opus_dtx": True,
            "audiolevel_event": True,
            "audio_active_packets": TALKING_PACKETS,
            "audio_level_average": int(HEARD),
        }
        await self._connection.ask_room({"request": "create", "secret": self._secret} | self._door | settings)

    async def destroy(self) -> None:
        """Drop the room and all its seats; no event follows."""
        for seat in self.seats.values():
            await self._detach(seat.publication, seat.subscription)
        self.seats.clear()
        await self._connection.ask_room({"request": "destroy", "room": self._number, "secret": self._secret})

    # ---- what seats ask --------------------------------------------------------------------------------------------

    async def publish(self, seat: Seat, offer: str) -> str:
        """Janus's answer to a publisher's offer. An offer of the same connection restarts ICE; another replaces it."""
        media, description = self._seat(seat), sdp.read(offer)
        feeds = {section.mid: FeedId(seat.connection, section.kind) for section in sdp_text.incoming(description)}
        fingerprints = description.secrets.fingerprints
        jsep = Jsep("offer", janus_sdp.as_active(offer), janus_sdp.rid_order(description))
        again = media.publication
        if again is not None and again.up and (again.fingerprints, again.feeds) == (fingerprints, feeds):
            return (await self._connection.ask(again.handle, {"request": "configure", "update": True}, jsep)).sdp
        await self._unpublish(seat, media)
        publication = Publication(number=secrets.randbits(48) + 1, feeds=feeds, fingerprints=fingerprints)
        media.publication = publication
        publication.handle = await self._connection.attach(partial(self._hear_publication, seat, publication))
        joining = {"request": "joinandconfigure", "ptype": "publisher", "id": publication.number}
        return (await self._connection.ask(publication.handle, joining | self._door, jsep)).sdp

    async def subscribe(self, seat: Seat, wants: Iterable[FeedId], *, fresh: bool) -> Offer | None:
        """An offer for the published feeds of `wants`, or None when the subscriber has exactly these."""
        media, published = self._seat(seat), self._sources()
        wanted = {published[feed]: feed for feed in wants if feed in published}
        subscription = media.subscription
        if subscription is not None and not fresh and set(subscription.sources.values()) == wanted.keys():
            return None
        if subscription is not None and (fresh or subscription.never_answered):
            await self._detach(subscription)
            media.subscription = subscription = None
        if subscription is None and not wanted:
            return None
        if subscription is None:
            subscription = media.subscription = Subscription(connection_id=secrets.token_hex(8))
            said = await self._join(seat, subscription, wanted)
        else:
            said = await self._update(subscription, wanted)
        subscription.take_offer(said, next(self._shared.offer_ids), wanted)
        return Offer(subscription.offer_id, subscription.connection_id, said.sdp, subscription.feeds)

    async def restart(self, seat: Seat) -> Offer | None:
        """An offer of the same subscribe connection with new ICE credentials; None while an offer is unanswered."""
        subscription = self._seat(seat).subscription
        if subscription is None or subscription.never_answered or subscription.offer is not None:
            return None
        said = await self._connection.ask(subscription.handle, {"request": "configure", "restart": True})
        subscription.offer, subscription.offer_id = said.sdp, next(self._shared.offer_ids)
        return Offer(subscription.offer_id, subscription.connection_id, said.sdp, subscription.feeds)

    async def view(self, seat: Seat, tiles: Mapping[FeedId, TileSize | None]) -> None:
        """Send each picture in the quality that suits its tile, from the next key frame on."""
        media = self._seat(seat)
        media.tiles = dict(tiles)
        if media.subscription is not None and not media.subscription.never_answered:
            await self._show(media.subscription, media.tiles)

    async def accept(self, seat: Seat, offer_id: int, answer: str) -> None:
        """Start to send what the subscriber agreed to."""
        media = self._seat(seat)
        subscription = media.subscription
        if subscription is None or subscription.offer is None or offer_id != subscription.offer_id:
            return
        browser = sdp.read(answer).secrets
        if browser.setup != "active":
            raise MediaRefused("The answer must say a=setup:active.")
        await self._start(subscription, answer)
        subscription.browser = browser
        await self._show(subscription, media.tiles)

    async def leave(self, seat: Seat) -> None:
        """Drop the seat, and report its feeds as unpublished."""
        media = self.seats.pop(seat.connection, None)
        if media is not None:
            await self._unpublish(seat, media)
            await self._detach(media.subscription)

    async def _join(self, seat: Seat, subscription: Subscription, wanted: Iterable[Source]) -> Said:
        subscription.handle = await self._connection.attach(partial(self._hear_subscription, seat, subscription))
        joining = {"request": "join", "ptype": "subscriber", "autoupdate": False, "streams": _named(wanted)}
        return await self._connection.ask(subscription.handle, joining | self._door)

    async def _update(self, subscription: Subscription, wanted: Collection[Source]) -> Said:
        """Get a new offer. Janus makes none while one is unanswered: answer a superseded one for the browser."""
        if subscription.offer is not None and subscription.browser is not None:
            await self._start(subscription, janus_sdp.acceptance(subscription.offer, subscription.browser))
        unwanted = [{"sub_mid": mid} for mid, source in subscription.sources.items() if source not in wanted]
        added = _named(source for source in wanted if source not in subscription.sources.values())
        changes = {what: some for what, some in (("unsubscribe", unwanted), ("subscribe", added)) if some}
        return await self._connection.ask(subscription.handle, {"request": "update"} | changes)

    async def _start(self, subscription: Subscription, answer: str) -> None:
        await self._connection.ask(subscription.handle, {"request": "start"}, Jsep("answer", answer))
        subscription.offer = None

    async def _show(self, subscription: Subscription, tiles: Mapping[FeedId, TileSize | None]) -> None:
        changes = [{"mid": mid} | msgspec.structs.asdict(shown) for mid, shown in subscription.show(tiles).items()]
        if changes:
            await self._connection.ask(subscription.handle, {"request": "configure", "streams": changes})

    async def _unpublish(self, seat: Seat, media: JanusSeat) -> None:
        publication, media.publication = media.publication, None
        if publication is not None:
            self._report_unpublished(seat, publication)
            await self._detach(publication)

    async def _detach(self, *connections: Publication | Subscription | None) -> None:
        for connection in connections:
            if connection is not None:
                await self._connection.detach(connection.handle)

    # ---- what Janus says -------------------------------------------------------------------------------------------

    def lose(self) -> None:
        """Lose the server, and every peer connection with it."""
        for connection, media in self.seats.items():
            seat = Seat(self._name, connection)
            if media.publication is not None:
                self._lose_publication(seat, media.publication)
            if media.subscription is not None:
                self._lose_subscription(seat, media.subscription)

    def witness(self, now: datetime) -> None:
        """Emit the proved presence of each publisher. All events of Janus from before `now` must have been read."""
        for connection, media in self.seats.items():
            at = media.publication.evidence(now) if media.publication is not None else None
            if at is not None:
                self._shared.events.emit(Witnessed(Seat(self._name, connection), at))

    def _hear_publication(self, seat: Seat, publication: Publication, said: Said) -> None:
        match said.janus:
            case "webrtcup" if not publication.up:
                publication.up = True
                self._shared.events.emit(Connected(seat, "publish"))
                self._shared.events.emit(Published(seat, tuple(publication.feeds.values())))
            case "media":
                publication.hear_media(said, self._shared.now())
            case "hangup":
                self._lose_publication(seat, publication)
            case "event" if said.room.id == publication.number:
                self._hear_voice(seat, said)

    def _hear_subscription(self, seat: Seat, subscription: Subscription, said: Said) -> None:
        match said.janus:
            case "webrtcup" if not subscription.up:
                subscription.up = True
                self._shared.events.emit(Connected(seat, "subscribe"))
            case "hangup":
                self._lose_subscription(seat, subscription)

    def _hear_voice(self, seat: Seat, said: Said) -> None:
        if said.room.videoroom == "talking":
            self._talking[seat.connection] = said.room.level
        elif said.room.videoroom == "stopped-talking":
            self._talking.pop(seat.connection, None)
        self._shared.events.emit(Speaking(self._name, loudest(self._talking)))

    def _lose_publication(self, seat: Seat, publication: Publication) -> None:
        self._seat(seat).publication = None
        self._shared.events.emit(Lost(seat, "publish"))
        self._report_unpublished(seat, publication)
        self._shared.spawn(self._detach(publication))

    def _lose_subscription(self, seat: Seat, subscription: Subscription) -> None:
        self._seat(seat).subscription = None
        self._shared.events.emit(Lost(seat, "subscribe"))
        self._shared.spawn(self._detach(subscription))

    def _report_unpublished(self, seat: Seat, publication: Publication) -> None:
        self._talking.pop(seat.connection, None)
        if publication.up:
            self._shared.events.emit(Unpublished(seat, tuple(publication.feeds.values())))

    def _seat(self, seat: Seat) -> JanusSeat:
        return self.seats.setdefault(seat.connection, JanusSeat())

    def _sources(self) -> dict[FeedId, Source]:
        """Every feed that is published now."""
        up = (seat.publication for seat in self.seats.values() if seat.publication is not None and seat.publication.up)
        return {feed: source for publication in up for feed, source in publication.sources.items()}


def _named(sources: Iterable[Source]) -> list[dict[str, Any]]:
    return [{"feed": source.number, "mid": source.mid} for source in sources]
