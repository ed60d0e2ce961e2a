"""Operators see what was set aside, by ids and codes, and can have it tried again."""

import asyncio
import json

import pytest

from runtime import policies
from runtime.settings import DatabaseSettings
from store.database import Database
from store.ledger import set_aside
from store.ledger.set_aside import SetAside
from tests.ledgers import consume
from tests.workers import evening
from tests.workers.poison import Owner
from vesper.set_aside import show
from workers.attendance import CONSUMER
from workers.consumer import try_again


@pytest.fixture
def settings(database_url: str) -> DatabaseSettings:
    return DatabaseSettings(database_url=database_url)


async def test_sessions_and_entries_set_aside_are_listed_and_tried_again_on_request(
    settings: DatabaseSettings, database: Database, owner_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = await evening.found(database, policies.load("evening-sud", 1)[1])
    session = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    poisoned = await Owner(owner_url).poison(session)
    await consume(database, CONSUMER)
    async with database.transaction() as tx:
        await set_aside.keep(tx, SetAside(kind="draft", reason="DataError 22003", entry=b"{}", session=session))
    await asyncio.to_thread(show, settings, False, False)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"session {session}  attendance  fact_unreadable at position {poisoned.position}  since ")
    assert f"draft  DataError 22003  session {session}" in second
    await poisoned.heal()
    await asyncio.to_thread(show, settings, True, True)
    listed = json.loads(capsys.readouterr().out)
    assert (listed["tried_again"], listed["sessions"][0]["tried_by"]) == (1, None)
    assert await try_again(database, CONSUMER)
    await asyncio.to_thread(show, settings, False, True)
    assert json.loads(capsys.readouterr().out)["sessions"] == []


async def test_nothing_set_aside_is_one_sentence(
    settings: DatabaseSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.to_thread(show, settings, True, False)
    assert capsys.readouterr().out == "Nothing was set aside.\n"
