"""One socket's bounded send queue; a newer room picture replaces an unsent one."""

import asyncio
from collections import deque

import msgspec

from domain.errors import TooSlow
from signaling.messages import AttendanceCounted, NodeMessage, RoomChanged

CAPACITY = 64
"""A connection that lets this many messages pile up is dropped; it returns with its resume."""
_PICTURES = (RoomChanged, AttendanceCounted)


class Outgoing:
    """A queue with one reader, the socket's writer task."""

    def __init__(self) -> None:
        self._waiting: deque[NodeMessage] = deque()
        self._ready = asyncio.Event()
        self._closed = asyncio.Event()
        self._sign_wanted = asyncio.Event()

    def ask_for_sign(self) -> None:
        """Have the socket pinged now."""
        self._sign_wanted.set()

    async def sign_wanted(self) -> None:
        """Return once the socket is to be pinged at once."""
        await self._sign_wanted.wait()
        self._sign_wanted.clear()

    def put(self, message: NodeMessage) -> None:
        """Queue a message; ignore it after `close`.

        Raises:
            TooSlow: too many messages wait.
        """
        if self._closed.is_set():
            return
        if isinstance(message, _PICTURES):
            self._drop_older(type(message))
        if len(self._waiting) >= CAPACITY:
            raise TooSlow
        self._waiting.append(message)
        self._ready.set()

    def close(self) -> None:
        """Send what waits, then stop the reader."""
        self._closed.set()
        self._ready.set()

    async def closed(self) -> None:
        """Return once `close` was called."""
        await self._closed.wait()

    async def next(self) -> bytes | None:
        """The next message as JSON, or None when closed and empty."""
        while not self._waiting:
            if self._closed.is_set():
                return None
            self._ready.clear()
            await self._ready.wait()
        return msgspec.json.encode(self._waiting.popleft())

    def _drop_older(self, picture: type[RoomChanged] | type[AttendanceCounted]) -> None:
        for message in self._waiting:
            if type(message) is picture:
                self._waiting.remove(message)
                return
