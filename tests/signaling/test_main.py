"""A node from start to stop: its lease gives its address, and no other process may use its journal."""

import asyncio
import contextlib
import errno
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import msgspec
import pytest
from nacl.public import SealedBox

from domain.access import relay_credentials
from domain.chart.notes import SealedDraft
from domain.errors import DatabaseAway
from domain.ledger import chain
from runtime.clock import now
from runtime.errors import CannotStart
from runtime.settings import SignalingSettings
from signaling.journal.journal import Disk
from signaling.main import run, serving
from signaling.media.fake import FakeMedia
from store.chart import drafts
from store.database import Database
from store.room import placement
from tests import ledgers
from tests.signaling.conftest import NOTES_KEY, Door
from tests.waiting import eventually


async def test_a_node_that_is_up_has_a_lease_and_one_that_stopped_has_none(
    door_of: Any, evening: Any, database: Database
) -> None:
    async def place() -> Any:
        async with database.transaction() as tx:
            return await placement.for_session(tx, evening.clinic, evening.session)

    async with door_of():
        assert (await eventually(place)).id == "node-a"
    assert await place() is None


async def test_two_processes_cannot_share_a_journal(
    door: Any, node_settings: SignalingSettings, database: Database
) -> None:
    with pytest.raises(CannotStart):
        async with serving(node_settings, FakeMedia(), database):
            pass


async def test_a_draft_travels_sealed_to_the_one_key_that_opens_it(
    door: Any, evening: Any, database: Database, node_settings: SignalingSettings
) -> None:
    words = "Spoke of the first calm weekend. Ångström, 🌿."
    async with door.enter("dana", "facilitator") as dana:
        await dana.say(type="save_note", client=None, kind="progress", revision=1, text=words)
        await dana.hear("note_saved")

        async def shipped() -> list[SealedDraft]:
            async with database.transaction() as tx:
                return await drafts.of_session(tx, evening.clinic, evening.session)

        (draft,) = await eventually(shipped)
    assert SealedBox(NOTES_KEY).decrypt(draft.sealed).decode() == words
    assert all(words.encode()[:12] not in path.read_bytes() for path in node_settings.journal_dir.glob("*"))


async def test_a_confirmed_draft_replaces_one_from_a_node_whose_clock_was_ahead(
    door: Any, evening: Any, database: Database
) -> None:
    ahead = SealedDraft(
        clinic=evening.clinic, session=evening.session, client=None, kind="progress", author=evening.people["dana"],
        revision=7, at=now() + timedelta(hours=1), key_id="key", sealed=b"before",
    )  # fmt: skip
    async with database.transaction() as tx:
        await drafts.save(tx, ahead)
    async with door.enter("dana", "facilitator") as dana:
        for revision in (1, 2):
            await dana.say(type="save_note", client=None, kind="progress", revision=revision, text=f"Draft {revision}.")
            assert (await dana.hear("note_saved"))["revision"] == revision

    async def newest() -> bool:
        async with database.transaction() as tx:
            (draft,) = await drafts.of_session(tx, evening.clinic, evening.session)
        return draft.sealed != b"before" and SealedBox(NOTES_KEY).decrypt(draft.sealed) == b"Draft 2."

    await eventually(newest)


async def test_a_node_runs_until_it_is_asked_to_stop(node_settings: SignalingSettings) -> None:
    running = asyncio.ensure_future(run(msgspec.structs.replace(node_settings, media_port=0)))
    done, _ = await asyncio.wait([running], timeout=0.5)
    assert not done
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_without_a_database_a_node_does_not_open(node_settings: SignalingSettings) -> None:
    nowhere = msgspec.structs.replace(node_settings, database_url="postgresql://nobody@127.0.0.1:1/none", media_port=0)
    with pytest.raises(DatabaseAway):
        await run(nowhere)


class FillingDisk:
    """A disk that becomes full, and has room again later."""

    def __init__(self) -> None:
        self.full = False

    def flush(self, _: int) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")


