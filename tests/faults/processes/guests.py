"""People at real sockets, who reconnect by themselves and note when they were in the room."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import aiohttp
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from runtime.clock import now
from server.demo.seed import DemoClinic

HEARTBEAT_SECONDS = 5.0
AGAIN_SECONDS = 0.2
PATIENCE_SECONDS = 3.0
"""A guest leaves a node that is silent for this long."""


class Own(msgspec.Struct):
    """A stay by the person's own clock, and how it ended."""

    start: datetime
    end: datetime | None = None
    how: str = ""


class Door:
    """The server, as a person's browser sees it."""

    def __init__(self, http: aiohttp.ClientSession, session: str, link: str | None) -> None:
        self._http, self._session, self._link = http, session, link

    async def ticket(self) -> tuple[str, str] | None:
        """`(ticket, URL of the socket)`, or None while the server cannot give one."""
        asked = {} if self._link is None else {"link": self._link}
        try:
            async with self._http.post(f"/api/sessions/{self._session}/tickets", json=asked) as answer:
                if answer.status != 201:
                    return None
                granted = await answer.json()
                return granted["ticket"], granted["url"]
        except (aiohttp.ClientError, TimeoutError):
            return None


class Guest:
    """One person with one device. Run `stay()` as a task; it ends when they leave or are dismissed."""

    def __init__(self, door: Door) -> None:
        self.connection: str | None = None
        self.url = ""
        self.stays: list[Own] = []
        self.here = asyncio.Event()
        self.socket: ClientConnection | None = None
        self._door = door
        self._resume: str | None = None
        self._gone = False

    async def stay(self) -> None:
        """Stay in the room for as long as possible."""
        while not self._gone:
            with contextlib.suppress(OSError, TimeoutError, WebSocketException, InvalidHandshake):
                await self._come()
            self._out("lost")
            await asyncio.sleep(AGAIN_SECONDS)

    async def leave(self) -> None:
        """Leave by the button."""
        await self.here.wait()
        self._gone = True
        await self.say(type="leave")

    async def reload(self) -> None:
        """Reload the page: the browser closes the socket, and returns with its resume."""
        assert self.socket is not None
        await self.socket.close()

    async def open_link_again(self) -> None:
        """Close the tab and lose the resume; return by the personal link, which needs the server."""
        self._resume = None
        await self.reload()

    async def say(self, **message: object) -> None:
        """Send the node a message."""
        assert self.socket is not None
        await self.socket.send(msgspec.json.encode(message), text=True)

    async def _come(self) -> None:
        """Return to the same node with the resume; otherwise get a new ticket, for any node."""
        first: dict[str, object]
        if self._resume is not None and self.url:
            first = {"type": "resume_session", "token": self._resume, "replaces": self.connection}
            url, self.url = self.url, ""
        else:
            found = await self._door.ticket()
            if found is None:
                return
            first, url = {"type": "join", "ticket": found[0]}, found[1]
        async with connect(
            url, open_timeout=PATIENCE_SECONDS, close_timeout=0.5, ping_interval=1, ping_timeout=PATIENCE_SECONDS
        ) as self.socket:
            await self.say(**first)
            async with asyncio.TaskGroup() as group:
                beating = group.create_task(self._beat())
                try:
                    await self._listen(url)
                finally:
                    beating.cancel()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            with contextlib.suppress(WebSocketException):
                await self.say(type="heartbeat", clock=now())

    async def _listen(self, url: str) -> None:
        assert self.socket is not None
        with contextlib.suppress(WebSocketException):
            async for data in self.socket:
                self._hear(msgspec.json.decode(data), url)

    def _hear(self, message: dict[str, Any], url: str) -> None:
        match message["type"]:
            case "welcomed":
                self.url = url
                self._resume, self.connection = message["resume"], message["connection"]
            case "room_changed" if message["here"] and not self.here.is_set():
                self.stays.append(Own(now()))
                self.here.set()
            case "dismissed":
                self._gone = message["cause"] in ("left", "removed", "ended")
                self._out(message["cause"])

    def _out(self, how: str) -> None:
        if self.here.is_set():
            self.here.clear()
            self.stays[-1].end, self.stays[-1].how = now(), how


class Company:
    """Dana, who leads, and her clients."""

    def __init__(self, dana: Guest, clients: list[Guest]) -> None:
        self.dana, self.clients = dana, clients

    @property
    def everybody(self) -> list[Guest]:
        return [self.dana, *self.clients]

    async def all_here(self, seconds: float = 15) -> None:
        """Return once everybody is in the room."""
        async with asyncio.timeout(seconds):
            for guest in self.everybody:
                await guest.here.wait()

    async def begin(self) -> None:
        """Dana starts the session, and admits people until all are in."""
        async with asyncio.timeout(20):
            await self.dana.here.wait()
            await self.dana.say(type="start_session")
            while not all(guest.here.is_set() for guest in self.clients):
                await self.dana.say(type="admit_all")
                await asyncio.sleep(AGAIN_SECONDS)


@contextlib.asynccontextmanager
async def gathered(origin: str, clinic: DemoClinic) -> AsyncIterator[Company]:
    """Everybody invited, in the room."""
    async with (
        aiohttp.ClientSession(origin, timeout=aiohttp.ClientTimeout(PATIENCE_SECONDS)) as http,
        asyncio.TaskGroup() as group,
    ):
        signed_in = {"email": clinic.email, "password": clinic.password}
        async with http.post("/api/sign-in", json=signed_in, timeout=aiohttp.ClientTimeout(20)) as answer:
            assert answer.status == 200
        links = [link.secret for link in (*clinic.links, *clinic.bot_links)]
        company = Company(
            Guest(Door(http, clinic.session, None)), [Guest(Door(http, clinic.session, link)) for link in links]
        )
        staying = [group.create_task(guest.stay()) for guest in company.everybody]
        await company.begin()
        yield company
        for task in staying:
            task.cancel()
