"""Real browsers see and hear each other through the built-in engine."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

from runtime import clock
from signaling.media.engine import Published, Seat, Unpublished
from signaling.media.sfu import BuiltInEngine, Listening

pytestmark = pytest.mark.chromium

PAGE = Path(__file__).with_name("two_peers.html")
ARGUMENTS = [
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream=fps=15",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
]


@dataclass
class Bridge:
    """The least a signaling node does: everybody is offered what everybody else publishes."""

    engine: BuiltInEngine
    sockets: dict[str, web.WebSocketResponse] = field(default_factory=dict)
    feeds: set = field(default_factory=set)

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = request.query["connection"]
        self.sockets[connection] = socket
        async for frame in socket:
            await self.take(Seat("room", connection), json.loads(frame.data))
        del self.sockets[connection]
        await self.engine.leave(Seat("room", connection))
        return socket

    async def take(self, seat: Seat, message: dict) -> None:
        if message["type"] == "publish":
            answer = await self.engine.publish(seat, message["offer"])
            await self.sockets[seat.connection].send_json({"type": "answered", "answer": answer})
            await self.offer(seat)
        else:
            await self.engine.accept(seat, message["offer_id"], message["answer"])

    async def offer(self, seat: Seat, *, fresh: bool = False) -> None:
        wants = sorted(feed for feed in self.feeds if feed.connection != seat.connection)
        offer = await self.engine.subscribe(seat, wants, fresh=fresh)
        if offer is not None:
            told = {
                "type": "offered",
                "offer_id": offer.id,
                "connection_id": offer.connection_id,
                "sdp": offer.sdp,
                "feeds": msgspec.to_builtins(offer.feeds),
            }
            await self.sockets[seat.connection].send_json(told)

    async def follow(self) -> None:
        async for event in self.engine.events():
            if isinstance(event, Published):
                self.feeds |= set(event.feeds)
            elif isinstance(event, Unpublished):
                self.feeds -= set(event.feeds)
            else:
                continue
            for connection in list(self.sockets):
                await self.offer(Seat("room", connection))


@pytest.fixture
async def bridge() -> AsyncIterator[Bridge]:
    engine = await BuiltInEngine.start(Listening("127.0.0.1", 0, ("127.0.0.1",)), clock.now)
    await engine.open_room("room")
    bridge = Bridge(engine)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(bridge.follow())
        yield bridge
        await engine.close()


@pytest.fixture
async def address(bridge: Bridge) -> AsyncIterator[str]:
    async def page(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE)

    application = web.Application()
    application.router.add_get("/", page)
    application.router.add_get("/socket", bridge.connect)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 0).start()
    yield f"http://localhost:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def participant(browser: Browser, address: str, connection: str) -> AsyncIterator[Page]:
    context = await browser.new_context(permissions=["camera", "microphone"])
    page = await context.new_page()
    await page.goto(f"{address}/?connection={connection}")
    await page.evaluate("publish()")
    yield page
    await context.close()


async def sees_and_hears(page: Page, *, videos: int, frames: int = 10) -> dict:
    """What the page has received, once it sees so many videos, has decoded so many frames, and hears something."""
    async with asyncio.timeout(20):
        while True:
            received = await page.evaluate("received()")
            if received["videos"] == videos and received["frames"] >= frames and received["energy"] > 0:
                return received
            await asyncio.sleep(0.1)


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
