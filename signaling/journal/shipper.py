"""The shipper moves the journal to Postgres: in order, in batches, with retries; each entry takes effect once."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import msgspec

from domain.chart.notes import SealedDraft
from domain.errors import DatabaseAway
from runtime.outage import Outage
from runtime.secrets import private_files
from signaling.journal import journal, segments
from signaling.journal.segments import Position
from signaling.journal.set_aside import UnreadableEntry, aside, reason_of
from store.chart import drafts
from store.database import Database, Transaction
from store.ledger import facts as ledger
from store.ledger import set_aside
from store.room import leases, liveness
from store.room.liveness import Liveness

log = logging.getLogger(__name__)

BATCH = 2_000
"""Entries per transaction. A turn at the ledger costs one flush whatever its size, and other writers wait meanwhile."""
PAUSE_SECONDS = 0.02
"""Entries that arrive meanwhile share one turn at the ledger."""
AWAY_SECONDS = 1.0
ANSWER_SECONDS = 20.0
"""A batch that takes longer hangs: a database that answers cancels statements earlier."""
REFUSED = "refused.frames"
KEEP_SEGMENTS = 2
"""Shipped segments that stay: they hold recently used tickets."""


class Shipper:
    """Ships one journal folder. The database has everything before `position`, which is noted beside the journal."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self._database = database.limited_to(ANSWER_SECONDS)
        self._checkpoint = folder / "shipped.json"
        self.position = self._noted = self._read_checkpoint()
        self._written: journal.Journal | None = None
        self._one_at_a_time = asyncio.Lock()
        self._away = Outage(
            log, "nothing can be shipped: the journal keeps everything until it can", "the journal is shipped again"
        )
        self._unnoted = Outage(log, "how far the journal is shipped cannot be noted", "it is noted again")
        self._shipped_mark = 0
        self._reached = asyncio.Event()

    async def run(self, written: journal.Journal) -> None:
        """Ship what `written` flushes, for as long as the task runs; wait while database or disk are away."""
        self._written = written
        while True:
            mark = written.flushed_mark
            try:
                await self.ship_all()
            except (DatabaseAway, OSError) as error:
                self._away.met(error)
                await asyncio.sleep(AWAY_SECONDS)
                continue
            self._away.passed()
            self._shipped_mark = mark
            self._reached.set()
            if self._noted != self.position:
                await asyncio.sleep(AWAY_SECONDS)
                continue
            await written.flushed(mark + 1)
            await asyncio.sleep(PAUSE_SECONDS)

    async def reached(self, mark: int) -> None:
        """Return once the database has everything up to the journal's `mark`."""
        while self._shipped_mark < mark:
            self._reached.clear()
            await self._reached.wait()

    async def ship_all(self) -> int:
        """Ship until nothing is left; returns the number of entries.

        Raises:
            DatabaseAway
            OSError: the journal's folder cannot be read.
        """
        await self._bring_in_refused()
        total = 0
        while shipped := await self.ship_once():
            total += shipped
        return total

    async def ship_once(self) -> int:
        """Ship one batch; returns its number of entries, 0 when nothing waits.

        Raises:
            DatabaseAway, OSError: the batch will be shipped again.
        """
        async with self._one_at_a_time:
            batch = await asyncio.to_thread(self._next_batch)
            if batch:
                await self._deliver([entry for entry, _ in batch])
                self.position = batch[-1][1]
            await asyncio.to_thread(self._note)
        return len(batch)

    def _next_batch(self) -> list[tuple[journal.Read, Position]]:
        """The next entries; while a journal is written, only safe ones, since others may be withdrawn."""
        end = self._written.end if self._written else None
        return list(journal.entries_from(self._folder, self.position, BATCH, end))

    async def deliver_directly(self, entries: Sequence[journal.Entry]) -> bool:
        """Store entries that the disk refuses, after everything that the disk has. False if that fails."""
        try:
            await self.ship_all()
            async with self._one_at_a_time:
                await self._deliver(entries)
        except (DatabaseAway, OSError):
            return False
        return True

    async def _deliver(self, entries: Sequence[journal.Read]) -> None:
        """Store the entries, in order. Find one that is refused for ever by halving, and set it alone aside."""
        try:
            await self._store(entries)
        except Exception as error:
            reason = reason_of(error)
            if reason is None:
                raise
            if len(entries) == 1:
                await self._set_aside(entries[0], reason)
                return
            middle = len(entries) // 2
            await self._deliver(entries[:middle])
            await self._deliver(entries[middle:])

    async def _store(self, entries: Sequence[journal.Read]) -> None:
        async with self._database.transaction() as tx:
            for entry in entries:
                await _store_beside(tx, entry)
            if evidence := [entry for entry in entries if isinstance(entry, Liveness)]:
                await liveness.save(tx, *evidence)
            await ledger.append(tx, [entry.row for entry in entries if isinstance(entry, journal.Fact)])

    async def _set_aside(self, entry: journal.Read, reason: str) -> None:
        async with self._database.transaction() as tx:
            await set_aside.keep(tx, aside(entry, reason))

    async def _bring_in_refused(self) -> None:
        """Move the entries that the first release set aside in a file to the others in the database."""
        file = self._folder / REFUSED
        if not file.exists():
            return
        data, offset = await asyncio.to_thread(file.read_bytes), 0
        while found := segments.unframe(data, offset):
            payload, offset = found
            await self._set_aside(journal.decoded(payload), "another fact has this place in its stream")
        file.unlink()

    def _note(self) -> None:
        """Note `position` on disk. A disk that refuses does not stop the shipping: the next call tries again."""
        if self._noted == self.position:
            return
        fresh = self._checkpoint.with_suffix(".new")
        try:
            with private_files.opened(fresh, "w") as cursor:
                cursor.write(msgspec.json.encode(self.position))
            fresh.replace(self._checkpoint)
            if self._noted.segment != self.position.segment:
                self._forget_before(self.position.segment - KEEP_SEGMENTS)
        except OSError as error:
            self._unnoted.met(error)
            return
        self._unnoted.passed()
        self._noted = self.position

    def _forget_before(self, kept: int) -> None:
        for segment in segments.segments_in(self._folder):
            if segment < kept:
                segments.path_of(self._folder, segment).unlink()

    def _read_checkpoint(self) -> Position:
        """The last process's position. Without a readable note everything is shipped again, without effect."""
        try:
            return msgspec.json.decode(self._checkpoint.read_bytes(), type=Position)
        except FileNotFoundError:
            return segments.START
        except msgspec.MsgspecError:
            log.warning("how far the journal was shipped cannot be read: it is shipped again from its start")
            return segments.START


async def _store_beside(tx: Transaction, entry: journal.Read) -> None:
    """Store one entry of the other kinds. Facts and evidence go in bulk, and used tickets stay in the journal."""
    match entry:
        case SealedDraft():
            await drafts.save(tx, entry)
        case journal.ClosedRoom():
            if clinic := entry.clinic or await leases.clinic_of(tx, entry.session):
                await leases.close(tx, clinic, entry.session, entry.epoch, entry.at)
        case journal.Unreadable():
            raise UnreadableEntry(entry.reason)
        case journal.Fact() | Liveness() | journal.UsedTicket():
            pass
