"""A node survives unplanned failures, and afterwards everything is in the ledger, once."""

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.attendance.records import SessionRecord
from domain.errors import DatabaseAway
from domain.events.room import RoomClosed
from domain.events.schedule import SessionCancelled
from domain.ledger.verification import first_fault
from runtime import policies
from runtime.clock import new_id
from runtime.postgres.embedded import Embedded
from runtime.settings import SignalingSettings
from signaling.hosting.rooms import JOURNAL_TROUBLE
from signaling.journal.shipper import Shipper
from signaling.main import serving
from signaling.media.fake import FakeMedia
from store.attendance import gathering as session_facts
from store.database import Database
from store.ledger import chains, set_aside, streams
from store.ledger import facts as ledger
from tests import ledgers
from tests.signaling.conftest import Door
from tests.signaling.test_main import away
from tests.waiting import eventually


async def types_of(database: Database, session: str) -> list[str]:
    async with database.transaction() as tx:
        return [fact.type for fact in await ledgers.of_session(tx, session)]


async def arrives(database: Database, session: str, kind: str) -> None:
    """Return once a fact of this type is in the ledger."""

    async def there() -> bool:
        return kind in await types_of(database, session)

    await eventually(there, 20)


async def logged(caplog: pytest.LogCaptureFixture, cause: str) -> None:
    """Return once trouble with this cause was logged."""

    async def found() -> bool:
        return any(vars(record).get("cause") == cause for record in caplog.records)

    await eventually(found, 20)


async def check_it_is_whole(database: Database, session: str) -> None:
    """The room's stream is closed and unbroken, and nothing was set aside."""
    async with database.transaction() as tx:
        facts = await ledgers.of_session(tx, session)
        [clinic] = await ledger.clinics(tx)
        assert first_fault(await chains.facts(tx, clinic, sorted({fact.stream for fact in facts}))) is None
        assert await set_aside.count(tx) == 0
    assert facts[-1].type == "room.closed"


async def test_a_revision_that_fits_no_column_is_refused_and_the_node_goes_on(
    door: Any, evening: Any, database: Database
) -> None:
    async with door.enter("dana", "facilitator") as dana:
        await dana.say(type="save_note", client=None, kind="progress", revision=9_223_372_036_854_775_808, text="…")
        assert (await dana.hear("refused", "note_saved"))["code"] == "invalid_input"
        await dana.say(type="start_session")
        await arrives(database, evening.session, "session.started")


@contextlib.asynccontextmanager
async def somebody_has_the_turn(database: Database) -> AsyncIterator[None]:
    """Keep everybody else from appending meanwhile."""
    async with database.transaction() as tx:
        await ledger.take_turns(tx, await ledger.clinics(tx))
        yield


async def test_a_node_waits_while_another_writer_blocks_the_ledger(
    evening: Any, database: Database, database_url: str, node_settings: SignalingSettings, caplog: Any
) -> None:
    async with (
        Database.open(database_url, statement_timeout="100ms") as hurried,
        serving(node_settings, FakeMedia(), hurried) as port,
        Door(port, evening).enter("dana", "facilitator") as dana,
    ):
        await dana.hear("welcomed")
        async with somebody_has_the_turn(database):
            await dana.say(type="start_session")
            await dana.see(phase="live")
            await logged(caplog, "QueryCanceledError 57014")
        await arrives(database, evening.session, "session.started")
    await check_it_is_whole(database, evening.session)


@pytest.fixture
def out_of_reach(postgres: Any, database_name: str) -> Callable[[], AbstractAsyncContextManager[None]]:
    """Keeps everybody from the database."""
    return lambda: away(postgres, database_name)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"needs root, for a disk of its own: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on it."""
    ballast = disk / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4_096))
    return ballast


async def test_a_node_waits_while_its_disk_is_full_and_the_database_away(
    evening: Any,
    database: Database,
    node_settings: SignalingSettings,
    out_of_reach: Callable[[], AbstractAsyncContextManager[None]],
    request: pytest.FixtureRequest,
) -> None:
    small_disk, caplog = request.getfixturevalue("small_disk"), request.getfixturevalue("caplog")
    settings = msgspec.structs.replace(node_settings, journal_dir=small_disk / "journal")
    async with (
        serving(settings, FakeMedia(), database) as port,
        Door(port, evening).enter("dana", "facilitator") as dana,
    ):
        await dana.hear("welcomed")
        async with out_of_reach():
            ballast = fill(small_disk)
            note = "more than fits the last page " * 300
            await dana.say(type="save_note", client=None, kind="progress", revision=1, text=note)
            await dana.say(type="start_session")
            await logged(caplog, "OSError ENOSPC")
            await dana.see(trouble=JOURNAL_TROUBLE, phase="before")
        await arrives(database, evening.session, "session.started")
        await dana.see(phase="live")
        ballast.unlink()
        await dana.see(trouble=None)
        await dana.say(type="start_break")
        await arrives(database, evening.session, "break.started")
    await check_it_is_whole(database, evening.session)
    assert await Shipper(settings.journal_dir, database).ship_all() == 0, "how far it came is noted again"


async def test_a_journal_folder_that_cannot_be_read_is_tried_again(
    evening: Any, database: Database, node_settings: SignalingSettings
) -> None:
    async with (
        serving(node_settings, FakeMedia(), database) as port,
        Door(port, evening).enter("dana", "facilitator") as dana,
    ):
        await dana.hear("welcomed")
        await arrives(database, evening.session, "connection.admitted")
        await asyncio.to_thread(node_settings.journal_dir.rename, node_settings.journal_dir.with_name("elsewhere"))
        await dana.say(type="start_session")
        await dana.see(phase="live")
        await asyncio.to_thread(node_settings.journal_dir.with_name("elsewhere").rename, node_settings.journal_dir)
        await arrives(database, evening.session, "session.started")
    await check_it_is_whole(database, evening.session)


async def test_a_room_without_the_database_learns_later_that_its_session_was_cancelled(
    door: Any, evening: Any, database: Database, postgres: Embedded, database_name: str
) -> None:
    """It was started all the same: everybody goes once the room learns of it, and the record is flagged for review."""
    cancelled = SessionCancelled(
        id=new_id(), at=evening.starts - timedelta(hours=1), session=evening.session, by=evening.people["dana"]
    )
    async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
        await dana.see(here=True)
        async with away(postgres, database_name):
            async with Database.open(postgres.superuser_url(database_name)) as beside, beside.transaction() as tx:
                await streams.record(tx, evening.clinic, f"plan:{evening.session}", cancelled)
            await dana.say(type="start_session")
            await dana.say(type="admit_all")
            await pat.see(here=True)
        for person in (dana, pat):
            assert (await person.hear("dismissed"))["cause"] == "cancelled"

    async def record() -> SessionRecord | None:
        try:
            async with database.transaction() as tx:
                [own] = (await session_facts.gather(tx, evening.clinic, [evening.session], policies.by_digest)).gathered
        except DatabaseAway:
            return None
        closed = any(isinstance(event, RoomClosed) for event in own.facts.events)
        return attendance([own.facts])[evening.session] if closed else None

    found = await eventually(record, 20)
    assert (found.outcome, found.flags) == ("cancelled", ("cancelled_in_use",))
    assert {client.status for client in found.clients.values()} == {"cancelled"}
