"""The whole server: it starts, reports its health and stops; and what every answer carries."""

import asyncio
import contextlib
import socket

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from msgspec.structs import replace

from domain.errors import DatabaseAway
from runtime.release import VERSION
from runtime.settings import ServerSettings
from server.app import build, run
from store.database import Database
from tests.server.conftest import Browser
from tests.sharing import free_port
from tests.unforeseen import Unforeseen, others, strike
from tests.waiting import eventually

PROMPTLY = 10


async def test_it_serves_until_it_is_cancelled(settings: ServerSettings) -> None:
    port = free_port()
    serving = asyncio.create_task(run(replace(settings, server_port=port)))
    async with asyncio.timeout(PROMPTLY), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        assert await health_of(session) == {
            "status": "ok",
            "version": VERSION,
            "sessions_set_aside": 0,
            "entries_set_aside": 0,
            "drafts_set_aside": 0,
        }
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get("/api/health")


async def test_a_server_whose_one_task_fails_ends(settings: ServerSettings) -> None:
    port, before = free_port(), asyncio.all_tasks()
    serving = asyncio.create_task(run(replace(settings, server_port=port)), name="server")
    async with asyncio.timeout(PROMPTLY):
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            await health_of(session)
            assert others(before).keys() == {"server", "RequestHandler.start"}, "every task is known"
        await strike(serving)
        with pytest.raises(Unforeseen):
            await serving


async def test_a_connection_whose_task_fails_is_closed_and_the_next_one_is_served(settings: ServerSettings) -> None:
    port, before = free_port(), asyncio.all_tasks()
    serving = asyncio.create_task(run(replace(settings, server_port=port)), name="server")
    async with asyncio.timeout(PROMPTLY):
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            await health_of(session)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        async def connection() -> asyncio.Task[None] | None:
            return next(iter(others(before).get("RequestHandler.start", [])), None)

        await strike(await eventually(connection))
        assert await reader.read() == b"", "it is closed"
        writer.close()
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            await health_of(session)
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving


async def health_of(session: aiohttp.ClientSession) -> object:
    """The health, as soon as the server answers."""
    while True:
        with contextlib.suppress(aiohttp.ClientConnectorError):
            async with session.get("/api/health") as answer:
                return await answer.json()
        await asyncio.sleep(0.01)


async def test_a_taken_port_and_an_absent_database_keep_it_from_starting(settings: ServerSettings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="address already in use"):
        await run(replace(settings, server_port=taken.getsockname()[1]))
    with pytest.raises(DatabaseAway):
        await run(replace(settings, database_url="postgresql://vesper_app:x@127.0.0.1:1/vesper"))


async def test_while_the_database_is_away_callers_are_asked_to_come_back(settings: ServerSettings) -> None:
    async with Database.open(settings.database_url) as database:
        app = build(settings, database)
    async with TestClient(TestServer(app)) as client:
        for path in ("/api/health", "/api/me"):
            answer = await Browser(client).get(path, Cookie="vesper_sign_in=anything")
            assert (answer.status, answer.code) == (503, "database_away")
            assert answer.body["detail"] == DatabaseAway.default
            assert int(answer.headers["Retry-After"]) > 0


async def test_nobody_caches_answers_of_the_api(facilitator: Browser) -> None:
    answer = await facilitator.get("/api/me")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Permissions-Policy"].startswith("camera=(self), microphone=(self)")
