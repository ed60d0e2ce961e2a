"""The shipper moves the journal to Postgres: in order, in batches, as often as it takes, each entry with one effect."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import msgspec

from domain.errors import DatabaseAway, StaleStream
from signaling import journal, segments
from signaling.segments import Place
from store import ledger, liveness, note_drafts, rooms
from store.database import Database, Transaction

log = logging.getLogger(__name__)

BATCH = 2_000
"""Entries in one transaction. A turn costs its flush to disk, however many share it; and others wait meanwhile."""
PAUSE_SECONDS = 0.02
"""What gathers meanwhile shares one turn at the ledger."""
AWAY_SECONDS = 1.0
REFUSED = "refused.frames"
KEEP_SEGMENTS = 2
"""Shipped segments that stay: they hold the tickets that were used a moment ago."""


class Shipper:
    """Ships one journal folder. `place` is how far the database has it, kept beside the journal."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self._database = database
        self._checkpoint = folder / "shipped.json"
        self.place = self._read_checkpoint()
        self._shipped_mark = 0
        self._reached = asyncio.Event()

    async def run(self, written: journal.Journal) -> None:
        """Ship what `written` flushes, for as long as the task runs; while the database is away, wait for it."""
        while True:
            mark = written.flushed_mark
            try:
                await self.ship_all()
            except DatabaseAway:
                log.warning("the database is away: the journal keeps everything until it is back")
                await asyncio.sleep(AWAY_SECONDS)
                continue
            self._shipped_mark = mark
            self._reached.set()
            await written.flushed(mark + 1)
            await asyncio.sleep(PAUSE_SECONDS)

    async def reached(self, mark: int) -> None:
        """Return once the database has everything up to the journal's `mark`."""
        while self._shipped_mark < mark:
            self._reached.clear()
            await self._reached.wait()

    async def ship_all(self) -> int:
        """Ship until nothing is left; returns how many entries went.

        Raises:
            DatabaseAway
        """
        total = 0
        while shipped := await self.ship_once():
            total += shipped
        return total

    async def ship_once(self) -> int:
        """Ship one batch; returns how many entries it held, 0 when nothing waits.

        Raises:
            DatabaseAway: the batch will be shipped again.
        """
        batch = await asyncio.to_thread(lambda: list(journal.entries_from(self._folder, self.place, BATCH)))
        if not batch:
            return 0
        entries = [entry for entry, _ in batch]
        try:
            await self._deliver(entries)
        except StaleStream:
            await self._deliver_singly(entries)
        await asyncio.to_thread(self._advance, batch[-1][1])
        return len(batch)

    async def deliver_directly(self, entries: Sequence[journal.Entry]) -> bool:
        """Put what the disk refuses into the database, behind everything the disk has; False while it is away."""
        try:
            await self.ship_all()
            await self._deliver(entries)
        except DatabaseAway:
            return False
        return True

    async def _deliver(self, entries: Sequence[journal.Entry]) -> None:
        async with self._database.transaction() as tx:
            for entry in entries:
                await _deliver_beside(tx, entry)
            if evidence := [entry for entry in entries if isinstance(entry, journal.Evidence)]:
                await liveness.save(tx, *(liveness.Liveness(**msgspec.structs.asdict(one)) for one in evidence))
            await ledger.append(tx, [entry.row for entry in entries if isinstance(entry, journal.Fact)])

    async def _deliver_singly(self, entries: Sequence[journal.Entry]) -> None:
        """One of the facts is refused for ever: it is set aside in a file of its own, and the others go on."""
        for entry in entries:
            try:
                await self._deliver([entry])
            except StaleStream:
                log.error(
                    "another writer has taken this place: the fact is set aside", extra={"place": str(self.place)}
                )
                with (self._folder / REFUSED).open("ab") as refused:
                    refused.write(segments.frame(msgspec.msgpack.encode(entry)))

    def _advance(self, place: Place) -> None:
        is_elsewhere, self.place = place.segment != self.place.segment, place
        fresh = self._checkpoint.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(place))
        fresh.replace(self._checkpoint)
        if is_elsewhere:
            self._forget_before(place.segment - KEEP_SEGMENTS)

    def _forget_before(self, kept: int) -> None:
        for segment in segments.segments_in(self._folder):
            if segment < kept:
                segments.path_of(self._folder, segment).unlink()

    def _read_checkpoint(self) -> Place:
        try:
            return msgspec.json.decode(self._checkpoint.read_bytes(), type=Place)
        except FileNotFoundError:
            return segments.START


async def _deliver_beside(tx: Transaction, entry: journal.Entry) -> None:
    match entry:
        case journal.Draft():
            await note_drafts.save(tx, note_drafts.Draft(**msgspec.structs.asdict(entry)))
        case journal.ClosedRoom():
            await rooms.close(tx, entry.session, entry.epoch, entry.at)
        case journal.Fact() | journal.Evidence() | journal.UsedTicket():
            pass  # facts and evidence go together, each kind at once
