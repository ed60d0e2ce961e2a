"""What every media engine promises, written once and held against each of them."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from functools import cache
from typing import Protocol

import pytest

from bots import clip
from bots.media import Publisher, Subscriber
from domain.errors import MediaRefused
from runtime import clock
from signaling.media import fake
from signaling.media.engine import (
    Connected,
    FeedId,
    Lost,
    MediaEngine,
    MediaEvent,
    Offer,
    Published,
    Seat,
    TileSize,
    Unpublished,
)
from signaling.media.fake import FakeMedia
from signaling.media.janus.engine import JanusEngine
from signaling.media.processes.control import Begin
from signaling.media.processes.pool import MediaProcesses
from signaling.media.sfu import BuiltInEngine, Listening
from tests.signaling.media.real_janus import SECRET, RealJanus, real_janus

clip_of = cache(clip.make)

LISTENING = Listening("127.0.0.1", 0, ("127.0.0.1",))
DANA, PAT, SAM = (Seat("room", name) for name in ("dana", "pat", "sam"))


def feeds_of(seat: Seat) -> tuple[FeedId, FeedId]:
    return FeedId(seat.connection, "audio"), FeedId(seat.connection, "video")


class Browsers(Protocol):
    """The other side of an engine's peer connections."""

    engine: MediaEngine

    async def publish(self, seat: Seat) -> None: ...
    async def accept(self, seat: Seat, offer: Offer) -> None: ...
    async def stop_publishing(self, seat: Seat) -> None: ...


class PretendedBrowsers:
    def __init__(self, engine: FakeMedia) -> None:
        self.engine = engine

    async def publish(self, seat: Seat) -> None:
        await self.engine.publish(seat, fake.OFFER)

    async def accept(self, seat: Seat, offer: Offer) -> None:
        await self.engine.accept(seat, offer.id, fake.ANSWER)

    async def stop_publishing(self, seat: Seat) -> None:
        self.engine.lose(seat, "publish")


class Bots:
    """Bots' peer connections."""

    def __init__(self, engine: MediaEngine, stack: AsyncExitStack) -> None:
        self.engine, self._stack = engine, stack
        self._clip = clip_of(0)
        self._publishing: dict[Seat, AsyncExitStack] = {}
        self._subscribers: dict[str, Subscriber] = {}

    async def publish(self, seat: Seat) -> None:
        publisher = Publisher(self._clip)
        answer = await self.engine.publish(seat, publisher.offer)
        publishing = self._publishing[seat] = await self._stack.enter_async_context(AsyncExitStack())
        await publishing.enter_async_context(publisher.sending(answer))

    async def accept(self, seat: Seat, offer: Offer) -> None:
        known = self._subscribers.get(offer.connection_id)
        subscriber = self._subscribers[offer.connection_id] = known or Subscriber()
        await self.engine.accept(seat, offer.id, subscriber.answer(offer.sdp))
        if known is None:
            await self._stack.enter_async_context(subscriber.receiving(offer.sdp))

    async def stop_publishing(self, seat: Seat) -> None:
        await self._publishing.pop(seat).aclose()


@pytest.fixture(scope="module")
def janus() -> Iterator[RealJanus]:
    with real_janus() as running:
        yield running


@pytest.fixture(params=["fake", "built-in", "processes", "janus"])
async def browsers(request: pytest.FixtureRequest) -> AsyncIterator[Browsers]:
    async with AsyncExitStack() as stack:
        match request.param:
            case "fake":
                opened: Browsers = PretendedBrowsers(FakeMedia())
            case "built-in":
                opened = Bots(await BuiltInEngine.start(LISTENING, clock.now), stack)
            case "processes":
                opened = Bots(await MediaProcesses.start(Begin(LISTENING, 30.0, "info", "text"), 1), stack)
            case _:
                url = request.getfixturevalue("janus").url
                opened = Bots(await JanusEngine.start([url], SECRET, clock.now), stack)
        stack.push_async_callback(opened.engine.close)
        await opened.engine.open_room("room")
        yield opened


@pytest.fixture
def engine(browsers: Browsers) -> MediaEngine:
    return browsers.engine


@pytest.fixture
def events(engine: MediaEngine) -> AsyncIterator[MediaEvent]:
    return engine.events()


async def next_of(events: AsyncIterator[MediaEvent], *kinds: type[MediaEvent]) -> MediaEvent:
    """The next event of these kinds."""
    async with asyncio.timeout(10):
        async for event in events:
            if isinstance(event, kinds):
                return event
    raise AssertionError("the events ended")


