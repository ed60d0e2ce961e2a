"""The built-in engine: a selective forwarding unit on one event loop and one UDP port.

    Wire ─ UdpPort ─ PacketPath ─ Peer (IceLite, Dtls, SRTP) ┬ Ingress ─ Producer ─ Layer ─ FanOut
                                                             └ Egress ─ Slot ─ Consumer

It forwards packets and never decodes them. Ids of rooms, connections and offers are opaque to it.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import count

from domain.errors import MediaRefused
from signaling.media.engine import (
    Connected,
    FeedId,
    Lost,
    MediaEvent,
    Offer,
    Published,
    Seat,
    SeatStatistics,
    Side,
    TileSize,
    Unpublished,
)
from signaling.media.event_stream import EventStream
from signaling.media.formats import sdp, sdp_text
from signaling.media.forwarding.egress import MAX_TILES, Egress
from signaling.media.forwarding.ingress import Ingress
from signaling.media.forwarding.packet_path import PacketPath
from signaling.media.media_room import MediaRoom, SeatMedia
from signaling.media.transport import wire
from signaling.media.transport.peer import Peer
from signaling.media.transport.peers import Listening, Transports
from signaling.media.transport.wire import OpenWire
from signaling.media.upkeep import Clocks, Upkeep

__all__ = ["BuiltInEngine", "Listening"]

log = logging.getLogger(__name__)

CONSENT_SECONDS = 30.0
"""RFC 7675 section 5.1: a peer without an authentic check for this long is gone."""


class BuiltInEngine:
    """A `MediaEngine`; get one from `start`."""

    def __init__(
        self, listening: Listening, now: Callable[[], datetime], consent_seconds: float, open_wire: OpenWire
    ) -> None:
        self._transports = Transports(listening, open_wire)
        self._clock = self._transports.clock
        self._rooms: dict[str, MediaRoom] = {}
        self._events = EventStream()
        self._upkeep = Upkeep(Clocks(now, self._clock), self._events, self._lose, consent_seconds)
        self._offer_ids = count(1)
        self._tasks = asyncio.TaskGroup()
        self._started, self._closing = asyncio.Event(), asyncio.Event()
        self._life = asyncio.get_running_loop().create_task(self._live(), name="media")

    @classmethod
    async def start(
        cls,
        listening: Listening,
        now: Callable[[], datetime],
        *,
        consent_seconds: float = CONSENT_SECONDS,
        open_wire: OpenWire = wire.best,
    ) -> "BuiltInEngine":
        """An engine that listens. Port 0 takes any free port.

        Raises:
            OSError: the port is taken
        """
        engine = cls(listening, now, consent_seconds, open_wire)
        await engine._started.wait()
        engine._transports.begin(PacketPath(engine._transports.udp_port, engine._clock).drain)
        return engine

    @property
    def port(self) -> int:
        """The UDP port that browsers send to."""
        return self._transports.port

    @property
    def dropped(self) -> dict[str, int]:
        """Dropped datagrams, by reason."""
        return self._transports.dropped

    # ---- MediaEngine -----------------------------------------------------------------------------------------------

    async def open_room(self, room: str) -> None:
        """Accept seats of this room from now on; opening it twice is fine."""
        self._rooms.setdefault(room, MediaRoom())

    async def close_room(self, room: str) -> None:
        """Drop the room and all its seats; no event follows."""
        for media in self._rooms.pop(room, MediaRoom()).seats.values():
            self._unsubscribe(media)
            if media.ingress is not None:
                self._drop(media.ingress.peer)

    async def publish(self, seat: Seat, offer: str) -> str:
        """The answer to a publisher's offer. An offer of the same connection restarts ICE; another replaces it."""
        room, media = self._seat(seat)
        description = sdp.read(offer)
        secrets_ = description.secrets
        if secrets_.setup not in ("actpass", "active"):
            raise MediaRefused("The offer must say a=setup:actpass.")
        sections = sdp_text.incoming(description)
        ingress = media.ingress
        if ingress is not None and ingress.is_of(secrets_.fingerprints, sections):
            if ingress.remote_ufrag != secrets_.ufrag:
                self._transports.restart(ingress.peer)
        else:
            self._unpublish(seat, room, media)
            ingress = media.ingress = Ingress(seat, self._open(seat, "publish"), sections, _new_ssrc())
            self._spawn(self._secure(seat, "publish", ingress.peer, description))
        ingress.fingerprints, ingress.remote_ufrag = secrets_.fingerprints, secrets_.ufrag
        ingress.peer.ice.remote = secrets_.ufrag, secrets_.password
        return sdp_text.answer(description, sections, self._transports.endpoint(ingress.peer), secrets.randbits(40))

    async def subscribe(self, seat: Seat, wants: Sequence[FeedId], *, fresh: bool = False) -> Offer | None:
        """An offer for the published feeds of `wants`, or None when the subscriber has exactly these."""
        room, media = self._seat(seat)
        producers = room.producers
        available = [feed for feed in wants if feed in producers]
        if fresh:
            self._unsubscribe(media)
        if media.egress is None:
            if not available:
                return None
            media.egress = Egress(seat, self._open(seat, "subscribe"), secrets.token_hex(8), _new_ssrc)
        changed = media.egress.want(available)
        room.connect(self._clock())
        return self._offer(media.egress) if changed else None

    async def view(self, seat: Seat, tiles: Mapping[FeedId, TileSize | None]) -> None:
        """Send each picture in the quality that suits its tile, from the next key frame on."""
        room, media = self._seat(seat)
        media.tiles = dict(list(tiles.items())[:MAX_TILES])
        room.allocate(self._clock())

    async def restart(self, seat: Seat) -> Offer | None:
        """An offer of the same subscribe connection with new ICE credentials; None when it was never answered."""
        _, media = self._seat(seat)
        if media.egress is None or not media.egress.answered:
            return None
        self._transports.restart(media.egress.peer)
        return self._offer(media.egress)

    async def accept(self, seat: Seat, offer_id: int, answer: str) -> None:
        """Start to send what the subscriber agreed to."""
        room, media = self._seat(seat)
        egress = media.egress
        if egress is None or offer_id != egress.offer_id:
            return
        description = sdp.read(answer)
        if description.secrets.setup != "active":
            raise MediaRefused("The answer must say a=setup:active.")
        egress.accept(description)
        egress.peer.ice.remote = description.secrets.ufrag, description.secrets.password
        if not egress.answered:
            egress.answered = True
            self._spawn(self._secure(seat, "subscribe", egress.peer, description))
        room.connect(self._clock())

    async def leave(self, seat: Seat) -> None:
        """Drop the seat, and report its feeds as unpublished."""
        room = self._rooms.get(seat.room)
        media = room.seats.get(seat.connection) if room else None
        if room is not None and media is not None:
            self._unpublish(seat, room, media)
            self._unsubscribe(media)
            del room.seats[seat.connection]

    async def statistics(self, room: str) -> dict[str, SeatStatistics]:
        """Counters by connection."""
        seats = self._rooms[room].seats if room in self._rooms else {}
        return {connection: media.statistics() for connection, media in seats.items()}

    def events(self) -> AsyncIterator[MediaEvent]:
        """The events, in order."""
        return self._events.read()

    async def close(self) -> None:
        """Say goodbye to every peer, end the events and release the port."""
        for room in list(self._rooms):
            await self.close_room(room)
        self._closing.set()
        try:
            await self._life
        finally:
            self._transports.close()

    # ---- seats and their peers -------------------------------------------------------------------------------------

    def _seat(self, seat: Seat) -> tuple[MediaRoom, SeatMedia]:
        room = self._rooms.get(seat.room)
        if room is None:
            raise MediaRefused("This room is not open.")
        return room, room.seats.setdefault(seat.connection, SeatMedia())

    def _open(self, seat: Seat, side: Side) -> Peer:
        return self._transports.open(partial(self._lose, seat, side))

    async def _secure(self, seat: Seat, side: Side, peer: Peer, remote: sdp.Description) -> None:
        if not await peer.secure(remote.secrets.fingerprints):
            return
        room, media = self._seat(seat)
        self._events.emit(Connected(seat, side))
        if side == "publish" and media.ingress is not None:
            media.published = True
            self._events.emit(Published(seat, media.ingress.feeds))
        room.connect(self._clock())

    def _lose(self, seat: Seat, side: Side) -> None:
        room, media = self._seat(seat)
        self._events.emit(Lost(seat, side))
        if side == "publish":
            self._unpublish(seat, room, media)
        else:
            self._unsubscribe(media)

    def _unpublish(self, seat: Seat, room: MediaRoom, media: SeatMedia) -> None:
        if media.ingress is None:
            return
        feeds, was_published = media.ingress.feeds, media.published
        self._drop(media.ingress.peer)
        media.ingress, media.published = None, False
        room.connect(self._clock())
        if was_published:
            self._events.emit(Unpublished(seat, feeds))

    def _unsubscribe(self, media: SeatMedia) -> None:
        if media.egress is not None:
            media.egress.close()
            self._drop(media.egress.peer)
            media.egress = None

    def _drop(self, peer: Peer) -> None:
        self._transports.forget(peer)
        self._spawn(peer.close())

    def _offer(self, egress: Egress) -> Offer:
        number, session = next(self._offer_ids), int(egress.connection_id, 16) >> 24
        return egress.offer(
            number, sdp_text.offer(egress.sections(), self._transports.endpoint(egress.peer), session, number)
        )

    # ---- time ------------------------------------------------------------------------------------------------------

    async def _live(self) -> None:
        """The engine's main task; all others run in its group."""
        try:
            async with self._tasks:
                upkeep = self._tasks.create_task(self._upkeep.run(self._rooms), name="media: upkeep")
                self._started.set()
                await self._closing.wait()
                upkeep.cancel()
        finally:
            self._events.close()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        self._tasks.create_task(_survived(work), name="media: errand")


async def _survived(work: Coroutine[None, None, None]) -> None:
    """Log an error of this work: a failure of one seat or room must not end the media of all."""
    try:
        await work
    except Exception:
        log.exception("the media engine failed at a part of its work")


def _new_ssrc() -> int:
    return secrets.randbits(31) | 1
