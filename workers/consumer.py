"""Consumers of the ledger: one transaction claims a clinic's cursor, reads, handles, advances; so effects happen once.

A handler receives the transaction and never the pool: what it writes commits with the cursor or not at all. Any
number of workers may run the same consumer; each takes the clinics whose cursors no other worker holds.

A batch is handled at once. If that fails, the sessions that fail by themselves are set aside and the others go on.
Later facts of a session that is set aside are skipped. It is tried again, whole, by a newer release, when an operator
asks, and after later facts, unless it has a fact that cannot be read.

A batch that takes longer than the database allows is divided into smaller ones. A session that alone takes too long,
repeatedly, is set aside too.
"""

import asyncio
import contextlib
import itertools
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from operator import attrgetter

import msgspec

from domain.errors import DatabaseAway
from domain.ids import is_id
from domain.projection.gathering import STAYS_ASIDE, Aside
from store.attendance import set_aside
from store.database import Database, Transaction
from store.errors import took_too_long
from store.ledger import cursors
from store.ledger import facts as ledger
from store.ledger.facts import Recorded
from workers.set_aside import isolate_failures, report, settle

log = logging.getLogger(__name__)

BATCH = 500
"""The most positions handled in one transaction."""
CLINICS_AT_ONCE = 100
"""The most clinics with new facts that one look finds."""
POLL_SECONDS = 5.0
"""Seconds until a consumer looks again without a notification: notifications are lost while the connection is."""
TRIES = 3
"""How often a session alone may take too long before it is set aside."""
RETRY_SECONDS = 1.0
LONGEST_RETRY_SECONDS = 60.0
"""The longest pause between attempts at a turn that keeps failing; each attempt logs its traceback."""

Handle = Callable[[Transaction, Sequence[Recorded]], Awaitable[Mapping[str, Aside]]]
"""Handles facts; returns the sessions that cannot be handled. A session to try again is passed with all its facts."""
Facts = Sequence[Recorded]
Turn = Callable[[], Awaitable[bool]]
"""One transaction's work; returns True if there may be more to do at once."""
Rest = Callable[[], Awaitable[None]]
"""Returns when it is time to look again."""


class Consumer(msgspec.Struct, frozen=True):
    """A reader of every clinic's ledger; its cursors have its name."""

    name: str
    handle: Handle


async def consume(database: Database, consumer: Consumer, clinic: str, batch: int = BATCH) -> bool:
    """Handle a clinic's next batch; True if there may be more, False at the end or while another worker reads."""
    async with database.transaction() as tx:
        position = await cursors.claim(tx, consumer.name, clinic)
        if position is None:
            return False
        facts = await ledger.read(tx, clinic, position, batch)
        news = []
        if facts:
            news = await _handle(tx, consumer, facts)
            await cursors.advance(tx, consumer.name, clinic, facts[-1].position)
    report(consumer.name, news)
    return len(facts) == batch


async def try_again(database: Database, consumer: Consumer) -> bool:
    """Handle the next session that was set aside and is due to be tried again; False if there is none."""
    try:
        return await _try_next(database, consumer)
    except DatabaseAway as away:
        if not took_too_long(away):
            raise
        async with database.transaction() as tx:
            if aside := await set_aside.next_to_try(tx, consumer.name):
                heavy = {aside.session: msgspec.structs.replace(aside, reason="too_heavy")}
                await settle(tx, consumer.name, aside.clinic, [], heavy)
        return True


async def set_next_aside(database: Database, consumer: Consumer, clinic: str) -> None:
    """Set aside the session of the clinic's next fact: it took too long, alone, and more than once.

    A fact without a session sets nothing aside: then the database itself is slow.
    """
    news: list[Aside] = []
    async with database.transaction() as tx:
        position = await cursors.claim(tx, consumer.name, clinic)
        next_fact = [] if position is None else await ledger.read(tx, clinic, position, 1)
        for fact in (fact for fact in next_fact if fact.session_id):
            heavy = Aside(session=fact.session_id, clinic=clinic, position=fact.position, reason="too_heavy")
            news = await settle(tx, consumer.name, clinic, [], {heavy.session: heavy})
    report(consumer.name, news)


async def _try_next(database: Database, consumer: Consumer) -> bool:
    async with database.transaction() as tx:
        aside = await set_aside.next_to_try(tx, consumer.name)
        if aside is None or await cursors.claim(tx, consumer.name, aside.clinic) is None:
            return False
        found = await _isolate(tx, consumer, [await ledger.of_session(tx, aside.clinic, aside.session)])
        news = await settle(tx, consumer.name, aside.clinic, [aside.session], found)
    report(consumer.name, news)
    return True


async def _handle(tx: Transaction, consumer: Consumer, facts: Facts) -> list[Aside]:
    """Handle these facts, except those of sessions that are set aside; returns the sessions set aside now."""
    by_session: dict[str, list[Recorded]] = {}
    for fact in facts:
        if fact.session_id:  # a fact without a session changes no record
            by_session.setdefault(fact.session_id, []).append(fact)
    clinic = facts[0].clinic_id
    aside = await set_aside.among(tx, consumer.name, clinic, by_session)
    changed = [session for session, one in aside.items() if one.reason not in STAYS_ASIDE]
    if changed:
        await set_aside.ask_again(tx, clinic, changed)
    found = await _isolate(tx, consumer, [own for session, own in by_session.items() if session not in aside])
    return await settle(tx, consumer.name, clinic, [], found)


