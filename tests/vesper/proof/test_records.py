"""The commands over the records."""

import asyncio
import json
from pathlib import Path

import pytest

from domain.proof.export import read
from runtime.clock import now
from runtime.errors import CannotStart
from runtime.settings import DatabaseSettings, SeedSettings
from server.demo.seed import DemoClinic, seed
from signaling.journal.journal import Journal
from store.database import Database
from vesper.proof.explain import main as explain
from vesper.proof.records import export, rebuild_all, ship


@pytest.fixture
def settings(database_url: str) -> DatabaseSettings:
    return DatabaseSettings(database_url=database_url)


@pytest.fixture
async def demo(database: Database, database_url: str) -> DemoClinic:
    return await seed(database, SeedSettings(database_url=database_url, password_memory_kib=64), now())


async def test_explain_reads_an_export(
    settings: DatabaseSettings, demo: DemoClinic, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    await asyncio.to_thread(export, settings, demo.session)
    printed = capsys.readouterr().out
    assert read(printed.encode()).session == demo.session
    (tmp_path / "evening.json").write_text(printed)
    assert explain([tmp_path / "evening.json"], as_json=True, why=None) == 0
    assert demo.session in json.loads(capsys.readouterr().out)


async def test_a_rebuild_reports_the_number_of_sessions(
    settings: DatabaseSettings, demo: DemoClinic, capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.to_thread(rebuild_all, settings, as_json=True)
    assert json.loads(capsys.readouterr().out)["sessions"] > 1


async def test_an_empty_journal_ships_nothing(
    settings: DatabaseSettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await Journal.open(tmp_path / "journal").close()
    await asyncio.to_thread(ship, settings, tmp_path / "journal", as_json=True)
    assert json.loads(capsys.readouterr().out) == {"shipped": 0}


def test_a_missing_folder_is_one_sentence(settings: DatabaseSettings, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="is not a folder"):
        ship(settings, tmp_path / "journal", as_json=False)
