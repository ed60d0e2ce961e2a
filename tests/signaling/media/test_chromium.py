"""Real browsers see and hear each other through the built-in engine."""

import os
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from functools import partial

import pytest
from playwright.async_api import Browser, Page, async_playwright

from runtime import clock
from signaling.media.engine import MediaEngine
from signaling.media.processes.control import Begin
from signaling.media.processes.pool import MediaProcesses
from signaling.media.sfu import BuiltInEngine, Listening
from signaling.media.transport.ice import Address
from signaling.media.transport.srtp import Workbench
from signaling.media.transport.wire import PlainWire, Sender
from tests.signaling.media.bridge import BROWSER_FLAGS, Bridge, bridged, participant, sees_and_hears, served
from tests.waiting import eventually

pytestmark = pytest.mark.chromium


LISTENING = Listening("127.0.0.1", 0, ("127.0.0.1",))
LAYERED, LISTENING_ONLY, SEALED = "&layered=1", "&listens=1", "&sealed=1"


class LossyWire(PlainWire):
    """A network that loses every twentieth packet of media, in both directions."""

    def __init__(self, opened: socket.socket, dropped: Counter[str]) -> None:
        super().__init__(opened, dropped)
        self._sent = self._read = 0

    def send(self, datagram: bytes | memoryview, address: Address) -> None:
        self._sent += datagram[0] >= 128
        if datagram[0] < 128 or self._sent % 20:
            super().send(datagram, address)

    def read(self) -> Iterator[tuple[Workbench, int, Sender]]:
        for bench, size, sender in super().read():
            self._read += bench.view[0] >= 128
            if bench.view[0] < 128 or self._read % 20:
                yield bench, size, sender


@pytest.fixture
async def bridge(request: pytest.FixtureRequest) -> AsyncIterator[Bridge]:
    """A bridge over an engine in this process, or over the one that a parameter names."""
    match getattr(request, "param", "built-in"):
        case "processes":
            engine: MediaEngine = await MediaProcesses.start(Begin(LISTENING, 30.0, "info", "text"), 2)
        case "lossy":
            engine = await BuiltInEngine.start(LISTENING, clock.now, open_wire=LossyWire)
        case _:
            engine = await BuiltInEngine.start(LISTENING, clock.now)
    async with bridged(engine) as bridge:
        yield bridge


@pytest.fixture
async def address(bridge: Bridge) -> AsyncIterator[str]:
    async with served(bridge) as address:
        yield address


@pytest.fixture
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_FLAGS)
        yield browser
        await browser.close()


async def test_two_browsers_see_and_hear_each_other(browser: Browser, address: str, bridge: Bridge) -> None:
    async with participant(browser, address, "dana") as dana, participant(browser, address, "pat") as pat:
        for page in (dana, pat):
            first = await sees_and_hears(page, videos=1)
            later = await sees_and_hears(page, videos=1, frames=first["frames"] + 10)
            assert later["lost"] == 0
            assert later["ciphers"] == ["SRTP_AEAD_AES_128_GCM"]
        statistics = await bridge.engine.statistics("room")
        assert statistics["pat"].forwarded > 0
        assert bridge.engine.dropped.get("rtp", 0) == 0


async def test_a_third_who_comes_and_goes_leaves_the_others_undisturbed(browser: Browser, address: str) -> None:
    async with participant(browser, address, "dana") as dana, participant(browser, address, "pat") as pat:
        await sees_and_hears(dana, videos=1)
        async with participant(browser, address, "sam") as sam:
            await sees_and_hears(sam, videos=2)
            await sees_and_hears(dana, videos=2)
        before = await sees_and_hears(pat, videos=1)
        async with participant(browser, address, "kim") as kim:
            await sees_and_hears(kim, videos=2)
            after = await sees_and_hears(pat, videos=2, frames=before["frames"] + 10)
        assert after["lost"] == 0


