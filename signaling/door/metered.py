"""A socket that is read no faster than its allowance, so that a flood waits in the network and costs the node little.

Frames are counted where the library parses them, before any message is decoded. Data is fed in small slices: between
two slices the other sockets have their turn.
"""

import asyncio
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame
from websockets.http11 import Request, Response

from signaling.door.limits import BYTES_PER_FRAME, FRAMES, PATIENCE_SECONDS, SLICE_BYTES, Allowance

BUSY_SECONDS = 0.02
"""Seconds until the next try, when messages wait for a room that is behind."""


class MeteredConnection(ServerConnection):
    """A `ServerConnection` with an allowance of frames; `flooding` is set once it has been overdrawn for too long."""

    patience_s = PATIENCE_SECONDS

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin with a full burst."""
        super().connection_made(transport)
        self.flooding = asyncio.Event()
        self._allowance = Allowance(FRAMES, self.loop.time())
        self._held = bytearray()
        self._later: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """Process the data at once if the allowance permits it; otherwise hold it and stop reading for now."""
        self._held += data
        if self._later is None:
            self._take_in()
        else:
            self.transport.pause_reading()

    def process_event(self, event: Request | Response | Frame | Any) -> None:
        """Charge the frame to the allowance, and pass it on."""
        if isinstance(event, Frame):
            self._allowance.spend(1 + len(event.data) / BYTES_PER_FRAME, self.loop.time())
        super().process_event(event)

    def eof_received(self) -> None:
        """Drop what waited: no request of a person who leaves is carried out."""
        self._held.clear()
        super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Drop what was held."""
        if self._later is not None:
            self._later.cancel()
        self._held.clear()
        super().connection_lost(exc)

    def _take_in(self) -> None:
        self._later = None
        while self._held:
            at = self.loop.time()
            wait = self._allowance.wait(at) or (BUSY_SECONDS if self.recv_messages.paused else 0.0)
            if wait:
                self._hold(wait, at)
                return
            taken = bytes(self._held[:SLICE_BYTES])
            del self._held[:SLICE_BYTES]
            super().data_received(taken)
        if not self.recv_messages.paused:
            self.transport.resume_reading()

    def _hold(self, seconds: float, at: float) -> None:
        self.transport.pause_reading()
        self._later = self.loop.call_later(seconds, self._take_in)
        if self._allowance.overdrawn_for(at) > self.patience_s:
            self.flooding.set()