async def test_while_the_disk_is_full_nobody_new_comes_and_nothing_is_lost(
    evening: Any, database: Database, node_settings: SignalingSettings
) -> None:
    disk = FillingDisk()
    limits = Disk(flush=disk.flush, retry_seconds=0.05)
    async with serving(node_settings, FakeMedia(), database, limits) as port:
        door = Door(port, evening)
        async with door.enter("dana", "facilitator") as dana:
            first = await dana.hear("welcomed")
            disk.full = True
            await dana.say(type="start_session")
            assert "disk is full" in (await eventually_troubled(dana))["trouble"]
            async with door.enter("pat") as pat:
                refused = await pat.hear("refused")
                assert (refused["code"], refused["closing"]) == ("rooms_unavailable", True)
            async with door.socket() as again:
                await again.say(type="resume_session", token=first["resume"], replaces=first["connection"])
                await again.hear("welcomed")
                disk.full = False
                await again.see(trouble=None)
            async with door.enter("pat") as pat:
                await pat.hear("welcomed")
    async with database.transaction() as tx:
        types = [fact.type for fact in await ledgers.of_session(tx, evening.session)]
    assert types.count("session.started") == 1
    assert types[-1] == "room.closed"


async def eventually_troubled(somebody: Any) -> dict[str, Any]:
    """The first picture that reports trouble to staff."""
    while (picture := await somebody.hear("room_changed"))["trouble"] is None:
        pass
    return dict(picture)


@contextlib.asynccontextmanager
async def away(postgres: Any, database_name: str) -> AsyncIterator[None]:
    """Cut off everybody's connections to the database, and refuse new ones meanwhile."""
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"ALTER DATABASE {database_name} CONNECTION LIMIT 0")
    await superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database_name)
    yield
    await superuser.execute(f"ALTER DATABASE {database_name} CONNECTION LIMIT -1")
    await superuser.close()


async def test_a_room_goes_on_while_the_database_is_away(
    evening: Any, database: Database, node_settings: SignalingSettings, database_name: str, postgres: Any
) -> None:
    async with serving(node_settings, FakeMedia(), database) as port:
        door = Door(port, evening)
        async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
            first = await pat.hear("welcomed")
            await dana.hear("welcomed")
            async with away(postgres, database_name):
                await dana.say(type="start_session")
                await dana.say(type="admit_all")
                await pat.see(here=True)
                async with door.socket() as again:
                    await again.say(type="resume_session", token=first["resume"], replaces=first["connection"])
                    await again.hear("welcomed")
                    await again.see(here=True)
                await dana.say(type="end_session")
                assert (await dana.hear("dismissed"))["cause"] == "ended"

        async def arrived() -> bool:
            async with database.transaction() as tx:
                facts = await ledgers.of_session(tx, evening.session)
            return facts[-1].type == "room.closed"

        await eventually(arrived, 20)
    async with database.transaction() as tx:
        facts = [fact for fact in await ledgers.of_session(tx, evening.session) if fact.stream.startswith("room:")]
    assert [fact.seq & 0xFFFFFFFF for fact in facts] == list(range(1, len(facts) + 1))
    assert chain.first_broken([(fact.body.encode(), fact.hash) for fact in facts]) is None


async def test_a_node_set_to_janus_without_a_server_refuses_to_start(node_settings: SignalingSettings) -> None:
    with pytest.raises(CannotStart, match="JANUS_URLS"):
        await run(msgspec.structs.replace(node_settings, media="janus"))


async def test_a_node_admits_people_while_its_janus_is_not_reachable(node_settings: SignalingSettings) -> None:
    elsewhere = msgspec.structs.replace(node_settings, media="janus", janus_urls=("ws://127.0.0.1:9",))
    running = asyncio.ensure_future(run(elsewhere))
    done, _ = await asyncio.wait([running], timeout=0.5)
    assert not done
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_people_get_relays_when_they_join_and_when_they_resume(
    node_settings: SignalingSettings, database: Database, evening: Any
) -> None:
    relayed = msgspec.structs.replace(node_settings, turn_urls=("turn:relay.example.org",), turn_secret="shared")
    async with serving(relayed, FakeMedia(), database) as port:
        door = Door(port, evening)
        async with door.enter("pat") as pat:
            came = await pat.hear("welcomed")
        async with door.socket() as pat:
            await pat.say(type="resume_session", token=came["resume"])
            back = await pat.hear("welcomed")
    for welcome in (came, back):
        (relay,) = welcome["ice_servers"]
        assert relay["urls"] == ["turn:relay.example.org"]
        expires, holder = relay["username"].split(":")
        assert holder == welcome["connection"]
        (expected,) = relay_credentials.credentials(
            tuple(relay["urls"]),
            "shared",
            holder,
            datetime.fromtimestamp(int(expires), UTC) - relay_credentials.CREDENTIALS_LIFE,
        )
        assert relay["credential"] == expected.credential
