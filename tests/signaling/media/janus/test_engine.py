"""What Janus adds to the promises of every engine: places for rooms, servers that die, and coarser evidence."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache

import pytest

from bots import clip
from bots.media import Publisher
from domain.errors import MediaRefused
from runtime import clock
from signaling.media.engine import FeedId, Lost, MediaEvent, Published, Seat, Unpublished, Witnessed
from signaling.media.janus.engine import PATIENCE_SECONDS, JanusEngine
from signaling.media.janus.seat import EVIDENCE_AGE
from tests.signaling.media.real_janus import SECRET, RealJanus, real_janus
from tests.waiting import eventually

clip_of = cache(clip.make)
NOWHERE = "ws://127.0.0.1:9"


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[RealJanus, RealJanus]]:
    clip_of(0)  # drawn before anybody listens: on a loaded machine it takes longer than a server may be silent
    with real_janus() as one, real_janus() as other:
        yield one, other


@pytest.fixture
def two_servers(pair: tuple[RealJanus, RealJanus]) -> tuple[RealJanus, RealJanus]:
    """Both servers, running again after whatever a test did to them."""
    for server in pair:
        if not server.runs:
            server.start()
    return pair


@pytest.fixture
async def engine(two_servers: tuple[RealJanus, RealJanus]) -> AsyncIterator[JanusEngine]:
    engine = await JanusEngine.start([server.url for server in two_servers], SECRET, clock.now)
    for room in ("monday", "tuesday"):
        await engine.open_room(room)
    yield engine
    await engine.close()


@asynccontextmanager
async def publishing(engine: JanusEngine, seat: Seat) -> AsyncIterator[str]:
    """A bot that publishes; gives the engine's answer."""
    publisher = Publisher(clip_of(0))
    answer = await engine.publish(seat, publisher.offer)
    async with publisher.sending(answer):
        yield answer


async def next_of(engine: JanusEngine, *kinds: type[MediaEvent]) -> MediaEvent:
    async with asyncio.timeout(20):
        async for event in engine.events():
            if isinstance(event, kinds):
                return event
    raise AssertionError("the events ended")


def server_of(answer: str, servers: tuple[RealJanus, RealJanus]) -> RealJanus:
    """The server that gave this answer."""
    return next(server for server in servers if f" {server.address} " in answer)


async def test_each_room_is_placed_on_the_least_loaded_server(engine: JanusEngine, two_servers) -> None:
    async with AsyncExitStack() as stack:
        answers = [
            await stack.enter_async_context(publishing(engine, Seat(room, person)))
            for room, person in (("monday", "pat"), ("tuesday", "sam"), ("monday", "dana"))
        ]
    pat, sam, dana = (server_of(answer, two_servers) for answer in answers)
    assert pat is not sam
    assert pat is dana, "a room lies whole on one server"


async def test_a_room_is_placed_on_one_server_even_when_two_publish_at_once(engine: JanusEngine, two_servers) -> None:
    seats = [Seat("monday", person) for person in ("pat", "dana")]
    answers = await asyncio.gather(*(engine.publish(seat, Publisher(clip_of(0)).offer) for seat in seats))
    one, other = (server_of(answer, two_servers) for answer in answers)
    assert one is other
    assert sorted(server.rooms for server in engine._servers) == [0, 1]


async def test_when_a_server_dies_its_seats_are_lost_and_start_again_on_another(
    engine: JanusEngine, two_servers
) -> None:
    pat, feeds = Seat("monday", "pat"), (FeedId("pat", "audio"), FeedId("pat", "video"))
    async with publishing(engine, pat) as answer:
        assert await next_of(engine, Published) == Published(pat, feeds)
        dying = server_of(answer, two_servers)
        await engine.subscribe(Seat("monday", "dana"), feeds)
        dying.kill()
        lost = [await next_of(engine, Lost, Unpublished) for _ in range(3)]
        assert lost == [Lost(pat, "publish"), Unpublished(pat, feeds), Lost(Seat("monday", "dana"), "subscribe")]
    assert await engine.subscribe(Seat("monday", "dana"), feeds) is None
    async with publishing(engine, pat) as answer:
        assert server_of(answer, two_servers) is not dying
        assert await next_of(engine, Published) == Published(pat, feeds)
        assert await engine.subscribe(Seat("monday", "dana"), feeds) is not None


async def test_a_server_that_comes_back_takes_rooms_again(engine: JanusEngine, two_servers) -> None:
    for server in two_servers:
        server.kill()
    seat = Seat("monday", "pat")

    async def refused() -> bool:
        try:
            await engine.publish(seat, Publisher(clip_of(0)).offer)
        except MediaRefused as refusal:
            return "cannot be reached" in refusal.sentence
        return False

    await eventually(refused)
    two_servers[0].start()

    async def taken() -> bool:
        return not await refused()

    await eventually(taken)


async def test_the_engine_waits_for_a_silent_server_neither_at_its_end_nor_at_its_start(
    engine: JanusEngine, two_servers
) -> None:
    pat, sam = Seat("monday", "pat"), Seat("tuesday", "sam")
    async with publishing(engine, pat) as answer, publishing(engine, sam):
        silent = server_of(answer, two_servers)
        silent.fall_silent()
        async with asyncio.timeout(2 * PATIENCE_SECONDS):
            await engine.close()
    again = await JanusEngine.start([server.url for server in two_servers], SECRET, clock.now)
    await again.open_room("monday")
    async with publishing(again, pat) as answer:
        assert server_of(answer, two_servers) is not silent
    silent.kill()
    await again.close()


async def test_without_any_server_nobody_publishes_and_the_node_goes_on() -> None:
    engine = await JanusEngine.start([NOWHERE], SECRET, clock.now)
    await engine.open_room("monday")
    with pytest.raises(MediaRefused, match="cannot be reached"):
        await engine.publish(Seat("monday", "pat"), Publisher(clip_of(0)).offer)
    assert await engine.subscribe(Seat("monday", "dana"), [FeedId("pat", "audio")]) is None
    await engine.leave(Seat("monday", "pat"))
    await engine.close()


async def test_a_server_accepts_only_clients_with_its_secret(two_servers, caplog: pytest.LogCaptureFixture) -> None:
    engine = await JanusEngine.start([two_servers[0].url], "guessed", clock.now)
    await engine.open_room("monday")
    with pytest.raises(MediaRefused, match="cannot be reached"):
        await engine.publish(Seat("monday", "pat"), Publisher(clip_of(0)).offer)
    await engine.close()
    assert "refuses us: code 403" in caplog.text


async def test_evidence_is_never_later_than_the_last_packet_and_at_most_six_seconds_earlier(engine) -> None:
    seat = Seat("monday", "pat")
    async with publishing(engine, seat):
        first = await next_of(engine, Witnessed)
        sent_until = clock.now()
    assert first == Witnessed(seat, first.at)
    assert first.at <= sent_until
    assert (sent_until - first.at) < 1.5 * EVIDENCE_AGE
