"""The engine of those who outgrow one machine: Janus VideoRoom servers, driven over their WebSockets.

    JanusEngine ─ JanusRoom ─ Publication, Subscription (a handle each)
                └ JanusServer ─ JanusConnection (one socket)

A room lies whole on one server. When that server dies its seats are lost, and what they do next happens on another.
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
"""For all servers together, at the start and at the end; a little longer than one may take to answer."""
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
        """An engine that has tried each server once, or waited long enough for one that is silent.

        A server that cannot be reached is tried again and again.
        """
        engine = cls(urls, secret, now)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                for server in engine._servers:
                    await server.tried.wait()
        return engine

    # ---- MediaEngine -----------------------------------------------------------------------------------------------

    async def open_room(self, room: str) -> None:
        """Take seats of this room from now on; it gets its place with the first."""
        self._rooms.setdefault(room, None)
        self._placing.setdefault(room, asyncio.Lock())

    async def close_room(self, room: str) -> None:
        """Forget the room and all its seats; no event follows."""
        placed = self._rooms.pop(room, None)
        self._placing.pop(room, None)
        if placed is not None:
            self._places.pop(room).rooms -= 1
            with suppress(JanusGone, JanusRefused):
                await placed.destroy()

    async def publish(self, seat: Seat, offer: str) -> str:
        """The answer to a publisher's offer; the publish connection before it is dropped."""
        self._check_open(seat)
        sdp_text.incoming(sdp.read(offer))
        with _in_our_words():
            return await (await self._placed(seat)).publish(seat, offer)

    async def subscribe(self, seat: Seat, wants: Sequence[FeedId], *, fresh: bool = False) -> Offer | None:
        """An offer for those of `wants` that are published, or None when the subscriber has just these.

        Before its first offer is answered, a subscriber that needs another one gets another peer connection.
        """
        self._check_open(seat)
        placed = self._rooms[seat.room]
        if placed is None:
            return None
        with _in_our_words():
            return await placed.subscribe(seat, wants, fresh=fresh)

    async def accept(self, seat: Seat, offer_id: int, answer: str) -> None:
        """Begin to send what the subscriber agreed to."""
        self._check_open(seat)
        placed = self._rooms[seat.room]
        if placed is not None:
            with _in_our_words():
                await placed.accept(seat, offer_id, answer)

    async def view(self, seat: Seat, tiles: Mapping[FeedId, TileSize | None]) -> None:
        """Send what is shown in the quality that its size is worth."""
        self._check_open(seat)
        placed = self._rooms[seat.room]
        if placed is not None:
            with _in_our_words():
                await placed.view(seat, tiles)

    async def restart(self, seat: Seat) -> Offer | None:
        """The subscribe connection again, under a new ICE name."""
        self._check_open(seat)
        placed = self._rooms[seat.room]
        if placed is None:
            return None
        with _in_our_words():
            return await placed.restart(seat)

    async def leave(self, seat: Seat) -> None:
        """Forget the seat, and report what it published as gone."""
        placed = self._rooms.get(seat.room)
        if placed is not None:
            await placed.leave(seat)

    async def statistics(self, room: str) -> dict[str, SeatStatistics]:
        """The seats; Janus counts packets for its own Admin API and not for us."""
        placed = self._rooms.get(room)
        return {connection: SeatStatistics(0, 0, 0) for connection in placed.seats} if placed else {}

    def events(self) -> AsyncIterator[MediaEvent]:
        """What happens, in order."""
        return self._events.read()

    async def close(self) -> None:
        """Let go of every room and server, and end the events; a silent server is not waited for."""
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
        """The room, on the least loaded server if it had no place yet; of those who come first, one finds it."""
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
        """Rooms of a dead server have no place until somebody publishes again."""
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
        """The engine's one task of its own; all others are in its group."""
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
    """What goes wrong at Janus, as a refusal that the browser answers by trying again."""
    try:
        yield
    except JanusGone as error:
        raise MediaRefused(UNREACHABLE) from error
    except JanusRefused as error:
        log.warning(
            "Janus refused a request", extra={"code": error.code}
        )  # its reason may quote an id or a description
        raise MediaRefused from error