async def sends_all_layers(page: Page) -> bool:
    """Wait until the browser has warmed up: it probes its network before it sends its largest picture."""
    layers = (await page.evaluate("sent()"))["layers"]
    return len(layers) == 3 and min(layers.values()) > 5


@pytest.mark.alone
async def test_a_picture_changes_its_quality_with_its_tile_within_a_third_of_a_second(
    browser: Browser, address: str
) -> None:
    """Dana listens only: a fake camera has one size for all who open it."""
    listener, sender = ("dana", LISTENING_ONLY), ("pat", LAYERED)
    async with participant(browser, address, *listener) as dana, participant(browser, address, *sender) as pat:
        await sees_and_hears(dana, videos=1)
        await eventually(partial(sends_all_layers, pat), 20)
        await dana.evaluate("untilHeight(180)")
        took = []
        for width, height in ((1280, 720), (320, 180), (480, 360), (1280, 720), (320, 180)):
            await dana.evaluate(f"view('pat', {width}, {height})")
            took.append(await dana.evaluate(f"untilHeight({height})"))
        assert min(took) <= 300, took
        after = await sees_and_hears(dana, videos=1)
        assert after["lost"] == 0
        assert after["frozen"] < 1


@pytest.mark.alone
@pytest.mark.parametrize("bridge", ["lossy"], indirect=True)
async def test_one_lost_packet_in_twenty_is_sent_again_both_ways_and_no_picture_freezes(
    browser: Browser, address: str, bridge: Bridge
) -> None:
    async with participant(browser, address, "dana") as dana, participant(browser, address, "pat"):
        before = await sees_and_hears(dana, videos=1)
        after = await sees_and_hears(dana, videos=1, frames=before["frames"] + 60)
        assert after["nacks"] > 0
        assert after["frozen"] < 2
        statistics = await bridge.engine.statistics("room")
        assert statistics["pat"].received > 0


@pytest.mark.alone
async def test_both_connections_find_another_path_without_a_lost_packet(browser: Browser, address: str) -> None:
    async with participant(browser, address, "dana") as dana, participant(browser, address, "pat") as pat:
        before = await sees_and_hears(dana, videos=1)
        name = (await pat.evaluate("sent()"))["ufrag"]
        await pat.evaluate("restartPublishing()")
        await dana.evaluate("restartSubscribing()")
        after = await sees_and_hears(dana, videos=1, frames=before["frames"] + 30)
        sent = await pat.evaluate("sent()")
        assert sent["ufrag"] != name
        assert sent["state"] in ("connected", "completed")
        assert after["lost"] == before["lost"]
        assert after["frozen"] < 1


@pytest.mark.alone
@pytest.mark.parametrize("bridge", ["processes"], indirect=True)
async def test_when_a_media_process_dies_both_connections_are_rebuilt_within_two_seconds(
    browser: Browser, address: str, bridge: Bridge
) -> None:
    async with participant(browser, address, "dana") as dana, participant(browser, address, "pat") as pat:
        for page in (dana, pat):
            await sees_and_hears(page, videos=1)
        assert isinstance(bridge.engine, MediaProcesses)
        (process,) = {place.process.pid for place in bridge.engine._places.values() if place is not None}
        first = {page: await page.evaluate("subscribed") for page in (dana, pat)}

        async def rebuilt() -> bool:
            for page, connection in first.items():
                if await page.evaluate("subscribed") == connection or not (await page.evaluate("received()"))["frames"]:
                    return False
            return True

        os.kill(process, signal.SIGKILL)
        await eventually(rebuilt, 2)


async def test_pictures_and_sound_that_nobody_on_the_way_can_read_are_played(browser: Browser, address: str) -> None:
    async with participant(browser, address, "dana", SEALED) as dana, participant(browser, address, "pat", SEALED):
        before = await sees_and_hears(dana, videos=1)
        await sees_and_hears(dana, videos=1, frames=before["frames"] + 20)
