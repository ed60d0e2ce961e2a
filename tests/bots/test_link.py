"""A bot finds the engine at the first address that answers, and raises when none does."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator

import pytest

from bots.clip import Clip, Encoded
from bots.link import EngineUnreachable, Link
from bots.media import Publisher
from runtime import clock
from signaling.media.engine import Seat
from signaling.media.formats import sdp
from signaling.media.formats.sdp import Fingerprint, Secrets
from signaling.media.sfu import BuiltInEngine, Listening

SILENCE = Clip(Encoded((b"",), 1), Encoded((b"",), 1))


@pytest.fixture
def silent() -> Iterator[tuple[str, int]]:
    """An address that never answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.bind(("127.0.0.1", 0))
        yield opened.getsockname()


@pytest.fixture
async def engine() -> AsyncIterator[BuiltInEngine]:
    engine = await BuiltInEngine.start(Listening("127.0.0.1", 0, ("127.0.0.1",)), clock.now)
    await engine.open_room("room")
    yield engine
    await engine.close()


@pytest.fixture
async def secrets(engine: BuiltInEngine) -> Secrets:
    """The engine's credentials in its answer to a publisher."""
    return sdp.read(await engine.publish(Seat("room", "bot"), Publisher(SILENCE).offer)).secrets


async def test_the_first_address_that_answers_is_used(engine: BuiltInEngine, secrets: Secrets, silent) -> None:
    link = Link()
    await link.connect([silent, ("127.0.0.1", engine.port)], secrets, waits=[0.3])
    link.close()


async def test_an_engine_that_does_not_answer_is_unreachable(secrets: Secrets, silent) -> None:
    link = Link()
    with pytest.raises(EngineUnreachable):
        await link.connect([silent], secrets, waits=[0.01, 0.01])
    link.close()


async def test_an_engine_that_does_not_know_the_bot_does_not_answer(engine: BuiltInEngine, secrets: Secrets) -> None:
    forged = Secrets(secrets.ufrag, "guessed", (Fingerprint("sha-256", "AB"),), "passive")
    link = Link()
    with pytest.raises(EngineUnreachable):
        await link.connect([("127.0.0.1", engine.port)], forged, waits=[0.05])
    link.close()


async def test_datagrams_that_arrive_faster_than_they_are_read_are_dropped() -> None:
    link = Link()
    for _ in range(1_000):
        link.datagram_received(b"\x80" + bytes(20), ("127.0.0.1", 1))
    assert await asyncio.wait_for(link._recv(), 1) == b"\x80" + bytes(20)
