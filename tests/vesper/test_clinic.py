"""`vesper create-clinic`."""

import asyncio
import contextlib
import json

import pytest

from domain.errors import Conflict, InvalidInput
from runtime.clock import now
from runtime.secrets.passwords import Passwords
from runtime.settings import SeedSettings
from store.database import Database
from store.people import clinics, passwords, persons
from vesper.clinic import NewClinic, create_and_show

RIVERBEND = NewClinic("Riverbend", "America/New_York", "lena@riverbend.example")


@pytest.fixture
def settings(database_url: str) -> SeedSettings:
    return SeedSettings(database_url=database_url, public_origin="https://vesper.example.org", password_memory_kib=64)


async def test_its_administrator_can_sign_in(
    settings: SeedSettings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.to_thread(create_and_show, settings, RIVERBEND, as_json=True)
    created = json.loads(capsys.readouterr().out)
    async with database.transaction() as tx:
        clinic = await clinics.named(tx, "Riverbend")
        stored = await passwords.of_address(tx, "lena@riverbend.example", now())
        assert clinic and stored and clinic.id == stored.clinic == created["clinic"]
        lena = await persons.find(tx, clinic.id, stored.person)
        assert lena and list(lena.staff_roles) == ["administrator"]
    with contextlib.closing(Passwords(64)) as hashing:
        assert await hashing.match(stored.hash, created["password"])


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (NewClinic(" ", "America/New_York", "lena@riverbend.example"), "needs a name"),
        (NewClinic("Riverbend", "New York", "lena@riverbend.example"), "New York is not a time zone"),
        (NewClinic("Riverbend", "America/New_York", "lena"), "lena is not an e-mail address"),
    ],
)
def test_a_malformed_clinic_is_refused(settings: SeedSettings, wanted: NewClinic, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        create_and_show(settings, wanted, as_json=False)


def test_a_name_or_an_address_in_use_is_refused(settings: SeedSettings) -> None:
    create_and_show(settings, RIVERBEND, as_json=False)
    with pytest.raises(Conflict, match="a clinic called Riverbend already"):
        create_and_show(settings, RIVERBEND, as_json=False)
    with pytest.raises(Conflict, match="e-mail address"):
        create_and_show(settings, NewClinic("Hillside", "America/New_York", RIVERBEND.administrator), as_json=False)
