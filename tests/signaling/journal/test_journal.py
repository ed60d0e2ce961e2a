"""The journal keeps everything that it confirmed, whatever happens to its process."""

import asyncio
import errno
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from domain.chart.notes import SealedDraft
from runtime.errors import CannotStart
from signaling.journal import segments
from signaling.journal.journal import ClosedRoom, Disk, Entry, Journal, UsedTicket, decoded, entries_from
from store.room.liveness import Liveness

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


def ticket(number: int) -> UsedTicket:
    return UsedTicket(id=str(number), expires=SIX)


def read(folder: Path) -> list[str]:
    return [entry.id for entry, _ in entries_from(folder, segments.START, 10_000) if isinstance(entry, UsedTicket)]


async def test_what_is_confirmed_is_on_disk_in_order(tmp_path: Path) -> None:
    written = Journal.open(tmp_path)
    running = asyncio.ensure_future(written.run())
    for number in range(100):
        mark = written.append(ticket(number))
    await written.flushed(mark)
    assert read(tmp_path) == [str(number) for number in range(100)]
    running.cancel()
    await written.close()


BEFORE: list[tuple[dict[str, object], Entry]] = [
    (
        {
            "type": "draft", "clinic": "riverbend", "session": "tonight", "client": None, "kind": "progress",
            "author": "dana", "revision": 2, "at": SIX, "key_id": "key", "sealed": b"sealed",
        },
        SealedDraft("riverbend", "tonight", None, "progress", "dana", 2, SIX, "key", b"sealed"),
    ),
    (
        {
            "type": "evidence", "clinic": "riverbend", "session": "tonight", "epoch": 1, "connection": "pat-phone",
            "last_seen": SIX, "witness": "media",
        },
        Liveness("riverbend", "tonight", 1, "pat-phone", SIX, "media"),
    ),
    ({"type": "closed_room", "session": "tonight", "epoch": 1, "at": SIX}, ClosedRoom("tonight", 1, SIX)),
    ({"type": "used_ticket", "id": "1", "expires": SIX}, UsedTicket("1", SIX)),
]  # fmt: skip
"""Entries as releases before this one wrote them, and what they are."""


@pytest.mark.parametrize(("written", "entry"), BEFORE, ids=[str(written["type"]) for written, _ in BEFORE])
def test_journals_of_earlier_releases_are_read(written: dict[str, object], entry: Entry) -> None:
    assert decoded(msgspec.msgpack.encode(written)) == entry


@pytest.mark.parametrize(("written", "entry"), BEFORE[:2], ids=[str(written["type"]) for written, _ in BEFORE[:2]])
def test_an_earlier_release_can_read_what_this_one_writes(written: dict[str, object], entry: Entry) -> None:
    assert msgspec.msgpack.encode(entry) == msgspec.msgpack.encode(written)


async def test_only_its_owner_may_read_a_journal(tmp_path: Path) -> None:
    segments.path_of(tmp_path, 1).touch(0o644)  # by a release that left it open to others
    written = Journal.open(tmp_path, Disk(segment_bytes=1))
    for number in range(3):
        written.append(ticket(number))
        await written.close(flush=True)
        written = Journal.open(tmp_path, Disk(segment_bytes=1))
    await written.close()
    assert modes_in(tmp_path) == {0o600}


def modes_in(folder: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in folder.iterdir()}


async def test_a_hundred_appends_share_a_flush(tmp_path: Path) -> None:
    flushes: list[int] = []
    written = Journal.open(tmp_path, Disk(flush=flushes.append))
    running = asyncio.ensure_future(written.run())
    for number in range(100):
        written.append(ticket(number))
    await written.flushed(written.mark)
    assert len(flushes) == 1
    running.cancel()
    await written.close()


async def test_a_torn_tail_is_cut_off_and_the_journal_goes_on(tmp_path: Path) -> None:
    written = Journal.open(tmp_path)
    written.append(ticket(1))
    await written.close()
    with segments.path_of(tmp_path, 1).open("ab") as file:
        file.write(segments.frame(b"half a record")[:-3])
    again = Journal.open(tmp_path)
    again.append(ticket(2))
    await again.close()
    assert read(tmp_path) == ["1", "2"]


async def test_only_one_process_may_hold_a_folder(tmp_path: Path) -> None:
    written = Journal.open(tmp_path)
    with pytest.raises(CannotStart, match="JOURNAL_DIR"):
        Journal.open(tmp_path)
    await written.close()
    await Journal.open(tmp_path).close()


async def test_the_next_segment_follows_a_full_one(tmp_path: Path) -> None:
    written = Journal.open(tmp_path, Disk(segment_bytes=200))
    running = asyncio.ensure_future(written.run())
    for number in range(20):
        await written.flushed(written.append(ticket(number)))
    assert len(segments.segments_in(tmp_path)) > 1
    assert read(tmp_path) == [str(number) for number in range(20)]
    running.cancel()
    await written.close()


async def test_a_disk_that_refuses_is_tried_again_and_nothing_is_confirmed_meanwhile(tmp_path: Path) -> None:
    refusals = iter([True, True])

    def full_at_first(_: int) -> None:
        if next(refusals, False):
            raise OSError(errno.ENOSPC, "No space left on device")

    written = Journal.open(tmp_path, Disk(flush=full_at_first, retry_seconds=0.01))
    running = asyncio.ensure_future(written.run())
    await written.flushed(written.append(ticket(1)))
    assert next(refusals, None) is None
    assert read(tmp_path) == ["1"], "the refused attempts left nothing behind"
    running.cancel()
    await written.close()
