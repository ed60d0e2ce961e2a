"""An administrator changes what the clinic is called, its zone and its language; a supervisor reads it."""

from store.database import Database
from tests.server.conftest import Browser, House

WANTED = {"name": "Riverbend West", "timezone": "America/Denver", "language": "es"}


async def test_an_administrator_changes_the_clinic(administrator: Browser, supervisor: Browser, house: House) -> None:
    before = (await supervisor.get("/api/clinic")).body
    assert (before["id"], before["language"]) == (house.clinic, "en")
    changed = await administrator.ask("PUT", "/api/clinic", WANTED)
    assert (changed.status, (await supervisor.get("/api/clinic")).body) == (200, {"id": house.clinic, **WANTED})
    assert (await administrator.get("/api/me")).body["clinic_name"] == "Riverbend West"


async def test_a_zone_that_is_none_is_refused_at_its_field(administrator: Browser) -> None:
    refused = await administrator.ask("PUT", "/api/clinic", {**WANTED, "timezone": "Denver"})
    assert (refused.code, refused.body["path"]) == ("invalid_input", "$.timezone")


async def test_an_invitation_is_in_the_clinics_language(administrator: Browser, database: Database) -> None:
    await administrator.ask("PUT", "/api/clinic", WANTED)
    await administrator.post("/api/staff", {"name": "M", "email": "m@riverbend.example", "roles": ["facilitator"]})
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT language FROM mails WHERE kind = 'invitation'") == "es"
