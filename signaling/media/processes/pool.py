"""The built-in engine in several processes, one per core: each room goes to the least loaded process as a whole.

    MediaProcesses ─ Remote (one per process) ┄ process.py ─ BuiltInEngine

When a process dies its seats are lost, as if each network had failed; their next requests go to another process, and
the dead one is replaced. `renew` replaces all processes without disturbing anybody.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence

import msgspec

from domain.errors import MediaRefused
from signaling.media.engine import (
    FeedId,
    Lost,
    MediaEvent,
    Offer,
    Seat,
    SeatStatistics,
    Speaking,
    TileSize,
    Unpublished,
)
from signaling.media.event_stream import EventStream
from signaling.media.processes import control
from signaling.media.processes.control import Begin, Reply
from signaling.media.processes.remote import Presence, ProcessGone, Remote

log = logging.getLogger(__name__)

AGAIN_SECONDS = 1.0
"""Seconds between two tries to replace a process."""
WITHOUT_SECONDS = 10.0
"""Seconds a request waits for a process when none is running."""


class MediaProcesses:
    """A `MediaEngine`; get one from `start`."""

    def __init__(self, begin: Begin, count: int) -> None:
        self._begin, self._count = begin, count
        self._events = EventStream()
        self._running: list[Remote] = []
        self._places: dict[str, Remote | None] = {}
        self._seats: dict[Seat, Presence] = {}
        self._changed = asyncio.Condition()
        self._tasks = asyncio.TaskGroup()
        self._ready, self._closing = asyncio.Event(), asyncio.Event()
        self._life = asyncio.get_running_loop().create_task(self._live(), name="media")

    @classmethod
    async def start(cls, begin: Begin, count: int) -> "MediaProcesses":
        """An engine with `count` processes, on consecutive UDP ports.

        Renewals and replacements use the free ports among twice as many.

        Raises:
            OSError: a port is taken
        """
        engine = cls(begin, count)
        ready = asyncio.ensure_future(engine._ready.wait())
        await asyncio.wait([ready, engine._life], return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if engine._life.done():
            _raise_first(engine._life.exception())
        return engine

    # ---- MediaEngine -----------------------------------------------------------------------------------------------

    async def open_room(self, room: str) -> None:
        """Accept seats of this room from now on; its first request gives it its place."""
        self._places.setdefault(room, None)

    async def close_room(self, room: str) -> None:
        """Drop the room and all its seats; no event follows."""
        remote = self._places.pop(room, None)
        self._seats = {seat: presence for seat, presence in self._seats.items() if seat.room != room}
        if remote is not None:
            remote.rooms.discard(room)
            await self._quietly(remote, control.CloseRoom(room))
            self._retire(remote)

    async def publish(self, seat: Seat, offer: str) -> str:
        """The answer to a browser's offer."""
        reply = await self._ask(seat.room, control.Publish(seat, offer))
        self._presence(seat).publishes = True
        return reply.answer or ""

    async def subscribe(self, seat: Seat, wants: Sequence[FeedId], *, fresh: bool = False) -> Offer | None:
        """An offer for the published feeds of `wants`, or None when the subscriber has exactly these."""
        reply = await self._ask(seat.room, control.Subscribe(seat, tuple(wants), fresh))
        presence = self._presence(seat)
        presence.subscribes = presence.subscribes or reply.offer is not None
        return reply.offer

    async def accept(self, seat: Seat, offer_id: int, answer: str) -> None:
        """Start to send what the subscriber agreed to."""
        await self._ask(seat.room, control.Accept(seat, offer_id, answer))

    async def view(self, seat: Seat, tiles: Mapping[FeedId, TileSize | None]) -> None:
        """Send each picture in the quality that suits its tile."""
        await self._ask(seat.room, control.ViewTiles(seat, tuple(tiles.items())))

    async def restart(self, seat: Seat) -> Offer | None:
        """An offer of the same subscribe connection with new ICE credentials; None when there is none to restart."""
        return (await self._ask(seat.room, control.Restart(seat))).offer

    async def leave(self, seat: Seat) -> None:
        """Drop the seat."""
        remote = self._places.get(seat.room)
        self._seats.pop(seat, None)
        if remote is not None:
            await self._quietly(remote, control.Leave(seat))

    async def statistics(self, room: str) -> dict[str, SeatStatistics]:
        """Counters by connection."""
        remote = self._places.get(room)
        reply = await self._quietly(remote, control.CountPackets(room)) if remote is not None else None
        return reply.statistics if reply is not None else {}

    def events(self) -> AsyncIterator[MediaEvent]:
        """The events of all processes."""
        return self._events.read()

    async def close(self) -> None:
        """End every process, and the events."""
        self._closing.set()
        await self._life

    # ---- places ----------------------------------------------------------------------------------------------------

    async def renew(self) -> None:
        """Start new processes for new rooms; each old one ends with its last room.

        A second call before that moves the remaining rooms: their seats are lost, and start again on the new processes.

        Raises:
            OSError: no second set of ports is free
        """
        old = self._remotes() - set(self._running)
        if old:
            for remote in old:
                self._lose(remote)
        else:
            old, self._running = set(self._running), await self._second_set()
        for remote in old:
            self._retire(remote)

    async def _ask(self, room: str, request: control.Request) -> Reply:
        """Ask the room's process; when that dies meanwhile, ask the next one once."""
        try:
            return await (await self._placed(room)).ask(request)
        except ProcessGone:
            pass
        try:
            return await (await self._placed(room)).ask(request)
        except ProcessGone as error:
            raise MediaRefused from error

    async def _quietly(self, remote: Remote, request: control.Request) -> Reply | None:
        try:
            return await remote.ask(request)
        except ProcessGone:
            return None

    async def _placed(self, room: str) -> Remote:
        if room not in self._places:
            raise MediaRefused("This room is not open.")
        place = self._places[room]
        if place is None:
            found = await self._least_loaded()
            place = self._places.get(room)  # another request may have waited too, and placed it
        if place is None:
            place = self._places[room] = found
            place.rooms.add(room)
            await place.ask(control.OpenRoom(room))
        return place

    async def _least_loaded(self) -> Remote:
        try:
            async with asyncio.timeout(WITHOUT_SECONDS), self._changed:
                await self._changed.wait_for(lambda: bool(self._running))
                return min(self._running, key=self._load)
        except TimeoutError as error:
            raise MediaRefused("The media service is starting again. Please wait a moment.") from error

    def _load(self, remote: Remote) -> tuple[int, int]:
        return sum(seat.room in remote.rooms for seat in self._seats), len(remote.rooms)

    def _presence(self, seat: Seat) -> Presence:
        return self._seats.setdefault(seat, Presence())

    def _retire(self, remote: Remote) -> None:
        """End an old process once it has no rooms left."""
        if remote not in self._running and not remote.rooms:
            remote.hang_up()

    # ---- processes -------------------------------------------------------------------------------------------------

    async def _live(self) -> None:
        """The engine's main task; all others run in its group."""
        try:
            async with self._tasks:
                self._running = list(await asyncio.gather(*map(self._start, range(self._count))))
                self._ready.set()
                await self._closing.wait()
                for remote in self._remotes():
                    remote.hang_up()
        finally:
            self._events.close()

    async def _start(self, index: int) -> Remote:
        """Start a process in this place, on the free one of the place's two ports."""
        first = self._begin.listening.port
        ports = [first + index, first + self._count + index] if first else [0]
        taken = {remote.port for remote in self._remotes()}
        port = next((port for port in ports if port not in taken), ports[0])
        listening = msgspec.structs.replace(self._begin.listening, port=port)
        remote = await Remote.start(msgspec.structs.replace(self._begin, listening=listening))
        self._tasks.create_task(self._follow(remote, index), name="media: process")
        if self._closing.is_set():
            remote.hang_up()
        return remote

    async def _second_set(self) -> list[Remote]:
        started: list[Remote] = []
        try:
            for index in range(self._count):
                started.append(await self._start(index))
        except (OSError, TimeoutError):
            for remote in started:
                remote.hang_up()
            raise
        return started

    def _remotes(self) -> set[Remote]:
        placed = {remote for remote in self._places.values() if remote is not None}
        return placed | set(self._running)

    async def _follow(self, remote: Remote, index: int) -> None:
        try:
            await remote.run(self._hear)
            dies = remote in self._running and not self._closing.is_set()
            if dies:
                self._running.remove(remote)
            self._lose(remote)
        finally:
            await remote.stop()
        if dies:
            log.error("a media process ended; it is replaced", extra={"pid": remote.process.pid})
            await self._replace(index)

    async def _replace(self, index: int) -> None:
        while not self._closing.is_set():
            try:
                remote = await self._start(index)
            except (OSError, TimeoutError):
                log.exception("a media process could not be replaced; trying again")
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            async with self._changed:
                self._running.append(remote)
                self._changed.notify_all()
            return

    def _hear(self, event: MediaEvent) -> None:
        presence = None if isinstance(event, Speaking) else self._seats.get(event.seat)
        if presence is not None:
            presence.hear(event)
        self._events.emit(event)

    def _lose(self, remote: Remote) -> None:
        """Report everything that ended with a process; the next request for one of its rooms places it again."""
        for room in remote.rooms:
            self._places[room] = None
        lost = [(seat, presence) for seat, presence in self._seats.items() if seat.room in remote.rooms]
        for seat, presence in lost:
            if presence.publishes:
                self._events.emit(Lost(seat, "publish"))
            if presence.feeds:
                self._events.emit(Unpublished(seat, presence.feeds))
        for seat, presence in lost:
            if presence.subscribes:
                self._events.emit(Lost(seat, "subscribe"))
            del self._seats[seat]
        remote.rooms.clear()


def _raise_first(error: BaseException | None) -> None:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    raise error or OSError("the media processes ended")
