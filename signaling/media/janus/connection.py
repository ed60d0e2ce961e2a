"""One socket to one Janus server: requests and their answers, and events by handle.

A handle is one peer connection at Janus, and one session holds all of ours. Both end with the socket.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from signaling.media.janus.protocol import PLUGIN, SUBPROTOCOL, Jsep, Said, read, write

log = logging.getLogger(__name__)

ANSWER_SECONDS = 5.0
"""A Janus server that is silent for this long counts as dead."""

Listener = Callable[[Said], None]


class JanusGone(ConnectionError):
    """The server cannot be reached, or its connection was lost."""


class JanusConnection:
    """An open session with a Janus server; get one from `opened`."""

    def __init__(self, socket: ClientConnection, secret: str, answer_seconds: float) -> None:
        self._socket, self._secret, self._answer_seconds = socket, secret, answer_seconds
        self._numbers = count(1)
        self._waiting: dict[str, tuple[asyncio.Future[Said], str]] = {}
        self._listeners: dict[int, Listener] = {}
        self._session = 0
        self._control = 0
        self.closed = asyncio.Event()
        """Set when the socket is."""

    @property
    def handles(self) -> int:
        """The number of peer connections."""
        return len(self._listeners)

    async def begin(self) -> None:
        """Create the session, and a handle for requests about whole rooms."""
        self._session = (await self._request("create", {})).data.id
        self._control = (await self._request("attach", {"plugin": PLUGIN})).data.id

    async def attach(self, listener: Listener) -> int:
        """Create a handle whose events go to `listener`; returns its id."""
        handle = (await self._request("attach", {"plugin": PLUGIN})).data.id
        self._listeners[handle] = listener
        return handle

    async def detach(self, handle: int) -> None:
        """End a handle and its peer connection, if it still exists; its events stop."""
        if self._listeners.pop(handle, None) is not None:
            with suppress(JanusGone):
                await self._send("detach", {"handle_id": handle})

    async def ask(self, handle: int, body: dict[str, Any], jsep: Jsep | None = None) -> Said:
        """The VideoRoom's answer.

        Raises:
            JanusRefused, JanusGone
        """
        description = {} if jsep is None else {"jsep": jsep}
        return await self._request("message", {"handle_id": handle, "body": body} | description)

    async def ask_room(self, body: dict[str, Any]) -> Said:
        """The same for a request about a whole room."""
        return await self.ask(self._control, body)

    async def prove_alive(self) -> None:
        """Return once Janus has answered, and so has reported all earlier events.

        Raises:
            JanusGone
        """
        await self._request("keepalive", {}, answer="ack")

    async def listen(self) -> None:
        """Pass on Janus's messages until the socket is closed; then fail all waiting requests."""
        try:
            with suppress(ConnectionClosed):
                async for frame in self._socket:
                    self._read(frame)
        finally:
            self.closed.set()
            waiting, self._waiting = self._waiting, {}
            for answer, _ in waiting.values():
                if not answer.done():
                    answer.set_exception(JanusGone())

    async def _request(self, janus: str, fields: dict[str, Any], answer: str = "") -> Said:
        heard: asyncio.Future[Said] = asyncio.get_running_loop().create_future()
        transaction = str(next(self._numbers))
        self._waiting[transaction] = heard, answer
        try:
            await self._send(janus, fields | {"transaction": transaction})
            async with asyncio.timeout(self._answer_seconds):
                said = await heard
        except TimeoutError:
            raise JanusGone from None
        finally:
            self._waiting.pop(transaction, None)
        if said.refusal is not None:
            raise said.refusal
        return said

    async def _send(self, janus: str, fields: dict[str, Any]) -> None:
        envelope = {"janus": janus, "transaction": str(next(self._numbers))}
        session = {"session_id": self._session} if self._session else {}
        secret = {"apisecret": self._secret} if self._secret else {}
        try:
            async with asyncio.timeout(self._answer_seconds):
                await self._socket.send(write(envelope | session | secret | fields))
        except (ConnectionClosed, TimeoutError):
            raise JanusGone from None

    def _read(self, frame: str | bytes) -> None:
        try:
            said = read(frame)
        except msgspec.DecodeError:
            log.warning("a message from Janus cannot be read")
        else:
            self._hear(said)

    def _hear(self, said: Said) -> None:
        """Pass a message to its request or listener. An acknowledgement answers only a request that waits for one."""
        future, wanted = self._waiting.get(said.transaction, (None, ""))
        if future is None:
            if said.sender in self._listeners and not said.transaction:
                self._listeners[said.sender](said)
        elif (said.janus != "ack" or wanted == "ack") and not future.done():
            future.set_result(said)


@asynccontextmanager
async def opened(url: str, secret: str, *, answer_seconds: float = ANSWER_SECONDS) -> AsyncIterator[JanusConnection]:
    """A session with the server at `url`, for the length of the context.

    Raises, in a group:
        JanusGone: it cannot be reached
        JanusRefused: it does not accept the secret
    """
    protocols = [Subprotocol(SUBPROTOCOL)]
    try:
        socket = await connect(url, subprotocols=protocols, open_timeout=answer_seconds, close_timeout=1, max_size=None)
    except (OSError, InvalidHandshake, ConnectionClosed, TimeoutError):
        raise JanusGone from None
    async with socket, asyncio.TaskGroup() as tasks:
        connection = JanusConnection(socket, secret, answer_seconds)
        listening = tasks.create_task(connection.listen(), name="media: listen")
        try:
            await connection.begin()
            yield connection
        finally:
            await socket.close()
            listening.cancel()
