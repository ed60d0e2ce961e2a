"""A joined socket: it carries messages both ways between browser and room, and ends when it falls silent."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from websockets.exceptions import ConnectionClosed

from domain.errors import Refusal, TooSlow
from signaling import messages as m
from signaling.door.admission import decode_request, longest
from signaling.door.metered import MeteredConnection
from signaling.door.pacing import Pacing
from signaling.hosting.live_room import LiveRoom
from signaling.hosting.mail import Ask, Drop, Seen
from signaling.hosting.outgoing import Outgoing
from signaling.room.connections import Arrival
from signaling.room.evidence import DEAD_SECONDS, PING_SECONDS
from signaling.room.farewells import TOO_MUCH

log = logging.getLogger(__name__)

FRAME_LIMIT = 4 * m.MAX_MESSAGE_BYTES
"""The most bytes that the library reads; up to here, a message that is too large gets a refusal. Staff may send
more."""
GOODBYE_SECONDS = 2.0
"""How long a browser has to take the last messages before its socket closes."""


class _Gone(Exception):
    """One half of the socket has ended, so the socket ends."""


class JoinedSocket:
    """A socket in a room: this reads it, writes to it, and watches for signs of life."""

    def __init__(
        self,
        socket: MeteredConnection,
        live: LiveRoom,
        arrival: Arrival,
        outgoing: Outgoing,
        now: Callable[[], datetime],
    ) -> None:
        self._socket = socket
        self._live = live
        self._connection = arrival.connection
        self._role = arrival.role
        socket.protocol.max_message_size = max(FRAME_LIMIT, longest(arrival.role))
        self._outgoing = outgoing
        self._now = now
        self._clock = asyncio.get_running_loop().time
        self._heard_at = self._clock()

    async def hold(self) -> None:
        """Return when the socket is gone and the room knows."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._read(Pacing(group, self._pass_on)), name="socket: read")
                group.create_task(self._turn_out_a_flood(), name="socket: flood")
                group.create_task(self._write(), name="socket: write")
                group.create_task(self._watch(group), name="socket: ping")
                group.create_task(self._give_up(), name="socket: give up")
        except* (_Gone, ConnectionClosed, TooSlow):
            pass
        finally:
            await self._let_go()

    async def _read(self, pacing: Pacing) -> None:
        async for data in self._socket:
            try:
                request = decode_request(data, self._role)
            except Refusal as refusal:
                self._outgoing.put(m.Refused(code=refusal.code, sentence=refusal.sentence))
                await self._report_sign()
                continue
            self._heard_at = self._clock()
            if isinstance(request, m.Heartbeat):  # the answer proves the line alone, so it waits for no room or disk
                self._outgoing.put(m.HeartbeatHeard(clock=request.clock))
            if not await pacing.take(request):
                await self._report_sign()
        raise _Gone

    async def _pass_on(self, request: m.Request) -> None:
        await self._live.mailbox.put(Ask(self._connection, request))  # a sign of life in itself

    async def _turn_out_a_flood(self) -> None:
        await self._socket.flooding.wait()
        log.info("a connection sent too much", extra={"connection": self._connection})
        self._outgoing.put(TOO_MUCH)
        self._outgoing.close()

    async def _write(self) -> None:
        while (data := await self._outgoing.next()) is not None:
            await self._socket.send(data, text=True)
        raise _Gone

    async def _watch(self, group: asyncio.TaskGroup) -> None:
        """Ping at each interval, answered or not: on a slow network, late answers count too."""
        while True:
            group.create_task(self._hear(await self._socket.ping()), name="socket: pong")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PING_SECONDS):
                    await self._outgoing.sign_wanted()

    async def _hear(self, pong: Awaitable[float]) -> None:
        await pong
        await self._report_sign()

    async def _give_up(self) -> None:
        """End the socket when its last sign is too old, or `GOODBYE_SECONDS` after the queue to it is closed.

        This ends it even while other tasks wait. A timer for each sign would cost more.
        """
        while (left := self._heard_at + DEAD_SECONDS - self._clock()) > 0:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._outgoing.closed()
                await asyncio.sleep(GOODBYE_SECONDS)
                break
        raise _Gone

    async def _report_sign(self) -> None:
        self._heard_at = self._clock()
        await self._live.mailbox.put(Seen(self._connection, self._now()))

    async def _let_go(self) -> None:
        if self._socket.protocol.close_rcvd is not None:  # the browser closed the socket itself: it lived until now
            await self._live.mailbox.put(Seen(self._connection, self._now()))
        await self._live.mailbox.put(Drop(self._connection))
        with contextlib.suppress(ConnectionClosed):
            await self._socket.close()
