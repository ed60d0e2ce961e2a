"""A bot acts like a browser: it sends its ticket, waits in the lobby, sends its clip in the room, and resumes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import TypeVar

import msgspec
import pytest
from websockets.asyncio.server import ServerConnection, serve

from bots import clip
from bots.bot import Bot
from bots.clip import Clip
from runtime import clock
from signaling import messages as m
from signaling.media.engine import Published, Seat
from signaling.media.sfu import BuiltInEngine, Listening
from tests.sharing import free_port

BOT, OTHER = Seat("room", "bot"), Seat("room", "other")
Said = TypeVar("Said", bound=m.Message)
decode = msgspec.json.Decoder(m.Request).decode


class Node:
    """A signaling node that sends exactly the test's messages."""

    def __init__(self, engine: BuiltInEngine) -> None:
        self.engine = engine
        self.url = ""
        self._socket: ServerConnection | None = None
        self._heard: asyncio.Queue[m.Request] = asyncio.Queue()

    async def handle(self, socket: ServerConnection) -> None:
        self._socket = socket
        async for frame in socket:
            assert isinstance(frame, str)
            self._heard.put_nowait(decode(frame))

    async def hear(self, kind: type[Said]) -> Said:
        """The next message of this kind."""
        async with asyncio.timeout(10):
            while True:
                said = await self._heard.get()
                if isinstance(said, kind):
                    return said

    async def send(self, *messages: m.NodeMessage) -> None:
        for message in messages:
            await self._socket.send(msgspec.json.encode(message).decode())

    async def welcome_when_joined(self, *, here: bool = True) -> None:
        await self.hear(m.Join)
        await self.send(welcomed(), room(here=here))

    async def connect_media(self) -> None:
        """Pass the bot's next offer to the engine, and its answer to the bot."""
        offered = await self.hear(m.Publish)
        await self.send(m.Answered(answer=await self.engine.publish(BOT, offered.offer)))

    async def hang_up(self) -> None:
        await self._socket.close()


def welcomed() -> m.Welcomed:
    return m.Welcomed(
        connection="connection-1", session="evening", member="bot", role="client", resume="resume-1", now=clock.now()
    )


def room(*, here: bool) -> m.RoomChanged:
    return m.RoomChanged(
        phase="live",
        here=here,
        starts=clock.now(),
        ends=clock.now() + timedelta(hours=3),
        started_at=None,
        break_since=None,
        participants=(),
        waiting=(),
    )


@pytest.fixture(scope="module")
def short_clip() -> Clip:
    return clip.make(0)


@pytest.fixture
async def node() -> AsyncIterator[Node]:
    engine = await BuiltInEngine.start(Listening("127.0.0.1", 0, ("127.0.0.1",)), clock.now)
    await engine.open_room("room")
    node = Node(engine)
    async with serve(node.handle, "127.0.0.1", 0) as server:
        node.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"
        yield node
    await engine.close()


@pytest.fixture
async def seated(node: Node, short_clip: Clip) -> AsyncIterator[Callable[..., tuple[Bot, asyncio.Task]]]:
    """Seats a bot by ticket."""
    async with asyncio.TaskGroup() as tasks:
        sitting = []

        def seat(**options: object) -> tuple[Bot, asyncio.Task]:
            bot = Bot(short_clip, clock.now, **options)
            sitting.append(tasks.create_task(bot.sit(node.url, "ticket-1")))
            return bot, sitting[-1]

        yield seat
        for task in sitting:
            task.cancel()


async def published(engine: BuiltInEngine) -> Published:
    async with asyncio.timeout(10):
        async for event in engine.events():
            if isinstance(event, Published):
                return event
    raise AssertionError("the events ended")


async def test_a_bot_sends_its_ticket_first_and_then_heartbeats(node: Node, seated) -> None:
    seated(beat_seconds=0.01)
    assert await node.hear(m.Request) == m.Join(ticket="ticket-1")
    before = clock.now()
    beat = await node.hear(m.Heartbeat)
    assert before - timedelta(seconds=5) < beat.clock <= clock.now()


