"""How the server listens: how long it waits for a request, and how it answers what is no request.

The HTTP library would log an unreadable line and name itself in its answer. Here such a request gets a bare 400 with
the headers of every answer, and the log names only the kind of error.
"""

import asyncio
import logging
from collections.abc import Awaitable
from functools import partial
from typing import Any

import msgspec
from aiohttp import web

log = logging.getLogger(__name__)


class Limits(msgspec.Struct, frozen=True):
    """How long a connection may take."""

    header_seconds: float = 15.0
    """From connecting, or from the first byte of a further request, to the end of its headers."""
    idle_seconds: float = 150.0
    """Between two requests: longer than a proxy keeps its connections, so that it never uses a closed one."""
    lingering_seconds: float = 2.0
    """To read the rest of an unwanted body."""


class Runner(web.AppRunner):
    """Runs the application on connections with limits, which disclose nothing about the software."""

    def __init__(self, app: web.Application, limits: Limits | None = None, **options: Any) -> None:
        super().__init__(app, access_log=None, **options)
        self._limits = limits or Limits()

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Connections(self.app, made, self._limits)


class _Connections(web.Server):
    """Makes a `_Connection` for each accepted connection."""

    def __init__(self, app: web.Application, made: web.Server, limits: Limits) -> None:
        super().__init__(
            made.request_handler,
            request_factory=partial(made.request_factory, _cls=_Request),  # type: ignore[call-arg]
            handler_cancellation=made.handler_cancellation,
        )
        self.app = app
        self._limits = limits

    def __call__(self) -> "_Connection":
        return _Connection(self, self._limits)


class _Connection(web.RequestHandler):
    """One connection. Its headers must arrive in time, and errors in them are not quoted."""

    def __init__(self, connections: _Connections, limits: Limits) -> None:
        super().__init__(
            connections,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # the library's own runner passes None too
            keepalive_timeout=limits.idle_seconds,
            lingering_time=limits.lingering_seconds,
            auto_decompress=False,  # server/http/decoding.py refuses what is compressed
        )
        self.app = connections.app
        self._header_seconds = limits.header_seconds
        self._answering = False
        self._header_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self._task_handler is not None:
            self._task_handler.add_done_callback(self._serving_ended)
        self._expect_headers()

    def data_received(self, data: bytes) -> None:
        if not self._answering:
            self._expect_headers()
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._headers_came()
        super().connection_lost(exc)

    def begin_answer(self) -> None:
        """Note that a request's headers have arrived completely."""
        self._answering = True
        self._headers_came()

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        if isinstance(resp, web.HTTPException):  # raised by the library, outside our routes: it may quote a header
            resp = _bare(resp.status)
        try:
            return await super().finish_response(request, resp, start_time)
        finally:
            self._answering = False

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002  it quotes the request
    ) -> web.StreamResponse:
        """The answer to a request that reaches no route: a bare status."""
        if isinstance(exc, ConnectionError):
            raise exc
        if status >= 500:
            log.error("a request failed outside its route", exc_info=exc)
        else:
            log.info("a request could not be read", extra={"error": type(exc).__name__})
        if request.writer.output_size > 0:
            raise ConnectionError
        return _bare(status)

    def _serving_ended(self, task: asyncio.Task[None]) -> None:
        """Close the connection if its task failed: a further request on it would wait for ever."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("serving a connection failed: it is closed", exc_info=error)
            self.force_close()

    def _expect_headers(self) -> None:
        if self._header_timer is None:
            self._header_timer = asyncio.get_running_loop().call_later(self._header_seconds, self.force_close)

    def _headers_came(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None


def _bare(status: int) -> web.Response:
    response = web.Response(status=status)
    response.force_close()
    return response


class _Request(web.Request):
    """A request that ends the wait for headers; its answer gets the headers of every answer, even without a route."""

    def __init__(self, message: Any, payload: Any, protocol: Any, *rest: Any, **options: Any) -> None:
        super().__init__(message, payload, protocol, *rest, **options)
        protocol.begin_answer()

    def _prepare_hook(self, response: web.StreamResponse) -> Awaitable[None]:  # type: ignore[override]
        connection: Any = self.protocol
        prepared: Awaitable[None] = connection.app.on_response_prepare.send(self, response)
        return prepared