async def publish(browsers: Browsers, events: AsyncIterator[MediaEvent], *seats: Seat) -> None:
    for seat in seats:
        await browsers.publish(seat)
        assert await next_of(events, Published) == Published(seat, feeds_of(seat))


async def subscribe(engine: MediaEngine, seat: Seat, wants: Sequence[FeedId], *, fresh: bool = False) -> Offer:
    offer = await engine.subscribe(seat, wants, fresh=fresh)
    assert offer is not None
    return offer


def pictures(feeds: Iterable[FeedId]) -> list[FeedId]:
    return sorted(feed for feed in feeds if feed.kind != "audio")


def names_just(offer: Offer, *seats: Seat) -> bool:
    """True when an offer names the feeds of these seats; voices may come in slots instead."""
    feeds = [feed for seat in seats for feed in feeds_of(seat)]
    if offer.slots:
        return sorted(offer.feeds.values()) == pictures(feeds)
    return sorted(offer.feeds.values()) == sorted(feeds)


async def test_a_publisher_is_reported_as_connected_and_then_as_published(browsers: Browsers, events) -> None:
    await browsers.publish(PAT)
    assert await next_of(events, Connected, Published) == Connected(PAT, "publish")
    assert await next_of(events, Connected, Published) == Published(PAT, feeds_of(PAT))


async def test_a_subscriber_that_wants_nothing_gets_no_offer(engine: MediaEngine) -> None:
    assert await engine.subscribe(DANA, []) is None
    assert await engine.subscribe(DANA, [], fresh=True) is None


async def test_a_feed_that_is_not_published_is_left_out_until_it_is(browsers: Browsers, engine, events) -> None:
    wants = [*feeds_of(PAT), *feeds_of(SAM)]
    assert await engine.subscribe(DANA, wants) is None
    await publish(browsers, events, PAT)
    offer = await subscribe(engine, DANA, wants)
    assert names_just(offer, PAT)
    await browsers.accept(DANA, offer)
    await publish(browsers, events, SAM)
    both = await subscribe(engine, DANA, wants)
    assert names_just(both, PAT, SAM)
    assert both.connection_id == offer.connection_id
    assert both.feeds.items() >= offer.feeds.items()


async def test_the_same_wants_again_need_no_offer(browsers: Browsers, engine, events) -> None:
    await publish(browsers, events, PAT)
    await subscribe(engine, DANA, feeds_of(PAT))
    assert await engine.subscribe(DANA, tuple(reversed(feeds_of(PAT)))) is None


async def test_accepting_connects_the_subscriber_once(browsers: Browsers, engine, events) -> None:
    await publish(browsers, events, PAT, SAM)
    await browsers.accept(DANA, await subscribe(engine, DANA, feeds_of(PAT)))
    assert await next_of(events, Connected) == Connected(DANA, "subscribe")
    await browsers.accept(DANA, await subscribe(engine, DANA, [*feeds_of(PAT), *feeds_of(SAM)]))
    await publish(browsers, events, DANA)


async def test_an_answer_to_a_superseded_offer_is_ignored(browsers: Browsers, engine, events) -> None:
    await publish(browsers, events, PAT, SAM)
    never_answered = await subscribe(engine, DANA, feeds_of(PAT))
    await browsers.accept(DANA, await subscribe(engine, DANA, feeds_of(SAM)))
    superseded = await subscribe(engine, DANA, feeds_of(PAT))
    newest = await subscribe(engine, DANA, [*feeds_of(PAT), *feeds_of(SAM)])
    for offer_id in (never_answered.id, superseded.id, newest.id + 1_000):
        await engine.accept(DANA, offer_id, "not even a session description")
    await browsers.accept(DANA, newest)
    await publish(browsers, events, DANA)


async def test_a_media_section_is_used_again_for_the_next_feed_of_its_kind(browsers: Browsers, engine, events) -> None:
    await publish(browsers, events, PAT, SAM)
    before = await subscribe(engine, DANA, feeds_of(PAT))
    await browsers.accept(DANA, before)
    empty = await subscribe(engine, DANA, [])
    assert empty.feeds == {}
    await browsers.accept(DANA, empty)
    after = await subscribe(engine, DANA, feeds_of(SAM))
    assert set(after.feeds) == set(before.feeds)
    assert {mid: feed.kind for mid, feed in after.feeds.items()} == {
        mid: feed.kind for mid, feed in before.feeds.items()
    }


