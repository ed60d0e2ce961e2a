"""`vesper seed`."""

import asyncio
import contextlib
import json

import pytest

from runtime.clock import now
from runtime.secrets.passwords import Passwords
from runtime.secrets.random_secrets import digest
from runtime.settings import SeedSettings
from store.access import api_tokens, join_links
from store.database import Database
from store.people import passwords
from vesper.demo import seed_and_show


@pytest.fixture
def wanted(database_url: str) -> SeedSettings:
    return SeedSettings(database_url=database_url, public_origin="https://vesper.example.org", password_memory_kib=64)


async def test_the_printed_sign_in_links_and_token_let_people_in(
    wanted: SeedSettings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.to_thread(seed_and_show, wanted, as_json=False)
    first, *links, last = (line.split("  ") for line in capsys.readouterr().out.splitlines())
    async with database.transaction() as tx:
        stored = await passwords.of_address(tx, first[1], now())
        holders = [await join_links.holder(tx, digest(url.removeprefix(JOIN))) for _, url in links]
        token = await api_tokens.current(tx, digest(last[1]), now())
    with contextlib.closing(Passwords(64)) as hashing:
        assert stored and await hashing.match(stored.hash, first[2])
    assert [holder and holder.name for holder in holders] == [name for name, _ in links]
    assert len({name for name, _ in links}) == 3
    assert token and token.clinic == stored.clinic
    assert (first[0], last[0]) == ("facilitator", "API token")


JOIN = "https://vesper.example.org/join#"


def test_the_clinic_stays_and_its_secrets_are_new(wanted: SeedSettings, capsys: pytest.CaptureFixture[str]) -> None:
    seed_and_show(wanted, as_json=True)
    seed_and_show(wanted, as_json=True)
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["clinic"] == second["clinic"]
    for secret in ("password", "links", "api_token"):
        assert first[secret] != second[secret]
