"""A node reads the changes of access to its rooms, and which sign-ins in them are locked: when notified, every two
seconds, and from the beginning after its connection was lost.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from domain.errors import DatabaseAway
from signaling.hosting.rooms import Rooms
from signaling.hosting.withdrawals import Withdrawals
from store.access import access_changes, sign_ins
from store.database import Database

log = logging.getLogger(__name__)

POLL_SECONDS = 2.0
"""Notifications are lost with their connection; a node honours withdrawn access for at most five seconds."""
ANSWER_SECONDS = 2.0
"""A read that takes longer hangs; another connection may work."""
AWAY_SECONDS = 0.5
KEPT = timedelta(days=2)
"""No claim lives longer than this."""


class AccessNews:
    """Reads the changes into a node's withdrawals and rooms."""

    def __init__(self, database: Database, withdrawals: Withdrawals, rooms: Rooms, now: Callable[[], datetime]) -> None:
        self._database = database
        self._withdrawals = withdrawals
        self._rooms = rooms
        self._now = now
        self._last = 0
        self._sessions: set[str] = set()
        self._wanted = asyncio.Event()

    async def listen(self) -> None:
        """Receive notifications of changes, for as long as the task runs."""
        await self._database.listen(access_changes.CHANNEL, self._hear)

    async def catch_up(self) -> None:
        """Read the new changes.

        Raises:
            DatabaseAway: changes that were read before count; the next call reads the rest.
        """
        async with self._database.limited_to(ANSWER_SECONDS).transaction() as tx:
            changes = await access_changes.after(tx, self._last)
            if present := self._rooms.sign_ins:
                self._rooms.learn_locks(await sign_ins.idle_among(tx, sorted(present)))
        for change in changes:
            if change.kind == "session_changed":
                self._sessions.add(change.subject)
            else:
                self._withdrawals.take(change)
            self._last = change.id
        for session in list(self._sessions):
            if await self._rooms.refresh(session):
                self._sessions.discard(session)

    async def follow(self) -> None:
        """Read the changes at each notification and every `POLL_SECONDS`, for as long as the task runs."""
        while True:
            try:
                await self.catch_up()
            except DatabaseAway:
                await asyncio.sleep(AWAY_SECONDS)
                continue
            self._withdrawals.forget(self._now() - KEPT)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._wanted.wait()
            self._wanted.clear()

    def _hear(self, payload: str) -> None:
        """An empty payload means a new connection: the database may be another one, or restored from a backup."""
        if not payload:
            self._last = 0
        self._wanted.set()