async def test_a_fresh_subscription_is_another_peer_connection(browsers: Browsers, engine, events) -> None:
    await publish(browsers, events, PAT)
    first = await subscribe(engine, DANA, feeds_of(PAT))
    fresh = await subscribe(engine, DANA, feeds_of(PAT), fresh=True)
    assert fresh.connection_id != first.connection_id
    await browsers.accept(DANA, fresh)
    assert await next_of(events, Connected) == Connected(DANA, "subscribe")


async def test_a_second_publish_replaces_the_first(browsers: Browsers, events) -> None:
    await publish(browsers, events, PAT)
    await browsers.publish(PAT)
    assert await next_of(events, Published, Unpublished) == Unpublished(PAT, feeds_of(PAT))
    assert await next_of(events, Published, Unpublished) == Published(PAT, feeds_of(PAT))


async def test_a_publisher_whose_transport_closes_is_lost_and_may_publish_again(browsers: Browsers, events) -> None:
    await publish(browsers, events, PAT)
    await browsers.stop_publishing(PAT)
    assert await next_of(events, Lost, Unpublished) == Lost(PAT, "publish")
    assert await next_of(events, Lost, Unpublished) == Unpublished(PAT, feeds_of(PAT))
    await publish(browsers, events, PAT)


async def test_a_subscriber_s_lost_path_recovers_on_the_same_connection(browsers: Browsers, engine, events) -> None:
    await publish(browsers, events, PAT)
    assert await engine.restart(DANA) is None
    offer = await subscribe(engine, DANA, feeds_of(PAT))
    await browsers.accept(DANA, offer)
    await next_of(events, Connected)
    again = await engine.restart(DANA)
    if again is not None:
        assert (again.connection_id, again.feeds) == (offer.connection_id, offer.feeds)
        assert again.id > offer.id
        await engine.accept(DANA, offer.id, "an answer to the offer before is ignored")


async def test_a_page_may_say_what_it_shows_at_any_time(browsers: Browsers, engine, events) -> None:
    await engine.view(DANA, {FeedId("nobody", "video"): TileSize(1, 1)})
    await publish(browsers, events, PAT)
    await browsers.accept(DANA, await subscribe(engine, DANA, feeds_of(PAT)))
    await engine.view(DANA, {feeds_of(PAT)[1]: TileSize(1_280, 720), FeedId("sam", "screen"): None})
    await engine.view(DANA, {})
    assert await engine.subscribe(DANA, feeds_of(PAT)) is None


async def test_a_seat_that_leaves_is_unpublished_and_not_lost(browsers: Browsers, engine, events) -> None:
    await publish(browsers, events, PAT)
    await engine.leave(PAT)
    assert await next_of(events, Lost, Unpublished) == Unpublished(PAT, feeds_of(PAT))
    assert await engine.subscribe(DANA, feeds_of(PAT)) is None
    assert PAT.connection not in await engine.statistics("room")


async def test_leaving_twice_or_without_having_come_is_fine(engine: MediaEngine) -> None:
    await engine.leave(PAT)
    await engine.leave(Seat("no such room", "pat"))


async def test_a_description_without_sense_is_refused_with_a_sentence(browsers: Browsers, engine, events) -> None:
    with pytest.raises(MediaRefused, match=r"\.$"):
        await engine.publish(PAT, "hello")
    await publish(browsers, events, PAT)
    offer = await subscribe(engine, DANA, feeds_of(PAT))
    with pytest.raises(MediaRefused, match=r"\.$"):
        await engine.accept(DANA, offer.id, "hello")


async def test_a_room_that_is_not_open_takes_nobody(engine: MediaEngine) -> None:
    with pytest.raises(MediaRefused, match="not open"):
        await engine.subscribe(Seat("another room", "pat"), [])


async def test_a_closed_room_forgets_its_seats(browsers: Browsers, engine, events) -> None:
    await publish(browsers, events, PAT)
    await engine.close_room("room")
    assert await engine.statistics("room") == {}
    await engine.open_room("room")
    assert await engine.subscribe(DANA, feeds_of(PAT)) is None


async def test_the_events_end_when_the_engine_is_closed(engine: MediaEngine) -> None:
    events = engine.events()
    await engine.close()
    assert [event async for event in events] == []
