"""Input on a socket that is no request, or never becomes one."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import asyncpg
import pytest
from aiohttp.test_utils import TestServer

from runtime.clock import now
from runtime.secrets.passwords import Passwords
from runtime.settings import ServerSettings
from server.access.payloads import OpenJoinLink
from server.app import build
from server.http.calls import Call, Services
from server.http.dispatch import answering
from server.http.routes import ANYONE, Route
from server.listening import Limits, Runner
from store.database import Database
from tests.server.conftest import Browser, House, Serving

NEEDLE = "vesper_sign_in=needle-9c1d"

UNREADABLE = {
    "a malformed header": f"GET /api/me HTTP/1.1\r\nHost: x\r\n{NEEDLE}\r\n\r\n",
    "a header with a control character": f"GET /api/me HTTP/1.1\r\nHost: x\r\nCookie: {NEEDLE}\x00\r\n\r\n",
    "a header that is too long": f"GET /api/me HTTP/1.1\r\nHost: x\r\nCookie: {NEEDLE * 2000}\r\n\r\n",
    "too many headers": "GET /api/me HTTP/1.1\r\nHost: x\r\n" + f"Cookie: {NEEDLE}\r\n" * 500 + "\r\n",
    "an address that is too long": f"GET /{NEEDLE * 2000} HTTP/1.1\r\nHost: x\r\n\r\n",
    "an unknown method": f"{NEEDLE} /api/me HTTP/1.1\r\nHost: x\r\n\r\n",
    "no HTTP at all": f"{NEEDLE}\r\n\r\n",
    "an invalid version": f"GET /api/me HTTP/{NEEDLE}\r\nHost: x\r\n\r\n",
    "an invalid length": f"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: {NEEDLE}\r\n\r\n",
    "two lengths": "POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "an unknown encoding": f"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: {NEEDLE}\r\n\r\n",
    "a length and chunks": "POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
    "Transfer-Encoding: chunked\r\n\r\n{}",
}


async def exchanged(server: TestServer, sent: str | bytes) -> str:
    """The server's answer up to the close."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(sent if isinstance(sent, bytes) else sent.encode())
    async with asyncio.timeout(10):
        answer = await reader.read()
    writer.close()
    return answer.decode("latin-1")


async def test_unreadable_input_gets_a_bare_400_and_is_not_logged(
    server: TestServer, caplog: pytest.LogCaptureFixture
) -> None:
    for what, sent in UNREADABLE.items():
        with caplog.at_level(logging.DEBUG):
            head, _, body = (await exchanged(server, sent)).partition("\r\n\r\n")
        assert head.split()[1] == "400" and body == "", what
        assert "content-security-policy:" in head.lower() and "x-content-type-options: nosniff" in head.lower(), what
        assert "\r\nserver:" not in head.lower(), what
        assert NEEDLE not in head, what
    assert NEEDLE not in caplog.text
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("expected", ["needle-9c1d", "100-continue"])
async def test_an_expectation_is_fulfilled_or_refused_without_an_echo(server: TestServer, expected: str) -> None:
    answer = await exchanged(
        server, f"POST /api/sign-in HTTP/1.1\r\nHost: x\r\nExpect: {expected}\r\nConnection: close\r\n\r\n"
    )
    assert "HTTP/1.1 4" in answer and "needle-9c1d" not in answer


async def test_no_answer_names_the_server(visitor: Browser) -> None:
    for path in ("/", "/api/health", "/api/me", "/api/openapi.json", "/api/nothing", "/assets/nothing.js"):
        async with visitor.client.get(path) as answer:
            assert "Server" not in answer.headers, path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path


@contextlib.asynccontextmanager
async def hurried(settings: ServerSettings, database: Database) -> AsyncIterator[TestServer]:
    limits = Limits(header_seconds=0.3)
    async with Serving(Runner(build(settings, database), limits)) as serving:
        yield serving


async def test_a_connection_with_slow_headers_is_closed(settings: ServerSettings, database: Database) -> None:
    async with hurried(settings, database) as server, asyncio.timeout(10):
        for beginning in (b"", b"GET /api/me HTTP/1.1\r\nX: ", b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\nGET / HT"):
            reader, writer = await asyncio.open_connection(server.host, server.port)
            writer.write(beginning)
            dripping = asyncio.create_task(drip(writer))
            await reader.read()  # ends although bytes keep arriving
            dripping.cancel()
            writer.close()


async def drip(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while True:
            await asyncio.sleep(0.05)
            writer.write(b"a")


async def listen(call: Call[OpenJoinLink]) -> None:
    """A route that needs a body."""


async def test_the_wait_for_a_body_is_limited(settings: ServerSettings, database: Database) -> None:
    route = Route(
        method="POST", path="/api/listen", handler=listen, who=ANYONE, audited=False, request=OpenJoinLink,
        body_seconds=0.2,
    )  # fmt: skip
    app = build(settings, database)
    app.router.add_route("POST", route.path, answering(route, Services(settings, database, Passwords(64), now)))
    head = "POST /api/listen HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
    async with Serving(Runner(app, Limits(lingering_seconds=0.1))) as server:
        dawdling = await exchanged(server, f'{head}Content-Length: 12\r\n\r\n{{"link"')
        assert dawdling.startswith("HTTP/1.1 408 ") and '"code":"request_too_slow"' in dawdling
        broken = await exchanged(server, f"{head}Transfer-Encoding: chunked\r\n\r\nno length\r\n")
        assert broken.split()[1] == "400"


async def test_while_the_database_hangs_every_answer_comes_within_two_seconds(
    visitor: Browser, house: House, owner_url: str
) -> None:
    owner = await asyncpg.connect(owner_url)
    await owner.execute("BEGIN; LOCK TABLE sign_ins, join_links, api_tokens IN ACCESS EXCLUSIVE MODE")
    begun = asyncio.get_running_loop().time()
    answers = await asyncio.gather(
        visitor.get("/api/me", Cookie="vesper_sign_in=anything"),
        visitor.get("/api/feed", Authorization="Bearer anything"),
        visitor.post("/api/join-links/open", {"link": house.link}),
    )
    assert {(answer.status, answer.code) for answer in answers} == {(503, "database_away")}
    assert asyncio.get_running_loop().time() - begun < 2.5  # half a second for a busy machine
    await owner.close()
    assert (await visitor.post("/api/join-links/open", {"link": house.link})).status == 200


async def test_a_slow_answer_is_not_cut_off_by_the_limit_on_headers(
    settings: ServerSettings, database: Database, owner_url: str
) -> None:
    sign_in = b'{"email":"a@b.example","password":"x"}'
    head = "POST /api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
    owner = await asyncpg.connect(owner_url)
    async with hurried(settings, database) as server:
        await owner.execute("BEGIN; LOCK TABLE persons IN ACCESS EXCLUSIVE MODE")
        answering = asyncio.create_task(
            exchanged(server, f"{head}Content-Length: {len(sign_in)}\r\n\r\n".encode() + sign_in)
        )
        done, _ = await asyncio.wait([answering], timeout=0.5)
        assert not done
        await owner.close()
        assert (await answering).startswith("HTTP/1.1 401 ")
