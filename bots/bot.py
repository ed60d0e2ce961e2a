"""One bot: it speaks the browser's side of the signaling protocol and sends its clip."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Literal, TypeVar, assert_never

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from bots.clip import Clip
from bots.link import EngineUnreachable
from bots.media import Publisher, Subscriber
from signaling.messages import (
    Accept,
    Answered,
    AttendanceCounted,
    Dismissed,
    First,
    Heartbeat,
    HeartbeatHeard,
    Join,
    Leave,
    NodeMessage,
    NoteSaved,
    Offered,
    PicturesRefused,
    Publish,
    PublishingLost,
    Refused,
    Request,
    ResumeRenewed,
    ResumeSession,
    RoomChanged,
    SetDevices,
    VoicesChanged,
    Welcomed,
)

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 5.0
PUBLISH_AGAIN_SECONDS = 1.0
MAX_MESSAGE_BYTES = 1 << 20

Ending = Literal[
    "left", "removed", "ended", "moved", "too_slow", "withdrawn", "changed", "cancelled", "refused", "dropped"
]
"""Why a bot's connection ended; after `moved`, `too_slow` and `dropped` it may resume."""

_Item = TypeVar("_Item")

_decoder: msgspec.json.Decoder[NodeMessage] = msgspec.json.Decoder(NodeMessage)


class Bot:
    """A participant without a person: its clip, and its last messages from the node."""

    def __init__(
        self,
        clip: Clip,
        now: Callable[[], datetime],
        *,
        subscribes: bool = False,
        beat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self.clip, self.now, self.subscribes, self.beat_seconds = clip, now, subscribes, beat_seconds
        self.resume: str | None = None
        """The token that lets the bot come back without a ticket; None before its welcome."""
        self.connection: str | None = None
        """The last connection that was welcomed."""
        self.room: RoomChanged | None = None
        self.refused: Refused | None = None
        self.subscriber: Subscriber | None = None
        self._leaving = asyncio.Event()

    @property
    def received(self) -> dict[str, int]:
        """Media packets received so far, by media id; empty for a bot that does not subscribe."""
        return self.subscriber.received if self.subscriber else {}

    def leave(self) -> None:
        """Leave the session on purpose."""
        self._leaving.set()

    async def left(self) -> None:
        """Wait until `leave` is called."""
        await self._leaving.wait()

    async def sit(self, url: str, ticket: str | None = None) -> Ending:
        """Stay connected until the connection ends: by a ticket, or else by the resume token of the last welcome."""
        resumed = ResumeSession(token=self.resume or "", replaces=self.connection)
        first: First = resumed if ticket is None else Join(ticket=ticket)
        try:
            async with connect(url, max_size=MAX_MESSAGE_BYTES) as socket:
                return await _Seat(self, socket).keep(first)
        except (OSError, ConnectionClosed, InvalidHandshake):
            return "dropped"


class _Seat:
    """One connection of a bot."""

    def __init__(self, bot: Bot, socket: ClientConnection) -> None:
        self._bot, self._socket = bot, socket
        self._here = asyncio.Event()
        self._answers: asyncio.Queue[str] = asyncio.Queue(1)
        self._offers: asyncio.Queue[Offered] = asyncio.Queue(1)
        """Only the newest counts: it names everything that earlier ones did."""

    async def keep(self, first: First) -> Ending:
        await self._ask(first)
        async with asyncio.TaskGroup() as tasks:
            works = (self._beat(), self._leave_when_asked(), self._publish(), self._subscribe())
            background = [tasks.create_task(work) for work in works]
            ending = await self._listen()
            for task in background:
                task.cancel()
        return ending

    async def _listen(self) -> Ending:
        with suppress(ConnectionClosed):
            async for frame in self._socket:
                message = _decoder.decode(frame)
                self._take(message)
                if isinstance(message, Dismissed):
                    return message.cause
                if isinstance(message, Refused) and message.closing:
                    return "refused"
        return "dropped"

    def _take(self, message: NodeMessage) -> None:
        match message:
            case Welcomed():
                self._bot.resume, self._bot.connection = message.resume, message.connection
            case ResumeRenewed():
                self._bot.resume = message.resume
            case RoomChanged():
                self._bot.room = message
                if message.here:
                    self._here.set()
                else:
                    self._here.clear()
            case Answered():
                _replace(self._answers, message.answer)
            case Offered():
                if self._bot.subscribes:
                    _replace(self._offers, message)
            case Refused():
                self._bot.refused = message
            case (
                HeartbeatHeard()
                | PublishingLost()
                | VoicesChanged()
                | PicturesRefused()
                | AttendanceCounted()
                | NoteSaved()
                | Dismissed()
            ):
                pass
            case _:
                assert_never(message)

    async def _ask(self, request: Request) -> None:
        """Send, unless the connection is over: `_listen` notices that."""
        with suppress(ConnectionClosed):
            await self._socket.send(msgspec.json.encode(request).decode())

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._bot.beat_seconds)
            await self._ask(Heartbeat(clock=self._bot.now()))

    async def _leave_when_asked(self) -> None:
        await self._bot.left()
        await self._ask(Leave())

    async def _publish(self) -> None:
        """Send the clip whenever the bot is in the room, and again after a lost media connection."""
        while True:
            await self._here.wait()
            publisher = Publisher(self._bot.clip)
            await self._ask(Publish(offer=publisher.offer))
            answer = await self._answers.get()
            await self._ask(SetDevices(microphone=True, camera=True))
            try:
                async with publisher.sending(answer) as closed:
                    await closed.wait()
            except EngineUnreachable:
                log.info("a bot could not connect its media; it tries again")
            await asyncio.sleep(PUBLISH_AGAIN_SECONDS)

    async def _subscribe(self) -> None:
        """Accept every offer; a new peer connection replaces the previous one."""
        offered = await self._offers.get()
        while True:
            subscriber = self._bot.subscriber = Subscriber()
            await self._accept(subscriber, offered)
            try:
                async with subscriber.receiving(offered.sdp):
                    offered = await self._accept_until_replaced(subscriber, offered.connection_id)
            except EngineUnreachable:
                offered = await self._offers.get()

    async def _accept_until_replaced(self, subscriber: Subscriber, connection_id: str) -> Offered:
        while True:
            offered = await self._offers.get()
            if offered.connection_id != connection_id:
                return offered
            await self._accept(subscriber, offered)

    async def _accept(self, subscriber: Subscriber, offered: Offered) -> None:
        await self._ask(Accept(offer_id=offered.offer_id, answer=subscriber.answer(offered.sdp)))


def _replace(queue: asyncio.Queue[_Item], item: _Item) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(item)