async def test_a_bot_publishes_in_the_room_and_not_in_the_lobby(node: Node, seated) -> None:
    bot, _ = seated(beat_seconds=0.01)
    await node.welcome_when_joined(here=False)
    await node.hear(m.Heartbeat)
    await node.hear(m.Heartbeat)
    assert bot.room is not None
    assert not bot.room.here
    await node.send(room(here=True))
    assert isinstance(await node.hear(m.Publish | m.SetDevices), m.Publish)


async def test_the_clip_reaches_the_engine(node: Node, seated) -> None:
    seated()
    await node.welcome_when_joined()
    await node.connect_media()
    event = await published(node.engine)
    assert [feed.kind for feed in event.feeds] == ["audio", "video"]
    assert await node.hear(m.SetDevices) == m.SetDevices(microphone=True, camera=True)


async def test_lost_media_is_published_again(node: Node, seated) -> None:
    seated()
    await node.welcome_when_joined()
    await node.connect_media()
    await published(node.engine)
    await node.engine.leave(BOT)
    await node.connect_media()
    await published(node.engine)


async def test_a_bot_that_subscribes_counts_what_it_receives(node: Node, seated) -> None:
    seated()
    await node.welcome_when_joined()
    await node.connect_media()
    feeds = (await published(node.engine)).feeds
    listener, _ = seated(subscribes=True)
    await node.welcome_when_joined()
    offer = await node.engine.subscribe(OTHER, feeds)
    wire = {mid: m.Feed(connection=feed.connection, kind=feed.kind) for mid, feed in offer.feeds.items()}
    await node.send(m.Offered(offer_id=offer.id, connection_id=offer.connection_id, sdp=offer.sdp, feeds=wire))
    accepted = await node.hear(m.Accept)
    await node.engine.accept(OTHER, accepted.offer_id, accepted.answer)
    carried = {*offer.feeds, offer.slots[0]}
    async with asyncio.timeout(10):
        for mid in carried:
            await listener.subscriber.until_received(mid)
    assert set(listener.received) == carried


async def test_a_bot_that_does_not_subscribe_ignores_offers(node: Node, seated) -> None:
    bot, _ = seated(beat_seconds=0.01)
    await node.welcome_when_joined(here=False)
    await node.send(m.Offered(offer_id=1, connection_id="c", sdp="v=0", feeds={}))
    await node.hear(m.Heartbeat)
    assert isinstance(await node.hear(m.Accept | m.Heartbeat), m.Heartbeat)
    assert bot.received == {}


async def test_a_dropped_bot_comes_back_by_its_resume(node: Node, seated) -> None:
    bot, sitting = seated()
    await node.welcome_when_joined(here=False)
    await node.hang_up()
    assert await sitting == "dropped"
    again = asyncio.create_task(bot.sit(node.url))
    assert await node.hear(m.Request) == m.ResumeSession(token="resume-1", replaces="connection-1")
    await node.send(m.Dismissed(cause="ended", sentence="The session is over."))
    assert await again == "ended"


async def test_a_bot_leaves_when_asked(node: Node, seated) -> None:
    bot, sitting = seated()
    await node.welcome_when_joined()
    bot.leave()
    await node.hear(m.Leave)
    await node.send(m.Dismissed(cause="left", sentence="You left."))
    assert await sitting == "left"


async def test_only_a_closing_refusal_ends_the_connection(node: Node, seated) -> None:
    bot, sitting = seated()
    await node.hear(m.Join)
    await node.send(m.Refused(code="not_admitted", sentence="Wait."))
    await node.send(m.Refused(code="ticket_used", sentence="Ask again.", closing=True))
    assert await sitting == "refused"
    assert bot.refused.code == "ticket_used"


async def test_an_unreachable_node_is_a_dropped_connection(short_clip: Clip) -> None:
    assert await Bot(short_clip, clock.now).sit(f"ws://127.0.0.1:{free_port()}/", "ticket") == "dropped"
