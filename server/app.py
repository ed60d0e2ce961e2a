"""Process 1: the API and the web app over HTTP. Stateless: all its state is in Postgres."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime

import msgspec
from aiohttp import web

from runtime import clock
from runtime.fetching import Fetcher
from runtime.secrets.passwords import Passwords
from runtime.settings import ServerSettings
from server import api, web_app
from server.http import openapi
from server.http.calls import Services
from server.http.dispatch import answering
from server.http.errors import answer_problems
from server.http.routes import Route
from server.listening import Runner
from server.single_sign_on.documents import DOCUMENTS, Documents
from store.database import Database

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 5
"""How long pending requests may take to end at shutdown."""
STATEMENT_TIMEOUT = "2s"
"""Longer than a request waits (`PATIENCE_SECONDS`): after that, Postgres need not go on."""


def build(
    settings: ServerSettings,
    database: Database,
    now: Callable[[], datetime] = clock.now,
    *,
    strict: bool = False,
    others: Sequence[Database] = (),
) -> web.Application:
    """The application, ready to be served. `now` is its clock; `strict` raises bugs that are otherwise logged.

    `others` are further databases, each with its own clinics.
    """
    passwords = Passwords(settings.password_memory_kib)
    services = Services(settings, database, passwords, now, strict, tuple(others))
    app = web.Application(middlewares=[answer_problems])
    app.on_cleanup.append(_closing(passwords))
    app.cleanup_ctx.append(_documents(loopback=settings.public_origin.startswith("http:")))
    routes = api.table()
    for route in routes:
        app.router.add_route(route.method, route.path, answering(route, services))
    app.router.add_get("/api/openapi.json", _document(routes))
    app.router.add_get(web_app.ADDRESS, web_app.page(settings.web_dist))
    app.on_response_prepare.append(_stamp(web_app.security_headers(settings)))
    return app


async def run(settings: ServerSettings) -> None:
    """Serve until cancelled, then let pending requests end.

    Raises:
        DatabaseAway: nothing answers at a database's address.
        OSError: the port is taken.
    """
    async with contextlib.AsyncExitStack() as stack:
        database, *others = [
            await stack.enter_async_context(Database.open(url, statement_timeout=STATEMENT_TIMEOUT))
            for url in (settings.database_url, *settings.more_database_urls)
        ]
        runner = Runner(build(settings, database, others=others), shutdown_timeout=SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, settings.server_host, settings.server_port).start()
            log.info("serving", extra={"host": settings.server_host, "port": settings.server_port})
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()


def _closing(passwords: Passwords) -> Callable[[web.Application], Awaitable[None]]:
    async def close(_: web.Application) -> None:
        passwords.close()

    return close


def _documents(*, loopback: bool) -> Callable[[web.Application], AsyncIterator[None]]:
    """What providers publish. Where this server is reached without TLS, a provider on this machine may be too."""

    async def keep(app: web.Application) -> AsyncIterator[None]:
        fetcher = Fetcher(loopback=loopback)
        app[DOCUMENTS] = Documents(fetcher)
        yield
        await fetcher.close()

    return keep


def _document(routes: Sequence[Route]) -> web_app.Page:
    text = msgspec.json.encode(openapi.document(routes))

    async def show(_: web.Request) -> web.Response:
        response = web.Response(body=text, content_type="application/json")
        response.enable_compression()
        return response

    return show


def _stamp(headers: Mapping[str, str]) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    async def stamp(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers)
        response.headers.popall("Server", None)  # the library's name and version
        if request.path.startswith("/api/"):
            response.headers["Cache-Control"] = "no-store"

    return stamp
