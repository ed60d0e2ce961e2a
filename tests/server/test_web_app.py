"""The browser app's files: served as built, under a strict policy, and no other files."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from msgspec.structs import replace

from runtime.settings import ServerSettings
from server.app import build
from server.web_app import security_headers
from store.database import Database
from tests.server.conftest import Browser

Client = TestClient[Any, Any]


@pytest.fixture
def dist(settings: ServerSettings) -> Path:
    """A built app: its two pages, one script."""
    (settings.web_dist / "assets").mkdir(parents=True)
    (settings.web_dist / "index.html").write_text("<!doctype html><title>For staff</title>")
    (settings.web_dist / "join.html").write_text("<!doctype html><title>For clients</title>")
    (settings.web_dist / "assets" / "index-a1b2c3.js").write_text("export {}")
    (settings.web_dist.parent / "secret.txt").write_text("not for browsers")
    return settings.web_dist


@pytest.fixture
async def client(dist: Path, settings: ServerSettings, database: Database) -> AsyncIterator[Client]:
    async with TestClient(TestServer(build(settings, database))) as opened:
        yield opened


async def test_every_address_outside_the_api_gives_the_staff_page(client: Client) -> None:
    attendance = "/session/0191e000-0000-7000-8000-000000000000/attendance"
    for path in ("/", attendance, "/join/elsewhere", "/joined", "/%2e%2e/secret.txt"):
        await _shows(client, path, "For staff")


async def test_a_personal_link_gives_the_clients_page(client: Client) -> None:
    for path in ("/join", "/join/"):
        await _shows(client, path, "For clients")


async def _shows(client: Client, path: str, title: str) -> None:
    async with client.get(path) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html"), path
        assert f"<title>{title}</title>" in await answer.text(), path
        assert answer.headers["Cache-Control"] == "no-cache"


async def test_a_file_with_a_hash_in_its_name_is_kept_for_ever(client: Client) -> None:
    async with client.get("/assets/index-a1b2c3.js") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.content_type in ("text/javascript", "application/javascript")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_browser_that_accepts_compression_gets_the_compressed_file(client: Client, dist: Path) -> None:
    script = dist / "assets" / "index-a1b2c3.js"
    script.with_suffix(".js.gz").write_bytes(gzip.compress(script.read_bytes()))
    for taken, encoding in (("gzip, br", "gzip"), ("identity", None)):
        async with client.get("/assets/index-a1b2c3.js", headers={"Accept-Encoding": taken}) as answer:
            assert (answer.headers.get("Content-Encoding"), await answer.text()) == (encoding, "export {}")
            assert answer.content_type in ("text/javascript", "application/javascript")


async def test_a_missing_file_is_not_answered_with_the_page(client: Client) -> None:
    for path in ("/assets/gone.js", "/assets/..%2f..%2fsecret.txt"):
        async with client.get(path) as answer:
            assert (answer.status, answer.content_type) == (404, "application/problem+json")


async def test_the_page_may_reach_only_itself_and_the_sockets(client: Client) -> None:
    async with client.get("/") as answer:
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://localhost:8081"
    assert policy["frame-ancestors"] == "'none'"


async def test_strict_transport_security_is_sent_only_over_https(settings: ServerSettings) -> None:
    assert "Strict-Transport-Security" not in security_headers(settings)
    assert "Strict-Transport-Security" in security_headers(replace(settings, public_origin="https://vesper.example"))


async def test_without_a_build_the_page_says_how_to_build_it(visitor: Browser) -> None:
    for path in ("/", "/join"):
        async with visitor.client.get(path) as answer:
            assert (answer.status, "npm run build" in await answer.text()) == (503, True)
