"""A minimal signaling node between timed browsers and an engine: without room, tickets and journal."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from signaling.media.engine import FeedId, MediaEngine, Published, Seat, TileSize

PAGE = Path(__file__).with_name("browser.html")
ROOM = "browsers"


class Bridge:
    """Offers each subscriber what the others publish at that moment."""

    def __init__(self, engine: MediaEngine) -> None:
        self._engine = engine
        self._feeds: set[FeedId] = set()

    async def follow(self) -> None:
        """Read the engine's events, in a task of its own."""
        async for event in self._engine.events():
            if isinstance(event, Published):
                self._feeds |= set(event.feeds)

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one browser's socket until it closes."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        seat = Seat(ROOM, request.query["connection"])
        async for frame in socket:
            answer = await self._take(seat, json.loads(frame.data))
            if answer is not None:
                await socket.send_json(answer)
        self._feeds = {feed for feed in self._feeds if feed.connection != seat.connection}
        await self._engine.leave(seat)
        return socket

    async def _take(self, seat: Seat, message: dict[str, Any]) -> dict[str, Any] | None:
        match message["type"]:
            case "publish":
                return {"type": "answered", "answer": await self._engine.publish(seat, message["offer"])}
            case "subscribe":
                offer = await self._engine.subscribe(seat, self._others(seat))
                return None if offer is None else {"type": "offered", "offer_id": offer.id, "sdp": offer.sdp}
            case "accept":
                await self._engine.accept(seat, message["offer_id"], message["answer"])
            case "view":
                size = TileSize(message["width"], message["height"])
                await self._engine.view(seat, dict.fromkeys(self._others(seat), size))
        return None

    def _others(self, seat: Seat) -> list[FeedId]:
        return sorted(feed for feed in self._feeds if feed.connection != seat.connection)


@asynccontextmanager
async def served(bridge: Bridge) -> AsyncIterator[str]:
    """Serve the page and its sockets; yields the address."""

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
