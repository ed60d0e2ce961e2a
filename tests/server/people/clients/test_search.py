"""The list of clients: any part of any name finds them, filters narrow it, and what is typed stands in no address."""

from datetime import date
from typing import Any

import pytest

from domain.programs.enrolments import Enrolment
from runtime.clock import new_id
from server.http.pages import PAGE_SIZE
from store.database import Database
from store.programs import enrolments
from tests.server.conftest import Browser, House, a_program, first_phase, person
from tests.server.guests.conftest import invitation
from tests.server.people.clients.test_record import made


async def names(browser: Browser, **asked: Any) -> list[str]:
    answer = await browser.post("/api/clients/search", asked)
    assert answer.status == 200, answer.body
    return [row["name"] for row in answer.body["items"]]


@pytest.mark.parametrize(
    "typed",
    ["Núñez", "nunez", "UÑE", "ana n", "n ana", "maria", "MRN-0012", "mrn0012", "0012", "ez", "z", "Ana María Núñez"],
)
async def test_any_part_of_a_name_or_an_id_finds_a_client(supervisor: Browser, typed: str) -> None:
    await made(
        supervisor, "Ana Núñez", legal_name="Ana María Núñez", external_ids=[{"system": "EHR", "value": "MRN-0012"}]
    )
    await made(supervisor, "Theo Balfour")
    assert await names(supervisor, text=typed) == ["Ana Núñez"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "''", "Nunes", "anan", "-"])
async def test_what_is_in_no_name_finds_nobody(supervisor: Browser, typed: str) -> None:
    await made(supervisor, "Ana Núñez")
    assert await names(supervisor, text=typed) == []


async def test_an_alias_finds_its_client(supervisor: Browser) -> None:
    await made(supervisor, "Ana Núñez", alias="Juniper")
    assert await names(supervisor, text="junip") == ["Ana Núñez"]


async def test_whoever_begins_with_the_text_comes_first(supervisor: Browser) -> None:
    for name in ("Joana Berg", "Berta Ana", "Ana Zuh"):
        await made(supervisor, name)
    assert await names(supervisor, text="ana") == ["Ana Zuh", "Berta Ana", "Joana Berg"]


async def test_two_of_one_name_are_told_apart(supervisor: Browser) -> None:
    await made(supervisor, "Ana Núñez")
    await made(supervisor, "Ana Nuñez")
    rows = (await supervisor.post("/api/clients/search", {"text": "ana"})).body["items"]
    assert [(row["name"], row["distinction"]) for row in rows] == [("Ana Núñez", "Ana N."), ("Ana Nuñez", "Ana Nu.")]


async def test_filters_narrow_the_list_and_the_search(supervisor: Browser, house: House, database: Database) -> None:
    async def enrol(client: str, starts: date, ends: date | None, program: str = house.program) -> None:
        phase = await first_phase(tx, house.clinic, program)
        enrolment = Enrolment(id=new_id(), program=program, client=client, starts_on=starts, ends_on=ends, phase=phase)
        await enrolments.create(tx, house.clinic, enrolment)

    async with database.transaction() as tx:
        days = await a_program(tx, house.clinic, "Days")
        waiting, discharged, both = [await person(tx, house.clinic, name) for name in ("Ana", "Berta", "Cleo")]
        await enrol(discharged, date(2026, 1, 1), date(2026, 11, 1))
        await enrol(both, date(2026, 1, 1), date(2026, 11, 1))
        await enrol(both, date(2026, 11, 2), None, days)
        await enrol(waiting, date(2027, 1, 1), None)
    assert await names(supervisor) == ["Ana", "Berta", "Cleo", "Pat Morrow"]
    assert await names(supervisor, state="current") == ["Cleo", "Pat Morrow"]
    assert await names(supervisor, state="waiting") == ["Ana"]
    assert await names(supervisor, state="discharged") == ["Berta"]
    assert await names(supervisor, program=days) == ["Cleo"]
    assert await names(supervisor, program=house.program, state="current") == ["Pat Morrow"]
    assert await names(supervisor, phase=house.phase) == ["Ana", "Berta", "Cleo", "Pat Morrow"]
    assert await names(supervisor, facilitator=house.facilitator) == ["Pat Morrow"]
    assert await names(supervisor, facilitator=house.supervisor) == []
    assert await names(supervisor, sort="newest") == ["Cleo", "Berta", "Ana", "Pat Morrow"]
    assert await names(supervisor, text="e", state="current") == ["Cleo"]
    [row] = (await supervisor.post("/api/clients/search", {"program": days})).body["items"]
    assert (row["state"], row["programs"]) == ("current", ["Days"])


async def test_guests_are_found_with_the_client_whose_guest_they_are(supervisor: Browser, house: House) -> None:
    guest = (await supervisor.post(f"/api/clients/{house.client}/guests", invitation(house))).body["id"]
    for asked in ({"text": "maria"}, {"state": "guest"}, {"text": "maria", "state": "guest"}):
        [row] = (await supervisor.post("/api/clients/search", asked)).body["items"]
        assert (row["id"], row["state"]) == (guest, "guest"), asked
        assert row["guest_of"] == {"id": house.client, "name": "Pat Morrow"}, asked
    assert await names(supervisor) == ["Pat Morrow"]
    assert await names(supervisor, text="maria", state="waiting") == []


async def test_whoever_is_enrolled_from_tomorrow_waits(supervisor: Browser, house: House, database: Database) -> None:
    client = await made(supervisor, "Ana Berg")
    assert await names(supervisor, state="waiting") == ["Ana Berg"]
    days = {"starts_on": date(2026, 11, 24), "ends_on": None}
    enrolment = Enrolment(id=new_id(), program=house.program, client=client["id"], phase=house.phase, **days)
    async with database.transaction() as tx:
        await enrolments.create(tx, house.clinic, enrolment)
    assert await names(supervisor, state="waiting", program=house.program) == ["Ana Berg"]
    async with database.transaction() as tx:
        await tx.execute("UPDATE enrolments SET starts_on = '2026-11-23' WHERE id = $1", enrolment.id)
    assert await names(supervisor, state="waiting") == []
    assert await names(supervisor, text="ana", program=house.program, state="current") == ["Ana Berg"]


@pytest.mark.parametrize("sort", ["name", "newest"])
async def test_a_long_list_is_paged_and_skips_nobody(
    supervisor: Browser, house: House, database: Database, sort: str
) -> None:
    async with database.transaction() as tx:
        for _ in range(PAGE_SIZE):
            await person(tx, house.clinic, "Kim")
    first = (await supervisor.post("/api/clients/search", {"sort": sort})).body
    rest = (await supervisor.post("/api/clients/search", {"sort": sort, "after": first["next"]})).body
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (PAGE_SIZE, 1, None)
    assert len({row["id"] for row in first["items"] + rest["items"]}) == PAGE_SIZE + 1


async def test_a_search_leaves_its_text_in_no_address(supervisor: Browser) -> None:
    assert (await supervisor.get("/api/clients/search?text=ana")).status in (404, 405)
