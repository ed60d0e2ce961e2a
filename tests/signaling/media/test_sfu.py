"""The built-in engine with bots on its other side: media arrives, evidence is true, and lost peers are noticed."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from bots import clip
from bots.clip import Clip
from bots.media import Publisher, Subscriber
from runtime import clock
from signaling.media.engine import FeedId, Lost, PicturesRefused, Published, Seat, Unpublished, VoicesChanged, Witnessed
from signaling.media.sfu import BuiltInEngine, Listening

PAT, DANA = Seat("room", "pat"), Seat("room", "dana")
FEEDS = (FeedId("pat", "audio"), FeedId("pat", "video"))
LISTENING = Listening("127.0.0.1", 0, ("127.0.0.1",))


@pytest.fixture(scope="module")
def short_clip() -> Clip:
    return clip.make(0)


@pytest.fixture
async def started() -> AsyncIterator[Callable]:
    """Starts an engine with an open room; closed after the test."""
    async with AsyncExitStack() as stack:

        async def start(**options: float) -> BuiltInEngine:
            engine = await BuiltInEngine.start(LISTENING, clock.now, **options)
            stack.push_async_callback(engine.close)
            await engine.open_room("room")
            return engine

        yield start


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def publish(engine: BuiltInEngine, stack: AsyncExitStack, short_clip: Clip) -> None:
    publisher = Publisher(short_clip)
    await stack.enter_async_context(publisher.sending(await engine.publish(PAT, publisher.offer)))
    assert await next_of(engine, Published) == Published(PAT, FEEDS)


async def subscribe(engine: BuiltInEngine, stack: AsyncExitStack) -> tuple[Subscriber, dict[FeedId, str]]:
    """A subscriber to Pat's feeds, and the media id of each feed."""
    offer = await engine.subscribe(DANA, FEEDS)
    assert offer is not None
    subscriber = Subscriber()
    await engine.accept(DANA, offer.id, subscriber.answer(offer.sdp))
    await stack.enter_async_context(subscriber.receiving(offer.sdp))
    await next_of(engine, VoicesChanged)
    return subscriber, {feed: mid for mid, feed in offer.feeds.items()} | {FEEDS[0]: offer.slots[0]}


async def next_of(engine: BuiltInEngine, *kinds: type) -> object:
    async with asyncio.timeout(10):
        async for event in engine.events():
            if isinstance(event, kinds):
                return event
    raise AssertionError("the events ended")


async def test_sound_and_picture_arrive(started, stack, short_clip) -> None:
    engine = await started()
    await publish(engine, stack, short_clip)
    subscriber, mids = await subscribe(engine, stack)
    async with asyncio.timeout(5):
        for feed in FEEDS:
            await subscriber.until_received(mids[feed], 5)
    statistics = await engine.statistics("room")
    assert statistics["pat"].received > 0
    assert statistics["pat"].lost == 0
    assert statistics["dana"].forwarded >= 10
    assert engine.dropped == {}


async def test_a_publisher_who_comes_back_is_received_without_a_new_offer(started, stack, short_clip) -> None:
    engine = await started()
    async with AsyncExitStack() as first:
        await publish(engine, first, short_clip)
        subscriber, mids = await subscribe(engine, stack)
        async with asyncio.timeout(5):
            await subscriber.until_received(mids[FEEDS[1]])
    await next_of(engine, Unpublished)
    await publish(engine, stack, short_clip)
    assert await engine.subscribe(DANA, FEEDS) is None
    async with asyncio.timeout(5):
        for feed in FEEDS:
            await subscriber.until_received(mids[feed], 5)


async def test_evidence_is_dated_by_the_packet_and_emitted_at_most_once_per_second(started, stack, short_clip) -> None:
    engine = await started()
    began = clock.now()
    await publish(engine, stack, short_clip)
    first, second = await next_of(engine, Witnessed), await next_of(engine, Witnessed)
    assert first.seat == second.seat == PAT
    assert began <= first.at <= second.at <= clock.now()
    assert (second.at - first.at).total_seconds() >= 1.0


async def test_a_peer_that_never_connects_is_lost_when_consent_runs_out(started, short_clip) -> None:
    engine = await started(consent_seconds=0.2)
    await engine.publish(PAT, Publisher(short_clip).offer)
    assert await next_of(engine, Lost, Published) == Lost(PAT, "publish")


async def test_a_peer_without_consent_is_lost_on_each_side(started, stack, short_clip) -> None:
    engine = await started(consent_seconds=1.0)
    await publish(engine, stack, short_clip)
    await subscribe(engine, stack)
    assert await next_of(engine, Lost, Unpublished) == Lost(PAT, "publish")
    assert await next_of(engine, Lost, Unpublished) == Unpublished(PAT, FEEDS)
    assert await next_of(engine, Lost) == Lost(DANA, "subscribe")


async def test_garbage_does_not_disturb_those_who_are_connected(started, stack, short_clip) -> None:
    engine = await started()
    await publish(engine, stack, short_clip)
    subscriber, mids = await subscribe(engine, stack)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for first in range(256):
            stranger.sendto(bytes([first]) * (first + 1), ("127.0.0.1", engine.port))
    async with asyncio.timeout(5):
        await subscriber.until_received(mids[FEEDS[0]], 5)
    assert sum(engine.dropped.values()) == 256


async def test_a_taken_port_is_an_os_error(started) -> None:
    engine = await started()
    with pytest.raises(OSError, match="in use"):
        await BuiltInEngine.start(Listening("127.0.0.1", engine.port, ("127.0.0.1",)), clock.now)


async def test_closing_says_goodbye_to_publishers_and_subscribers(started, stack, short_clip) -> None:
    engine = await started()
    publisher = Publisher(short_clip)
    answer = await engine.publish(PAT, publisher.offer)
    closed = await stack.enter_async_context(publisher.sending(answer))
    await engine.close()
    await asyncio.wait_for(closed.wait(), 5)


async def test_a_subscriber_that_refuses_a_picture_s_formats_learns_so_and_hears_the_person(
    started: Callable, stack: AsyncExitStack, short_clip: Clip
) -> None:
    engine = await started()
    await publish(engine, stack, short_clip)
    offer = await engine.subscribe(DANA, FEEDS)
    subscriber = Subscriber()
    await engine.accept(DANA, offer.id, subscriber.answer(offer.sdp).replace("vp8/90000", "vp9/90000"))
    await stack.enter_async_context(subscriber.receiving(offer.sdp))
    (picture,) = offer.feeds
    assert await next_of(engine, PicturesRefused) == PicturesRefused(DANA, offer.connection_id, (picture,))
    await subscriber.until_received("0")
    assert picture not in subscriber.received
    await engine.leave(PAT)
    assert await next_of(engine, PicturesRefused) == PicturesRefused(DANA, offer.connection_id, ())
