"""Persons of a clinic: added, listed and shown."""

from server.http.pages import PAGE_SIZE
from store.database import Database
from tests.server.conftest import Browser, House, SignedIn, person


async def test_nobody_sets_a_password_for_somebody_else(administrator: Browser) -> None:
    for more in ({"staff_roles": ["facilitator"]}, {"password": "a password of his own"}):
        answer = await administrator.post("/api/persons", {"display_name": "Marcus Ibe", **more})
        assert (answer.status, answer.code) == (422, "invalid_input")


async def test_one_address_is_one_person(administrator: Browser, house: House) -> None:
    body = {"display_name": "Somebody", "email": house.email("facilitator").upper()}
    assert (await administrator.post("/api/persons", body)).code == "conflict"


async def test_two_clinics_may_have_the_same_client(
    administrator: Browser, house: House, elsewhere: House, database: Database
) -> None:
    body = {"display_name": "Sam", "email": "sam@mail.example"}
    async with database.transaction() as tx:
        await person(tx, elsewhere.clinic, "Sam", "sam@mail.example")
    assert (await administrator.post("/api/persons", body)).status == 201
    assert (await administrator.post("/api/persons", body)).code == "conflict"


async def test_a_blank_name_is_refused(administrator: Browser) -> None:
    assert (await administrator.post("/api/persons", {"display_name": "  "})).body["path"] == "$.display_name"


async def test_a_long_list_is_paged_and_skips_nobody(supervisor: Browser, house: House, database: Database) -> None:
    async with database.transaction() as tx:
        for n in range(PAGE_SIZE):
            await person(tx, house.clinic, f"Client {n}")
    first = (await supervisor.get("/api/persons")).body
    second = (await supervisor.get(f"/api/persons?after={first['next']}")).body
    assert (len(first["items"]), len(second["items"]), second["next"]) == (PAGE_SIZE, 4, None)
    assert len({entry["id"] for entry in first["items"] + second["items"]}) == PAGE_SIZE + 4


async def test_another_clinics_people_are_not_found(supervisor: Browser, house: House, elsewhere: House) -> None:
    assert (await supervisor.get(f"/api/persons/{elsewhere.client}")).code == "not_found"
    listed = (await supervisor.get("/api/persons")).body["items"]
    assert {entry["id"] for entry in listed} == {house.facilitator, house.supervisor, house.administrator, house.client}


async def test_switching_access_off_signs_staff_out_until_it_is_on_again(
    administrator: Browser, signed_in: SignedIn, house: House, database: Database
) -> None:
    supervisor, path = await signed_in("supervisor"), f"/api/persons/{house.supervisor}/deactivation"
    assert (await administrator.post(path)).status == 204
    assert (await administrator.get(f"/api/persons/{house.supervisor}")).body["deactivated"] is True
    assert (await supervisor.get("/api/me")).status == 204
    assert (await supervisor.sign_in(house.email("supervisor"))).code == "wrong_credentials"
    assert (await administrator.ask("DELETE", path)).status == 204
    assert (await supervisor.get("/api/me")).status == 204
    assert (await supervisor.sign_in(house.email("supervisor"))).status == 200


async def test_a_client_whose_access_is_switched_off_has_no_link_and_gets_none(
    administrator: Browser, visitor: Browser, house: House
) -> None:
    path = f"/api/persons/{house.client}/deactivation"
    assert (await administrator.post(path)).status == 204
    assert (await visitor.post("/api/join-links/open", {"link": house.link})).code == "link_revoked"
    made = await administrator.post("/api/join-links", {"enrolment": house.enrolment})
    assert (made.code, made.body["path"]) == ("invalid_input", "$.enrolment")


async def test_only_administrators_switch_access_off_and_never_their_own(
    supervisor: Browser, administrator: Browser, house: House, elsewhere: House
) -> None:
    assert (await supervisor.post(f"/api/persons/{house.facilitator}/deactivation")).code == "forbidden"
    assert (await administrator.post(f"/api/persons/{house.administrator}/deactivation")).code == "forbidden"
    assert (await administrator.post(f"/api/persons/{elsewhere.facilitator}/deactivation")).code == "not_found"
