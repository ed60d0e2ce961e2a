"""The engine for installations that outgrow one machine: Janus VideoRoom servers, driven over their WebSockets.

    JanusEngine ─ JanusRoom ─ Publication, Subscription (a handle each)
                └ JanusServer ─ JanusConnection (one socket)

Each room is on one server as a whole. When that server dies its seats are lost; their next requests go to another.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from itertools import count

from domain.errors import MediaRefused
from signaling.media.engine import FeedId, MediaEvent, Offer, Seat, SeatStatistics, TileSize
from signaling.media.event_stream import EventStream
from signaling.media.formats import sdp, sdp_text
from signaling.media.janus.connection import JanusGone
from signaling.media.janus.protocol import JanusRefused
from signaling.media.janus.room import JanusRoom, Surroundings
from signaling.media.janus.server import JanusServer

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 6.0
"""For all servers together, at the start and at the end; a little longer than one server may take to answer."""
NOT_OPEN = "This room is not open."
UNREACHABLE = "The media server cannot be reached. We keep trying; please wait a moment."


class JanusEngine:
    """A `MediaEngine`; get one from `start`."""

    def __init__(self, urls: Sequence[str], secret: str, now: Callable[[], datetime]) -> None:
        self._events = EventStream()
        self._rooms: dict[str, JanusRoom | None] = {}
        self._places: dict[str, JanusServer] = {}
        self._placing: dict[str, asyncio.Lock] = {}
        self._servers = [JanusServer(url, secret) for url in urls]
        for server in self._servers:
            server.on_alive = partial(self._witness, server)
            server.on_lost = partial(self._lose, server)
        self._tasks = asyncio.TaskGroup()
        self._shared = Surroundings(self._events, now, count(1), self._spawn)
        self._closing = asyncio.Event()
        self._life = asyncio.get_running_loop().create_task(self._live(now), name="media")

    @classmethod
    async def start(cls, urls: Sequence[str], secret: str, now: Callable[[], datetime]) -> "JanusEngine":
        """An engine that has tried each server once, or waited `PATIENCE_SECONDS` for silent ones.

        It keeps trying servers that cannot be reached.
        """
        engine = cls(urls, secret, now)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                for server in engine._servers:
                    await server.tried.wait()
        return engine

    # ---- MediaEngine -----------------------------------------------------------------------------------------------

    async def open_room(self, room: str) -> None:
        """Accept seats of this room from now on; the first publisher gives it its place."""
        self._rooms.setdefault(room, None)
        self._placing.setdefault(room, asyncio.Lock())

    async def close_room(self, room: str) -> None:
        """Drop the room and all its seats; no event follows."""
        placed = self._rooms.pop(room, None)
        self._placing.pop(room, None)
        if placed is not None:
            self._places.pop(room).rooms -= 1
            with suppress(JanusGone, JanusRefused):
                await placed.destroy()

    async def publish(self, seat: Seat, offer: str) -> str:
        """The answer to a publisher's offer; it replaces the publish connection before."""
        self._check_open(seat)
        sdp_text.incoming(sdp.read(offer))
        with _in_our_words():
            return await (await self._placed(seat)).publish(seat, offer)

    async def subscribe(self, seat: Seat, wants: Sequence[FeedId], *, fresh: bool = False) -> Offer | None:
        """An offer for the published feeds of `wants`, or None when the subscriber has exactly these.

        A subscriber that needs another offer before it answered its first gets another peer connection.
        """
        self._check_open(seat)
        placed = self._rooms[seat.room]
        if placed is None:
            return None
        with _in_our_words():
            return await placed.subscribe(seat, wants, fresh=fresh)

    async def accept(self, seat: Seat, offer_id: int, answer: str) -> None:
        """Start to send what the subscriber agreed to."""
        self._check_open(seat)
        placed = self._rooms[seat.room]
        if placed is not None:
            with _in_our_words():
                await placed.accept(seat, offer_id, answer)

    async def view(self, seat: Seat, tiles: Mapping[FeedId, TileSize | None]) -> None:
        """Send each picture in the quality that suits its tile."""
        self._check_open(seat)
        placed = self._rooms[seat.room]
        if placed is not None:
            with _in_our_words():
                await placed.view(seat, tiles)

    async def restart(self, seat: Seat) -> Offer | None:
        """An offer of the same subscribe connection with new ICE credentials; None when there is none to restart."""
        self._check_open(seat)
        placed = self._rooms[seat.room]
        if placed is None:
            return None
        with _in_our_words():
            return await placed.restart(seat)

    async def leave(self, seat: Seat) -> None:
        """Drop the seat, and report its feeds as unpublished."""
        placed = self._rooms.get(seat.room)
        if placed is not None:
            await placed.leave(seat)

    async def statistics(self, room: str) -> dict[str, SeatStatistics]:
        """The seats, with zeros: only Janus's own Admin API counts packets."""
        placed = self._rooms.get(room)
        return {connection: SeatStatistics(0, 0, 0) for connection in placed.seats} if placed else {}

    def events(self) -> AsyncIterator[MediaEvent]:
        """The events, in order."""
        return self._events.read()

    async def close(self) -> None:
        """Leave every room and server, and end the events; do not wait for a silent server."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS), asyncio.TaskGroup() as closing:
                for room in list(self._rooms):
                    closing.create_task(self.close_room(room), name="media: closing")
        self._closing.set()
        await self._life

    # ---- places ----------------------------------------------------------------------------------------------------

    def _check_open(self, seat: Seat) -> None:
        if seat.room not in self._rooms:
            raise MediaRefused(NOT_OPEN)

    async def _placed(self, seat: Seat) -> JanusRoom:
        """The room; without a place, it gets one on the least loaded server, once for all simultaneous requests."""
        async with self._placing[seat.room]:
            self._check_open(seat)
            return self._rooms[seat.room] or await self._place(seat.room)

    async def _place(self, name: str) -> JanusRoom:
        reachable = [server for server in self._servers if server.connection is not None]
        server = min(reachable, key=lambda one: one.load, default=None)
        if server is None or server.connection is None:
            raise MediaRefused(UNREACHABLE)
        placed = JanusRoom(name, server.connection, self._shared)
        await placed.create()
        if server.connection is None:
            raise JanusGone
        if name not in self._rooms:
            await placed.destroy()
            raise MediaRefused(NOT_OPEN)
        self._rooms[name], self._places[name] = placed, server
        server.rooms += 1
        return placed

    def _lose(self, server: JanusServer) -> None:
        """Take the rooms of a dead server from their place; the next publisher gives them another."""
        server.rooms = 0
        for name in [name for name, place in self._places.items() if place is server]:
            del self._places[name]
            lost, self._rooms[name] = self._rooms[name], None
            if lost is not None:
                lost.lose()

    def _witness(self, server: JanusServer, now: datetime) -> None:
        for name, place in self._places.items():
            room = self._rooms[name]
            if place is server and room is not None:
                room.witness(now)

    # ---- time ------------------------------------------------------------------------------------------------------

    async def _live(self, now: Callable[[], datetime]) -> None:
        """The engine's main task; all others run in its group."""
        try:
            async with self._tasks:
                serving = [self._tasks.create_task(server.run(now), name="media: server") for server in self._servers]
                await self._closing.wait()
                for task in serving:
                    task.cancel()
        finally:
            self._events.close()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        self._tasks.create_task(work, name="media: errand")


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turn errors of Janus into refusals; the browser tries again after these."""
    try:
        yield
    except JanusGone as error:
        raise MediaRefused(UNREACHABLE) from error
    except JanusRefused as error:
        log.warning(
            "Janus refused a request", extra={"code": error.code}
        )  # its reason may quote an id or a description
        raise MediaRefused from error
