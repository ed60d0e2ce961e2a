"""One Janus server as the engine sees it: connected while it lives, and tried again while it does not."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from signaling.media.janus.connection import JanusConnection, JanusGone, opened
from signaling.media.janus.protocol import JanusRefused

log = logging.getLogger(__name__)

AGAIN_SECONDS = 1.0
"""Seconds between two tries to reach a server."""
PROOF_SECONDS = 1.0
"""Seconds between two checks that a server lives."""


class JanusServer:
    """A place for rooms while it has a `connection`."""

    def __init__(self, url: str, secret: str) -> None:
        self.url, self._secret = url, secret
        self.connection: JanusConnection | None = None
        self.rooms = 0
        self._problem = ""
        self.tried = asyncio.Event()
        """Set after the first try to reach it."""
        self.on_alive: Callable[[datetime], None] = lambda _: None
        """Called with a time; all events from before it were read."""
        self.on_lost: Callable[[], None] = lambda: None

    @property
    def load(self) -> tuple[int, int]:
        """Our load on it: `(peer connections, rooms)`."""
        return (self.connection.handles if self.connection else 0, self.rooms)

    async def run(self, now: Callable[[], datetime]) -> None:
        """Stay connected, for as long as the task runs; no failure here may stop the other servers."""
        while True:
            try:
                async with opened(self.url, self._secret) as connection:
                    await self._keep(connection, now)
            except* JanusGone:
                self._complain("a Janus server cannot be reached")
            except* JanusRefused as refused:
                self._complain(f"a Janus server refuses us: {refused.exceptions[0]}")
            except* Exception:
                log.exception("a Janus server did something unexpected", extra={"server": self.url})
            self.tried.set()
            await asyncio.sleep(AGAIN_SECONDS)

    def _complain(self, problem: str) -> None:
        """Log a problem once, and not at every try."""
        if problem != self._problem:
            log.warning(problem, extra={"server": self.url})
        self._problem = problem

    async def _keep(self, connection: JanusConnection, now: Callable[[], datetime]) -> None:
        log.info("a Janus server is connected", extra={"server": self.url})
        self.connection, self._problem = connection, ""
        self.tried.set()
        try:
            while not connection.closed.is_set():
                asked_at = now()
                await connection.prove_alive()
                self.on_alive(asked_at)
                try:
                    async with asyncio.timeout(PROOF_SECONDS):
                        await connection.closed.wait()
                except TimeoutError:
                    continue
            raise JanusGone
        finally:
            self.connection = None
            self.on_lost()
