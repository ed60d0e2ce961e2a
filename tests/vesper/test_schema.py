"""`vesper migrate`."""

import asyncio

import asyncpg
import pytest

from runtime.errors import CannotStart
from runtime.settings import MigrationSettings
from store.migrate import shipped
from vesper.schema import bring_up_to_date


def test_an_up_to_date_schema_is_reported(owner_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    bring_up_to_date(MigrationSettings(owner_database_url=owner_url), as_json=False)
    assert capsys.readouterr().out == "Already up to date.\n"


async def test_a_changed_migration_is_one_sentence(owner_url: str) -> None:
    connection = await asyncpg.connect(owner_url)
    await connection.execute("UPDATE migrations SET sha256 = 'x' WHERE name = $1", shipped()[0].name)
    await connection.close()
    with pytest.raises(CannotStart, match="was changed after it was applied"):
        await asyncio.to_thread(bring_up_to_date, MigrationSettings(owner_database_url=owner_url), as_json=False)
