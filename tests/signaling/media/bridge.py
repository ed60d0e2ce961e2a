"""Browsers on one page, and a minimal node between them and an engine."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web
from playwright.async_api import Browser, Page

from signaling.media.engine import FeedId, Lost, MediaEngine, MediaEvent, Offer, Published, Seat, TileSize, Unpublished

PAGE = Path(__file__).with_name("two_peers.html")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream=fps=15",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
]


@dataclass
class Bridge:
    """The minimum of a signaling node: everybody is offered everybody else's feeds."""

    engine: MediaEngine
    sockets: dict[str, web.WebSocketResponse] = field(default_factory=dict)
    feeds: set[FeedId] = field(default_factory=set)
    events: list[MediaEvent] = field(default_factory=list)

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """One page's life."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = request.query["connection"]
        self.sockets[connection] = socket
        async for frame in socket:
            await self._take(Seat("room", connection), json.loads(frame.data))
        del self.sockets[connection]
        await self.engine.leave(Seat("room", connection))
        return socket

    async def _take(self, seat: Seat, message: dict[str, Any]) -> None:
        match message["type"]:
            case "publish":
                answer = await self.engine.publish(seat, message["offer"])
                await self.sockets[seat.connection].send_json({"type": "answered", "answer": answer})
                await self._offer(seat)
            case "accept":
                await self.engine.accept(seat, message["offer_id"], message["answer"])
            case "view":
                size = TileSize(message["width"], message["height"])
                await self.engine.view(seat, {FeedId(message["connection"], "video"): size})
            case "restart":
                await self._tell(seat, await self.engine.restart(seat))

    async def _offer(self, seat: Seat, *, fresh: bool = False) -> None:
        wants = sorted(feed for feed in self.feeds if feed.connection != seat.connection)
        await self._tell(seat, await self.engine.subscribe(seat, wants, fresh=fresh))

    async def _tell(self, seat: Seat, offer: Offer | None) -> None:
        if offer is not None and seat.connection in self.sockets:
            message = {
                "type": "offered",
                "offer_id": offer.id,
                "connection_id": offer.connection_id,
                "sdp": offer.sdp,
                "feeds": msgspec.to_builtins(offer.feeds),
            }
            await self.sockets[seat.connection].send_json(message)

    async def follow(self) -> None:
        """Offer everybody new subscriptions whenever feeds start or stop."""
        async for event in self.engine.events():
            self.events.append(event)
            if isinstance(event, Published):
                self.feeds |= set(event.feeds)
            elif isinstance(event, Unpublished):
                self.feeds -= set(event.feeds)
            else:
                await self._mend(event)
                continue
            for connection in list(self.sockets):
                await self._offer(Seat("room", connection))

    async def _mend(self, event: MediaEvent) -> None:
        """Replace a lost connection."""
        if isinstance(event, Lost) and event.seat.connection in self.sockets:
            if event.side == "subscribe":
                await self._offer(event.seat, fresh=True)
            else:
                await self.sockets[event.seat.connection].send_json({"type": "publishing_lost"})


@asynccontextmanager
async def bridged(engine: MediaEngine) -> AsyncIterator[Bridge]:
    """A bridge over this engine's room; closes the engine."""
    await engine.open_room("room")
    bridge = Bridge(engine)
    async with asyncio.TaskGroup() as tasks:
        following = tasks.create_task(bridge.follow())
        try:
            yield bridge
        finally:
            following.cancel()  # its remaining offers are for people who have left
            await engine.close()


@asynccontextmanager
async def served(bridge: Bridge) -> AsyncIterator[str]:
    """The address of the page."""

    async def page(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE)

    application = web.Application()
    application.router.add_get("/", page)
    application.router.add_get("/socket", bridge.connect)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 0).start()
    try:
        yield f"http://localhost:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def participant(browser: Browser, address: str, connection: str, manner: str = "") -> AsyncIterator[Page]:
    """A page that publishes camera and microphone or not, by its `manner`."""
    context = await browser.new_context(permissions=["camera", "microphone"])
    page = await context.new_page()
    await page.goto(f"{address}/?connection={connection}{manner}")
    await page.evaluate("publish()")
    try:
        yield page
    finally:
        await context.close()


async def sees_and_hears(page: Page, *, videos: int, frames: int = 10) -> dict[str, Any]:
    """The page's counts, once it shows this many videos, has decoded this many frames, and receives sound."""
    async with asyncio.timeout(30):
        while True:
            received: dict[str, Any] = await page.evaluate("received()")
            if received["videos"] == videos and received["frames"] >= frames and received["energy"] > 0:
                return received
            await asyncio.sleep(0.1)