async def _isolate(tx: Transaction, consumer: Consumer, groups: Sequence[Facts]) -> dict[str, Aside]:
    async def handle(some: Sequence[Facts]) -> Mapping[str, Aside]:
        return await consumer.handle(tx, sorted(itertools.chain.from_iterable(some), key=attrgetter("position")))

    def failed(own: Facts, where: str) -> Aside:
        first = own[0]
        clinic, session = first.clinic_id, first.session_id
        return Aside(session=session, clinic=clinic, position=first.position, reason="failed", frames=where)

    return await isolate_failures(tx, groups, handle, failed) if groups else {}


async def follow(database: Database, consumer: Consumer) -> None:
    """Consume the clinics' ledgers as they grow, for as long as the task runs."""
    reader = Reader(database, consumer)
    async with asyncio.TaskGroup() as group:
        group.create_task(database.listen(ledger.CHANNEL, reader.hear), name=f"{consumer.name}: hear")
        group.create_task(repeat(consumer.name, reader.turn, reader.rest), name=f"{consumer.name}: read")


class BatchSize(msgspec.Struct):
    """How many of a clinic's facts are handled at once, and how often one alone took too long."""

    size: int
    tries: int = 0

    def shrink(self) -> bool:
        """The batch took too long: take less. True if one fact alone has now been tried `TRIES` times."""
        if self.size > 1:
            self.size = max(1, self.size // 16)
            return False
        self.tries = (self.tries + 1) % TRIES
        return self.tries == 0

    def grow(self, most: int) -> None:
        """The batch went well: take more, at most `most`."""
        self.size, self.tries = min(most, 2 * self.size), 0


class Reader:
    """Reads the clinics with new facts in turn, a batch each, so that none waits for another's backlog."""

    def __init__(self, database: Database, consumer: Consumer, batch: int = BATCH) -> None:
        self._database = database
        self._consumer = consumer
        self._batch = batch
        self._waiting: dict[str, None] = {}
        self._sizes: dict[str, BatchSize] = {}
        self._begun: set[str] = set()
        self._news = asyncio.Event()
        self._look_at = 0.0

    def hear(self, clinic: str) -> None:
        """Note that this clinic has new facts. Anyone can announce other text: then look at all clinics."""
        if is_id(clinic):
            self._waiting[clinic] = None
        else:
            self._look_at = 0.0
        self._news.set()

    async def turn(self) -> bool:
        """Handle a batch of the clinic that waits longest, or a session that was set aside; False without either."""
        if time.monotonic() >= self._look_at:
            await self._look()
        if self._waiting:
            clinic = next(iter(self._waiting))
            del self._waiting[clinic]
            await self._begin(clinic)
            if await self._consume(clinic):
                self._waiting.setdefault(clinic)
            return True
        return await try_again(self._database, self._consumer)

    async def _consume(self, clinic: str) -> bool:
        """Handle a batch of the clinic's current size, which grows again after each batch that went well."""
        size = self._sizes.setdefault(clinic, BatchSize(self._batch))
        try:
            more = await consume(self._database, self._consumer, clinic, size.size)
        except DatabaseAway as away:
            if not took_too_long(away):
                raise
            self._waiting.setdefault(clinic)
            if size.shrink():
                await set_next_aside(self._database, self._consumer, clinic)
            raise
        size.grow(self._batch)
        return more

    async def rest(self) -> None:
        """Wait for news, or until it is time to check for lost notifications."""
        await _wait(self._news, max(self._look_at - time.monotonic(), 0))
        self._news.clear()

    async def _begin(self, clinic: str) -> None:
        if clinic not in self._begun:
            async with self._database.transaction() as tx:
                await cursors.begin(tx, self._consumer.name, clinic)
            self._begun.add(clinic)

    async def _look(self) -> None:
        """Find the clinics with new facts; workers that look at the same moment begin with different ones."""
        async with self._database.transaction() as tx:
            behind = await cursors.behind(tx, self._consumer.name, CLINICS_AT_ONCE)
        self._look_at = time.monotonic() + (POLL_SECONDS if len(behind) < CLINICS_AT_ONCE else 0)
        random.shuffle(behind)
        self._waiting |= dict.fromkeys(behind)


async def repeat(name: str, turn: Turn, rest: Rest) -> None:
    """Take turns for as long as the task runs; rest when there is nothing to do.

    A turn that fails is rolled back and tried again: later facts must not overtake it. If the database is away, it
    waits; after a bug (logged with its traceback) it waits longer each time.
    """
    away, retry_seconds = False, RETRY_SECONDS
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
            await asyncio.sleep(retry_seconds)
            retry_seconds = min(2 * retry_seconds, LONGEST_RETRY_SECONDS)
            continue
        retry_seconds = RETRY_SECONDS
        if away:
            log.info("the database is back", extra={"consumer": name})
            away = False
        if not more:
            await rest()


async def _wait(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event. `asyncio.wait_for` could swallow a simultaneous cancellation before Python 3.12."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
