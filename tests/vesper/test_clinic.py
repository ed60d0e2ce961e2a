"""`vesper create-clinic`."""

import asyncio
import json
from datetime import timedelta

import pytest

from domain.errors import Conflict, InvalidInput, NotFound
from runtime.clock import now
from runtime.secrets import random_secrets
from runtime.settings import SeedSettings
from store.access import first_runs
from store.database import Database
from store.people import clinics
from vesper.clinic import NewClinic, create_and_show

RIVERBEND = NewClinic("Riverbend", "America/New_York")
AGAIN = NewClinic("Riverbend", "America/New_York", again=True)


@pytest.fixture
def settings(database_url: str) -> SeedSettings:
    return SeedSettings(database_url=database_url, public_origin="https://vesper.example.org", password_memory_kib=64)


async def link(settings: SeedSettings, wanted: NewClinic, capsys: pytest.CaptureFixture[str]) -> str:
    """The secret of the link that the command prints."""
    await asyncio.to_thread(create_and_show, settings, wanted, as_json=True)
    address, _, secret = json.loads(capsys.readouterr().out)["url"].partition("#")
    assert address == "https://vesper.example.org/first-run"
    return str(secret)


async def test_it_prints_a_link_that_is_good_for_an_hour(
    settings: SeedSettings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = await link(settings, RIVERBEND, capsys)
    async with database.transaction() as tx:
        run = await first_runs.with_secret(tx, random_secrets.digest(secret))
        clinic = await clinics.named(tx, "Riverbend")
    assert run and clinic and (run.clinic, run.clinic_name) == (clinic.id, "Riverbend")
    assert timedelta(minutes=59) < run.expires_at - now() <= timedelta(hours=1)


async def test_a_new_link_ends_the_one_before_until_somebody_administers(
    settings: SeedSettings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    first = await link(settings, RIVERBEND, capsys)
    second = await link(settings, AGAIN, capsys)
    async with database.transaction() as tx:
        assert await first_runs.with_secret(tx, random_secrets.digest(first)) is None
        run = await first_runs.with_secret(tx, random_secrets.digest(second))
        assert run and await first_runs.use(tx, run.clinic, now())
    with pytest.raises(Conflict, match="has an administrator, who signs in"):
        await asyncio.to_thread(create_and_show, settings, AGAIN, as_json=False)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (NewClinic(" ", "America/New_York"), "needs a name"),
        (NewClinic("Riverbend", "New York"), "New York is not a time zone"),
    ],
)
def test_a_malformed_clinic_is_refused(settings: SeedSettings, wanted: NewClinic, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        create_and_show(settings, wanted, as_json=False)


def test_a_name_in_use_and_a_name_that_nobody_has_are_refused(settings: SeedSettings) -> None:
    with pytest.raises(NotFound, match="no clinic called Riverbend"):
        create_and_show(settings, AGAIN, as_json=False)
    create_and_show(settings, RIVERBEND, as_json=False)
    with pytest.raises(Conflict, match="a clinic called Riverbend already"):
        create_and_show(settings, RIVERBEND, as_json=False)
