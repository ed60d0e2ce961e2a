"""Operators read what would be erased, and nothing is."""

import asyncio
import json

import pytest

from runtime.settings import DatabaseSettings
from store.database import Database
from tests.workers.test_retention import Archive, archive
from vesper.retention_plan import show

__all__ = ["archive"]


async def test_a_dry_run_names_ids_and_counts_and_changes_nothing(
    archive: Archive, database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = DatabaseSettings(database_url=database_url)
    await archive.run("UPDATE mails SET state = 'sent', queued_at = now() - interval '91 days'")

    async def said() -> str:
        await asyncio.to_thread(show, settings, False)
        return capsys.readouterr().out

    before = await archive.found()
    assert f"client {archive.client}  would be listed for erasing" in await said()
    assert await archive.listed() == []
    await archive.works()
    await archive.a_month_passes()
    assert f"client {archive.client}  would be erased" in await said()
    await archive.hold()
    assert f"client {archive.client}  is held" in await said()
    await asyncio.to_thread(show, settings, True)
    [clinic] = json.loads(capsys.readouterr().out)["clinics"]
    assert (clinic["erase"], clinic["held"]) == ([], [archive.client])
    assert await archive.found() == before and not await archive.is_erased()


async def test_nothing_to_do_is_one_sentence(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.to_thread(show, DatabaseSettings(database_url=database_url), False)
    assert capsys.readouterr().out == "Nothing would be erased now.\n"
