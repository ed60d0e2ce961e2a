"""`vesper reset-link`."""

import asyncio
import json

import pytest

from domain.errors import NotFound
from runtime.clock import now
from runtime.secrets import random_secrets
from runtime.settings import SeedSettings
from store.access import password_resets
from store.database import Database
from tests.server.conftest import found
from vesper.reset_link import make_and_show


@pytest.fixture
def settings(database_url: str) -> SeedSettings:
    return SeedSettings(database_url=database_url, public_origin="https://vesper.example.org", password_memory_kib=64)


async def test_the_printed_link_works(
    settings: SeedSettings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    house = await found(database, "riverbend", now())
    await asyncio.to_thread(make_and_show, settings, house.email("facilitator"), as_json=True)
    origin, _, secret = json.loads(capsys.readouterr().out)["url"].partition("/reset#")
    async with database.transaction() as tx:
        reset = await password_resets.with_secret(tx, random_secrets.digest(secret), now())
    assert (origin, reset and reset.person) == ("https://vesper.example.org", house.facilitator)


def test_an_address_that_signs_nobody_in_has_no_link(settings: SeedSettings) -> None:
    with pytest.raises(NotFound, match="Nobody signs in"):
        make_and_show(settings, "nobody@riverbend.example", as_json=False)
