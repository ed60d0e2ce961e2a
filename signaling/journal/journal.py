"""The journal: every fact is on the node's disk before anybody sees its effect.

One writer gathers all entries since the last flush, writes them and flushes once for all (group commit). So rooms never
wait for the disk: they go on, and their messages follow the flush.
"""

import asyncio
import errno
import fcntl
import logging
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Self

import msgspec

from domain.chart.notes import SealedDraft
from runtime.errors import CannotStart
from runtime.outage import Outage
from runtime.secrets import private_files
from signaling.journal import segments
from signaling.journal.segments import Position
from store.ledger.facts import LedgerRow
from store.room.liveness import Liveness

log = logging.getLogger(__name__)


class Fact(msgspec.Struct, frozen=True, gc=False, tag="fact"):
    """A fact for the ledger."""

    row: LedgerRow


class UsedTicket(msgspec.Struct, frozen=True, tag="used_ticket"):
    """A ticket that has admitted somebody; it may not admit again."""

    id: str
    expires: datetime


class ClosedRoom(msgspec.Struct, frozen=True, tag="closed_room"):
    """A session's epoch that has ended. Older releases wrote it without the clinic."""

    session: str
    epoch: int
    at: datetime
    clinic: str | None = None


Entry = Fact | SealedDraft | Liveness | UsedTicket | ClosedRoom


class Unreadable(msgspec.Struct, frozen=True):
    """Bytes in a journal that are not an entry of this release: damaged, or written by another release."""

    raw: bytes
    reason: str


Read = Entry | Unreadable
"""What reading a journal may give."""
_READ_AT_ONCE = 1_000
_DECODER: msgspec.msgpack.Decoder[Entry] = msgspec.msgpack.Decoder(Entry)


class Disk(msgspec.Struct, frozen=True):
    """How the journal uses its disk."""

    flush: Callable[[int], None] = os.fdatasync
    """Returns once the file with this descriptor is physically on disk."""
    segment_bytes: int = 16 * 1024 * 1024
    retry_seconds: float = 1.0
    """Seconds until the next try after the disk refused."""
    patience_seconds: float = 15.0
    """A disk that neither takes nor refuses a write for this long hangs: the journal ends."""


class DiskHangs(Exception):
    """The disk neither took nor refused a write, and may still do either: so the database may not take it instead."""


Bypass = Callable[[Sequence[Entry]], Awaitable[bool]]


async def _no_way_round(_: Sequence[Entry]) -> bool:
    return False


