"""A party's bots join by personal links, and come back until the evening is over."""

import asyncio
from collections.abc import AsyncIterator
from fractions import Fraction

import msgspec
import pytest
from aiohttp import ClientSession, web
from websockets.asyncio.server import ServerConnection, serve

from bots.bot import Bot
from bots.clip import Clip, Encoded
from bots.party import Invitation, party, take_part
from runtime import clock
from signaling import messages as m

SESSION = "0196a0b0-0000-7000-8000-000000000001"
decode = msgspec.json.Decoder(m.Request).decode
ENDED = m.Dismissed(cause="ended", sentence="The session is over.")
WELCOMED = m.Welcomed(
    connection="connection-1", session=SESSION, member="bot", role="client", resume="resume-1", now=clock.now()
)


class Evening:
    """A server and a node that answer as scripted, and record the requests."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict]] = []
        self.first_messages: list[m.Request] = []
        self.script: list[list[m.NodeMessage]] = []
        """The messages for each socket in turn, before it is closed."""
        self.refused_tickets = 0
        self.origin = self.url = ""

    async def open_link(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, await request.json()))
        return web.json_response({"person": "bot", "name": "Bot", "session": {"id": SESSION, "kind": "group"}})

    async def give_ticket(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, await request.json()))
        if self.refused_tickets:
            self.refused_tickets -= 1
            return web.json_response({"code": "session_not_open"}, status=409)
        return web.json_response({"ticket": f"ticket-{len(self.asked)}", "url": self.url, "ice_servers": []})

    async def handle(self, socket: ServerConnection) -> None:
        self.first_messages.append(decode(await socket.recv()))
        for message in self.script.pop(0):
            await socket.send(msgspec.json.encode(message).decode())


@pytest.fixture
async def evening() -> AsyncIterator[Evening]:
    evening = Evening()
    application = web.Application()
    application.router.add_post("/api/join-links/open", evening.open_link)
    application.router.add_post("/api/sessions/{id}/tickets", evening.give_ticket)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    evening.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with serve(evening.handle, "127.0.0.1", 0) as server:
        evening.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"
        yield evening
    await runner.cleanup()


async def attend(evening: Evening) -> None:
    silence = Encoded((b"",), Fraction(1))
    bot = Bot(Clip(silence, silence), clock.now)
    async with asyncio.timeout(15), ClientSession() as http:
        await take_part(http, Invitation(evening.origin, "secret"), bot, waits=[0.01])


async def test_a_bot_gets_a_ticket_by_its_link_and_joins_by_the_ticket(evening: Evening) -> None:
    evening.script = [[WELCOMED, ENDED]]
    await attend(evening)
    assert evening.asked == [
        ("/api/join-links/open", {"link": "secret"}),
        (f"/api/sessions/{SESSION}/tickets", {"link": "secret"}),
    ]
    assert evening.first_messages == [m.Join(ticket="ticket-2")]


async def test_a_dropped_bot_resumes_without_a_ticket(evening: Evening) -> None:
    evening.script = [[WELCOMED], [WELCOMED], [WELCOMED, ENDED]]
    await attend(evening)
    assert len(evening.asked) == 2
    resume = m.ResumeSession(token="resume-1", replaces="connection-1")
    assert evening.first_messages == [m.Join(ticket="ticket-2"), resume, resume]


async def test_a_bot_whose_resume_is_refused_asks_for_a_ticket(evening: Evening) -> None:
    refused = m.Refused(code="ticket_expired", sentence="Too late.", closing=True)
    evening.script = [[WELCOMED], [refused], [WELCOMED, ENDED]]
    await attend(evening)
    assert [type(first) for first in evening.first_messages] == [m.Join, m.ResumeSession, m.Join]


async def test_a_bot_waits_for_a_session_that_is_not_open_yet(evening: Evening) -> None:
    evening.refused_tickets, evening.script = 2, [[WELCOMED, ENDED]]
    await attend(evening)
    assert len(evening.first_messages) == 1


async def test_a_party_ends_when_all_have_left(evening: Evening) -> None:
    evening.script = [[WELCOMED, ENDED], [WELCOMED, ENDED]]
    async with asyncio.timeout(15):
        await party([Invitation(evening.origin, "one"), Invitation(evening.origin, "two")])
    assert {asked["link"] for _, asked in evening.asked} == {"one", "two"}
