"""The notes worker: drafts from the rooms become versions of notes, encrypted for keeping."""

import asyncio
import functools
import logging
import secrets
from datetime import datetime, timedelta

from domain.chart.notes import NONCE_BYTES
from domain.errors import DatabaseAway
from runtime import clock
from store.chart import drafts
from store.chart.data_keys import NoteKeys
from store.chart.drafts import Settled
from store.database import Database
from workers.consumer import repeat
from workers.set_aside import frames

log = logging.getLogger(__name__)

POLL_SECONDS = 0.5
QUIET = timedelta(seconds=1)
"""A draft becomes a version when its author has paused this long …"""
LONGEST = timedelta(seconds=15)
"""… or, if the author does not pause, when the last version is this old."""
SET_ASIDE = timedelta(minutes=1)
"""How long a draft that failed waits for the next attempt, so that the others do not wait for it."""


async def follow(database: Database, keys: NoteKeys) -> None:
    """Write drafts into their notes, for as long as the task runs."""
    writer = NoteWriter(database, keys)
    rest = functools.partial(asyncio.sleep, POLL_SECONDS)
    await repeat("notes", lambda: writer.write_settled(clock.now()), rest)


class NoteWriter:
    """Writes drafts, each in its own transaction, and remembers those that failed."""

    def __init__(self, database: Database, keys: NoteKeys) -> None:
        """`keys` open the drafts and encrypt the notes."""
        self._database = database
        self._keys = keys
        self._aside: dict[Settled, datetime] = {}

    async def write_settled(self, now: datetime) -> bool:
        """Write every draft that is due. Returns False always: the next look can wait."""
        async with self._database.transaction() as tx:
            waiting = await drafts.settled(tx, now - QUIET, now - LONGEST)
        for one in waiting:
            if self._aside.get(one, now) <= now:
                await self._write(one, now)
        return False

    async def _write(self, one: Settled, now: datetime) -> None:
        try:
            async with self._database.transaction() as tx:
                await drafts.settle(tx, self._keys, one.clinic, one.note, secrets.token_bytes(NONCE_BYTES))
        except DatabaseAway:
            raise
        except Exception as error:
            self._aside[one] = now + SET_ASIDE
            await self._set_aside(one, frames(error))
        else:
            self._aside.pop(one, None)

    async def _set_aside(self, one: Settled, where: str) -> None:
        """Show the draft in the server's health, and log it once."""
        async with self._database.transaction() as tx:
            news = await drafts.set_aside(tx, one.clinic, one.note)
        if news:
            extra = {"note": one.note, "frames": f"\n{where}"}
            log.error("a draft was set aside; it is kept, and tried again every minute", extra=extra)
