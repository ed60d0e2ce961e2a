"""The origin of a request, as far as it can be known."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from server.http.origins import origin_of


async def seen_by_the_server(**headers: str) -> str:
    """The client's address as the server sees it, behind a proxy on this machine."""

    async def show(request: web.Request) -> web.Response:
        return web.Response(text=origin_of(request).address)

    app = web.Application()
    app.router.add_get("/", show)
    client: TestClient[Any, Any]
    async with TestClient(TestServer(app)) as client, client.get("/", headers=headers) as answer:
        return await answer.text()


@pytest.mark.parametrize(
    ("forwarded", "taken"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unknown", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
async def test_only_the_address_that_the_proxy_appended_is_used(forwarded: str, taken: str) -> None:
    assert await seen_by_the_server(**{"X-Forwarded-For": forwarded}) == taken


async def test_without_a_proxy_the_peers_address_is_used() -> None:
    assert await seen_by_the_server() == "127.0.0.1"
