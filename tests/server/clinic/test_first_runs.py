"""A clinic from nothing: a link makes its first administrator, who goes on from there."""

from typing import Any

import pytest

from domain.access.first_runs import LIFE
from runtime.clock import new_id
from runtime.secrets import random_secrets
from store.access import first_runs
from store.database import Database
from store.people import clinics
from store.people.clinics import Clinic
from tests.server.conftest import Browser, Clock, House

OWN = "three otters juggle lanterns"


async def link_to(database: Database, clock: Clock, name: str = "Hillside") -> str:
    """The secret of a link to a clinic that has nothing yet."""
    secret = random_secrets.new()
    clinic = Clinic(id=new_id(), name=name, timezone="America/Chicago")
    async with database.transaction() as tx:
        await clinics.create(tx, clinic)
        assert await first_runs.put(tx, clinic.id, random_secrets.digest(secret), clock.now + LIFE)
    return secret


async def begins(browser: Browser, link: str, email: str = "lena@hillside.example", **changed: Any) -> Any:
    body = {"link": link, "name": "Lena Castell", "email": email, "password": OWN, **changed}
    return await browser.post("/api/first-run/administrator", body)


async def test_the_link_makes_an_administrator_who_signs_in_and_sees_what_is_left(
    visitor: Browser, database: Database, clock: Clock
) -> None:
    link = await link_to(database, clock)
    assert (await visitor.post("/api/first-run/open", {"link": link})).body["clinic_name"] == "Hillside"
    assert (await begins(visitor, link)).status == 204
    me = (await visitor.sign_in("lena@hillside.example", OWN)).body["me"]
    assert (me["clinic_name"], me["name"], me["roles"]) == ("Hillside", "Lena Castell", ["administrator"])
    nothing = {"second_factor": False, "program": None, "kinds": 0, "leaders": 0, "clients": 0, "group": None}
    assert (await visitor.get("/api/first-run")).body == nothing


async def test_what_is_made_is_no_longer_left(visitor: Browser, database: Database, clock: Clock) -> None:
    await begins(visitor, await link_to(database, clock), leads_groups=True)
    await visitor.sign_in("lena@hillside.example", OWN)
    program = {
        "template": "evening_sud", "name": "Evenings", "timezone": "America/Chicago", "policy_id": "evening-sud",
        "policy_version": 1,
    }  # fmt: skip
    made = await visitor.post("/api/programs/from-template", program)
    assert made.status == 201, made.body
    phases = (await visitor.get(f"/api/programs/{made.body['id']}/phases")).body["items"]
    assert [(phase["name"], phase["position"]) for phase in phases] == [
        ("Phase 1", 1), ("Phase 2", 2), ("Bridge", 3), ("Aftercare", 4),
    ]  # fmt: skip
    assert [phase["requirements"][0]["required_s"] // 3600 for phase in phases] == [9, 9, 6, 3]
    await visitor.post("/api/clients", {"name": "Pat Morrow"})
    left = (await visitor.get("/api/first-run")).body
    assert (left["program"], left["leaders"], left["clients"]) == (made.body["id"], 1, 1)
    again = await visitor.post("/api/programs/from-template", program)
    assert (again.code, again.body["path"]) == ("invalid_input", "$.name")


async def test_the_link_works_once_for_an_hour(visitor: Browser, database: Database, clock: Clock) -> None:
    used, late = await link_to(database, clock), await link_to(database, clock, "Lakeside")
    assert (await begins(visitor, used)).status == 204
    again = await begins(visitor, used, "marcus@hillside.example")
    assert again.code == "link_revoked" and "Sign in" in again.body["detail"]
    clock.advance(hours=1)
    over = await visitor.post("/api/first-run/open", {"link": late})
    assert over.code == "link_expired" and "vesper create-clinic NAME --again" in over.body["detail"]
    unknown = await visitor.post("/api/first-run/open", {"link": "nobody-made-this"})
    assert unknown.code == "link_unknown" and "vesper create-clinic NAME --again" in unknown.body["detail"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"password": "password1234"}, "$.password"), ({"name": "\u200b"}, "$.name"), ({"email": "lena"}, "$.email")],
)
async def test_what_is_wrong_is_said_at_its_field_and_spends_no_link(
    visitor: Browser, database: Database, clock: Clock, changed: dict[str, str], field: str
) -> None:
    link = await link_to(database, clock)
    refused = await begins(visitor, link, **{"email": "lena@hillside.example", **changed})
    assert (refused.code, refused.body["path"]) == ("invalid_input", field)
    assert (await begins(visitor, link)).status == 204


async def test_an_address_of_another_clinic_is_refused(
    visitor: Browser, database: Database, clock: Clock, house: House
) -> None:
    link = await link_to(database, clock)
    refused = await begins(visitor, link, house.email("administrator"))
    assert (refused.code, refused.body["path"]) == ("invalid_input", "$.email")
    assert (await begins(visitor, link)).status == 204


async def test_two_clinics_of_one_installation_stay_strangers(
    visitor: Browser, browse: Any, database: Database, clock: Clock
) -> None:
    other = browse()
    for browser, name in ((visitor, "Hillside"), (other, "Lakeside")):
        email = f"lena@{name.lower()}.example"
        await begins(browser, await link_to(database, clock, name), email)
        assert (await browser.sign_in(email, OWN)).body["me"]["clinic_name"] == name
    client = (await visitor.post("/api/clients", {"name": "Pat Morrow"})).body["id"]
    assert (await other.get(f"/api/clients/{client}")).status == 404
    assert (await other.post("/api/clients/search", {"text": "morrow"})).body["items"] == []
    assert [one["name"] for one in (await other.get("/api/staff")).body["items"]] == ["Lena Castell"]
    assert (await other.get("/api/first-run")).body["clients"] == 0
