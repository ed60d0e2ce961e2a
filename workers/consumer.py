"""Consumers of the ledger: claim the cursor, read, handle, advance, in one transaction, so effects happen exactly once.

A handler receives the transaction and never the pool: what it writes commits with the cursor or not at all. Any
number of workers may run the same consumer; the cursor lets one of them through at a time.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from domain.errors import DatabaseAway
from store import cursors, ledger
from store.database import Database, Transaction
from store.ledger import Recorded

log = logging.getLogger(__name__)

BATCH = 500
"""Positions handled in one transaction."""
POLL_SECONDS = 5.0
"""How soon a consumer looks again when no notification came: they are lost while the connection is."""
RETRY_SECONDS = 1.0

Handle = Callable[[Transaction, Sequence[Recorded]], Awaitable[None]]
Turn = Callable[[], Awaitable[bool]]
"""One transaction's work; True when there may be more to do at once."""
Rest = Callable[[], Awaitable[None]]
"""Returns when it is time to look again."""


class Consumer(msgspec.Struct, frozen=True):
    """A reader of the whole ledger, by the name its cursor has."""

    name: str
    handle: Handle


async def consume(database: Database, consumer: Consumer, batch: int = BATCH) -> bool:
    """Handle the next batch; True when there may be more behind it, False at the end or while another worker reads."""
    async with database.transaction() as tx:
        position = await cursors.claim(tx, consumer.name)
        if position is None:
            return False
        facts = await ledger.read(tx, position, batch)
        if facts:
            await consumer.handle(tx, facts)
            await cursors.advance(tx, consumer.name, facts[-1].position)
    return len(facts) == batch


async def follow(database: Database, consumer: Consumer) -> None:
    """Consume the ledger as it grows, for as long as the task runs."""
    news = asyncio.Event()

    async def rest() -> None:
        await _wait(news, POLL_SECONDS)
        news.clear()

    async with asyncio.TaskGroup() as group:
        group.create_task(database.listen("ledger", lambda _: news.set()))
        group.create_task(repeat(consumer.name, lambda: consume(database, consumer), rest))


async def repeat(name: str, turn: Turn, rest: Rest) -> None:
    """Take turns for as long as the task runs, resting when there is nothing to do.

    A turn that fails is undone, and tried again: without the database by waiting for it, after a bug (logged with
    its traceback) no less, since whatever comes behind must not overtake it.
    """
    away = False
    while True:
        try:
            more = await turn()
        except DatabaseAway:
            if not away:
                log.warning("the database is away; waiting for it", extra={"consumer": name})
            away = True
            await asyncio.sleep(RETRY_SECONDS)
            continue
        except Exception:
            log.exception("a turn failed and was undone; it will be tried again", extra={"consumer": name})
            await asyncio.sleep(RETRY_SECONDS)
            continue
        if away:
            log.info("the database is back", extra={"consumer": name})
            away = False
        if not more:
            await rest()


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Not `asyncio.wait_for`: before Python 3.12 it may swallow a cancellation that comes together with the event."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
