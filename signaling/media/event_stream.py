"""The events of an engine, in order, for its only listener."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from signaling.media.engine import MediaEvent, Speaking, Witnessed

MAX_WAITING = 10_000
"""Unread events. Beyond this, evidence and loudness are dropped, since they repeat soon; other events never are."""


class EventStream:
    """Events in the order they happened; reading ends when the stream is closed and empty."""

    def __init__(self) -> None:
        self._waiting: deque[MediaEvent] = deque()
        self._changed = asyncio.Event()
        self._closed = False

    def emit(self, event: MediaEvent) -> None:
        """Add an event."""
        if len(self._waiting) >= MAX_WAITING and isinstance(event, Witnessed | Speaking):
            return
        self._waiting.append(event)
        self._changed.set()

    def close(self) -> None:
        """End the stream: no event follows."""
        self._closed = True
        self._changed.set()

    async def read(self) -> AsyncIterator[MediaEvent]:
        """Each event once, as it arrives."""
        while True:
            while self._waiting:
                yield self._waiting.popleft()
            if self._closed:
                return
            self._changed.clear()
            await self._changed.wait()