class Journal:
    """An open journal folder, held by this process alone. Run `run()` as a task; append from the same loop."""

    def __init__(self, folder: Path, lock: FileIO, segment: int, disk: Disk) -> None:
        self._disk = disk
        self.folder = folder
        self._lock = lock
        self._file = private_files.opened(segments.path_of(folder, segment), "a")
        self.end = Position(segment, 0)
        """The end of the last entry that is safe on disk; bytes after it may still be withdrawn. Threads read it."""
        self._torn = False
        """Whether a failed write left bytes after the end."""
        self._pending: list[tuple[Entry, bytes]] = []
        self._bypass: Bypass = _no_way_round
        self._outage = Outage(
            log, "the journal cannot write: nobody is admitted until it can", "the journal writes again"
        )
        self.failing = False
        """True while the disk refuses: admit no new people."""
        self._appended = 0
        self._flushed = 0
        self._wanted = asyncio.Event()
        self._progress: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @classmethod
    def open(cls, folder: Path, disk: Disk | None = None) -> Self:
        """The journal in `folder`, without its torn tail and with a new segment.

        Raises:
            CannotStart: another process holds the folder.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = private_files.opened(folder / "lock", "w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise CannotStart(
                "Another signaling process holds the journal folder. Stop it, or set JOURNAL_DIR to another folder."
            ) from None
        private_files.close_to_others(folder)
        if cut := segments.mend(folder):
            log.warning("torn tail cut off the journal", extra={"bytes": cut})
        return cls(folder, lock, max(segments.segments_in(folder), default=0) + 1, disk or Disk())

    def append(self, entry: Entry) -> int:
        """Take an entry in; returns its mark, for `flushed`. An entry that cannot be encoded fails here, alone."""
        self._pending.append((entry, segments.frame(msgspec.msgpack.encode(entry))))
        self._appended += 1
        self._wanted.set()
        return self._appended

    def bypass_by(self, bypass: "Bypass") -> None:
        """While the disk refuses, give entries to `bypass`; they count as safe when it returns True."""
        self._bypass = bypass

    @property
    def mark(self) -> int:
        """The mark of the last appended entry."""
        return self._appended

    @property
    def flushed_mark(self) -> int:
        """Everything up to this mark is safe."""
        return self._flushed

    async def flushed(self, mark: int) -> None:
        """Return once everything up to `mark` is on disk, or in the database while the disk refuses."""
        while self._flushed < mark:
            await asyncio.shield(self._progress)

    async def run(self) -> None:
        """Write and flush, for as long as the task runs. It retries a disk that refuses, and loses nothing.

        Raises:
            DiskHangs: no promise can be kept any more; another node should take the rooms
        """
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self._commit()

    async def _commit(self) -> None:
        pending, mark = self._pending, self._appended
        self._pending = []
        while pending and not await self._save(pending):  # noqa: ASYNC110  no event says that a disk has room again
            await asyncio.sleep(self._disk.retry_seconds)
        self._flushed = mark
        progress, self._progress = self._progress, asyncio.get_running_loop().create_future()
        progress.set_result(None)

    async def _save(self, pending: Sequence[tuple[Entry, bytes]]) -> bool:
        try:
            await self._write_in_time(b"".join(frame for _, frame in pending))
        except OSError as error:
            self._outage.met(error)
            self.failing = True
            return await self._bypass([entry for entry, _ in pending])
        self._outage.passed()
        self.failing = False
        return True

    async def _write_in_time(self, frames: bytes) -> None:
        try:
            async with asyncio.timeout(self._disk.patience_seconds) as patience:
                await asyncio.to_thread(self._write, frames)
        except TimeoutError as error:
            if patience.expired():
                raise DiskHangs from error
            raise

    def _write(self, frames: bytes) -> None:
        if self._torn:
            self._file.truncate(self.end.offset)
        self._torn = True  # until all of it is safe
        if self._file.write(frames) != len(frames):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._disk.flush(self._file.fileno())
        self.end, self._torn = Position(self.end.segment, self.end.offset + len(frames)), False
        if self.end.offset >= self._disk.segment_bytes:
            self._rotate()

    def _rotate(self) -> None:
        """Begin a new segment; stay with the old one if the disk has no room."""
        following = Position(self.end.segment + 1, 0)
        try:
            fresh = private_files.opened(segments.path_of(self.folder, following.segment), "a")
        except OSError:
            return
        self._file.close()
        self._file, self.end = fresh, following

    async def close(self, *, flush: bool = True) -> None:
        """Release the folder; first `flush` the rest, if the disk takes it."""
        if flush and self._pending:
            await self._save(self._pending)
        self._file.close()
        self._lock.close()


def every_entry(folder: Path) -> Iterator[Read]:
    """All entries that a journal folder still holds, in order, read page by page."""
    position: Position | None = segments.START
    while position is not None:
        page = list(entries_from(folder, position, _READ_AT_ONCE))
        yield from (entry for entry, _ in page)
        position = page[-1][1] if page else None


def entries_from(
    folder: Path, position: Position, limit: int, end: Position | None = None
) -> Iterator[tuple[Read, Position]]:
    """At most `limit` entries from `position` to `end`, in order, each with the position after it.

    Damaged bytes up to the next sound entry are one `Unreadable`.
    """
    for piece, behind in segments.frames_from(folder, position, limit, end):
        yield decoded(piece), behind


def decoded(piece: segments.Piece) -> Read:
    """The entry in a frame's payload, or an `Unreadable` in its place."""
    if isinstance(piece, segments.Damage):
        return Unreadable(piece.raw, "the journal is damaged here")
    try:
        return _DECODER.decode(piece)
    except (msgspec.MsgspecError, ValueError) as error:
        return Unreadable(piece, f"no entry that this release knows ({type(error).__name__})")
