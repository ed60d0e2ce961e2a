"""Whatever address somebody types, this server knocks at no machine behind the firewall."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from runtime.fetching import MOST_BYTES, Fetcher, NotFetched


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    one = Fetcher(loopback=False)
    yield one
    await one.close()


@pytest.fixture
async def at_home() -> AsyncIterator[Fetcher]:
    one = Fetcher(loopback=True)
    yield one
    await one.close()


async def problem(fetcher: Fetcher, address: str) -> str:
    with pytest.raises(NotFetched) as caught:
        await fetcher.get(address)
    return caught.value.problem


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.0.0.7", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "[::1]", "[fd00::1]", "[fe80::1]", "[::ffff:10.0.0.7]", "[2002:a00:7::1]", "[64:ff9b::a00:7]", "localhost",
    ],
)  # fmt: skip
async def test_private_addresses_are_not_asked(fetcher: Fetcher, host: str) -> None:
    assert await problem(fetcher, f"https://{host}/") == "not_public"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://login.example.org/", "not_https"),
        ("ftp://login.example.org/", "not_https"),
        ("file:///etc/passwd", "address_wrong"),
        ("https://", "address_wrong"),
        ("https://name:secret@login.example.org/", "address_wrong"),
        ("https://login.example.org/#part", "address_wrong"),
        ("https://[::1/", "address_wrong"),
        ("https://login.example.org:port/", "address_wrong"),
        ("nonsense", "address_wrong"),
    ],
)
async def test_an_address_must_be_one_of_the_web_over_tls(fetcher: Fetcher, address: str, said: str) -> None:
    assert await problem(fetcher, address) == said


async def test_at_home_only_this_machine_is_asked_without_tls(at_home: Fetcher) -> None:
    assert await problem(at_home, "http://192.168.1.1/") == "not_https"
    assert await problem(at_home, "https://192.168.1.1/") == "not_public"


@pytest.fixture
async def neighbour() -> AsyncIterator[TestServer]:
    """A server on this machine whose answers are of all kinds."""

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(MOST_BYTES // 1024 + 2):
            await response.write(b"x" * 1024)
        return response

    async def moved(_: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/here")

    async def refused(_: web.Request) -> web.StreamResponse:
        return web.Response(status=400, text="no")

    async def broken(_: web.Request) -> web.StreamResponse:
        return web.Response(status=503)

    async def here(_: web.Request) -> web.StreamResponse:
        return web.Response(text="here")

    app = web.Application()
    for handler in (endless, moved, refused, broken, here):
        app.router.add_get(f"/{handler.__name__}", handler)
    async with TestServer(app) as server:
        yield server


async def test_what_is_there_is_fetched_and_nothing_else_is_followed(at_home: Fetcher, neighbour: TestServer) -> None:
    where = f"http://localhost:{neighbour.port}"
    assert await at_home.get(f"{where}/here") == b"here"
    assert await problem(at_home, f"{where}/moved") == "redirects"
    assert await problem(at_home, f"{where}/endless") == "too_large"
    assert await problem(at_home, f"{where}/refused") == "refused"
    assert await problem(at_home, f"{where}/broken") == "away"
    await neighbour.close()
    assert await problem(at_home, f"{where}/here") == "away"
