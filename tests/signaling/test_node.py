"""A node from start to stop: its lease says where it is, and its journal is its own."""

import asyncio
from typing import Any

import msgspec
import pytest
from nacl.public import SealedBox

from domain.errors import DatabaseAway
from runtime.errors import CannotStart
from runtime.settings import SignalingSettings
from signaling.media.fake import FakeMedia
from signaling.node import run, serving
from store import note_drafts, placement
from store.database import Database
from tests.signaling.conftest import NOTES_KEY
from tests.waiting import eventually


async def test_a_node_that_is_up_has_a_lease_and_one_that_stopped_has_none(
    door_of: Any, evening: Any, database: Database
) -> None:
    async def place() -> Any:
        async with database.transaction() as tx:
            return await placement.for_session(tx, evening.session)

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

        async def shipped() -> list[note_drafts.Draft]:
            async with database.transaction() as tx:
                return await note_drafts.of_session(tx, evening.session)

        (draft,) = await eventually(shipped)
    assert SealedBox(NOTES_KEY).decrypt(draft.sealed).decode() == words
    assert all(words.encode()[:12] not in path.read_bytes() for path in node_settings.journal_dir.glob("*"))


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
