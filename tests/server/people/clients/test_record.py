"""A client's record: made, found, changed by one person at a time, and a stranger to every other clinic."""

from typing import Any

import pytest

from tests.server.conftest import Browser, House


async def made(browser: Browser, name: str = "José Ruiz", **also: Any) -> Any:
    answer = await browser.post("/api/clients", {"name": name, **also})
    assert answer.status == 201, answer.body
    return answer.body


async def test_a_new_client_has_a_whole_record(supervisor: Browser, facilitator: Browser) -> None:
    client = await made(
        supervisor,
        "  José   Ruiz ",
        legal_name="José María Ruiz Ortega",
        date_of_birth="1987-03-05",
        language="es",
        timezone="America/Chicago",
        home_state="OH",
        contacts=[
            {"kind": "mobile", "value": "614 555 0134", "may_leave_message": True, "best_time": "after 6"},
            {"kind": "email", "value": "Jose@Example.COM"},
        ],
        emergency={"name": "Ana Ruiz", "relation": "sister", "phone": "(614) 555-0135"},
        external_ids=[{"system": "EHR", "value": "MRN-0012"}],
    )
    shown = (await facilitator.get(f"/api/clients/{client['id']}")).body
    assert shown == client
    assert (shown["name"], shown["alias"], shown["state"]) == ("José Ruiz", "José R.", "waiting")
    assert [way["value"] for way in shown["contacts"]] == ["+1 614-555-0134", "Jose@example.com"]
    assert shown["emergency"]["phone"] == "+1 614-555-0135"
    assert (shown["changed_by"], shown["revision"], shown["alias_confirmed"]) == ("supervisor", 1, False)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"name": "\u200b"}, "$.name"),
        ({"name": "Pat\nMorrow"}, "$.name"),
        ({"legal_name": "\u202epat"}, "$.legal_name"),
        ({"date_of_birth": "2027-01-01"}, "$.date_of_birth"),
        ({"date_of_birth": "5 March"}, "$.date_of_birth"),
        ({"language": "Spanish"}, "$.language"),
        ({"timezone": "Ohio"}, "$.timezone"),
        ({"home_state": "XX"}, "$.home_state"),
        (
            {"contacts": [{"kind": "email", "value": "a@b.org"}, {"kind": "phone", "value": "12"}]},
            "$.contacts[1].value",
        ),
        ({"contacts": [{"kind": "email", "value": "nobody"}]}, "$.contacts[0].value"),
        ({"emergency": {"name": "", "phone": "6145550135"}}, "$.emergency.name"),
        ({"emergency": {"name": "Ana", "phone": "call me"}}, "$.emergency.phone"),
        ({"external_ids": [{"system": "EHR", "value": "1"}] * 2}, "$.external_ids[1].value"),
        ({"alias": "Facilitator"}, "$.alias"),
    ],
)
async def test_what_cannot_be_true_is_refused_at_its_field(
    supervisor: Browser, wrong: dict[str, Any], path: str
) -> None:
    answer = await supervisor.post("/api/clients", {"name": "Pat Morrow", **wrong})
    assert (answer.code, answer.body["path"]) == ("invalid_input", path)
    assert (await supervisor.post("/api/clients/search", {"text": "pat mor"})).body["items"][1:] == []


async def test_a_change_says_who_made_it_and_meets_no_other_unseen(supervisor: Browser, administrator: Browser) -> None:
    client = await made(supervisor)
    path = f"/api/clients/{client['id']}"
    changed = await administrator.ask(
        "PUT", f"{path}/person", {"revision": 1, "name": "Chema Ruiz", "home_state": "OH"}
    )
    assert (changed.body["changed_by"], changed.body["revision"]) == ("administrator", 2)
    assert (await supervisor.ask("PUT", f"{path}/person", {"revision": 1, "name": "José"})).code == "conflict"
    assert (await supervisor.get(path)).body["name"] == "Chema Ruiz"
    assert [row["id"] for row in await _found(supervisor, "chema")] == [client["id"]]
    assert await _found(supervisor, "josé ruiz") == await _found(supervisor, "jose r")


async def test_contacts_and_ids_are_replaced_whole(supervisor: Browser) -> None:
    client = await made(supervisor, external_ids=[{"system": "EHR", "value": "77"}])
    path = f"/api/clients/{client['id']}"
    contacts = [{"kind": "phone", "value": "+44 20 7946 0018"}]
    answer = await supervisor.ask("PUT", f"{path}/contacts", {"revision": 1, "contacts": contacts})
    assert [way["value"] for way in answer.body["contacts"]] == ["+44 20 7946 0018"]
    answer = await supervisor.ask("PUT", f"{path}/external-ids", {"revision": 2, "external_ids": []})
    assert answer.body["external_ids"] == []
    assert await _found(supervisor, "77") == []


async def test_an_id_elsewhere_is_one_clients(supervisor: Browser, elsewhere: House, signed_in: Any) -> None:
    ehr = {"external_ids": [{"system": "EHR", "value": "MRN-1"}]}
    await made(supervisor, **ehr)
    answer = await supervisor.post("/api/clients", {"name": "Sam", **ehr})
    assert answer.body["path"] == "$.external_ids[0].value"
    await made(supervisor, "Sam", external_ids=[{"system": "Payer", "value": "MRN-1"}])


async def test_an_alias_is_one_persons_also_in_look_alike_letters(supervisor: Browser) -> None:
    first, second = await made(supervisor), await made(supervisor)
    assert (first["alias"], second["alias"]) == ("José R.", "José Ru.")
    path = f"/api/clients/{second['id']}/alias"
    for taken in ("José R.", "jose r", "JОSE R."):
        answer = await supervisor.ask("PUT", path, {"revision": 1, "alias": taken})
        assert (answer.code, answer.body["path"]) == ("invalid_input", "$.alias"), taken
    answer = await supervisor.ask("PUT", path, {"revision": 1, "alias": second["aliases"][-1]})
    assert answer.body["alias"] == second["aliases"][-1]


async def test_a_given_up_alias_is_nobody_elses_for_a_year(
    supervisor: Browser, clock: Any, browse: Any, house: House
) -> None:
    first, second = await made(supervisor), await made(supervisor)
    await supervisor.ask("PUT", f"/api/clients/{first['id']}/alias", {"revision": 1, "alias": "Cedar"})
    path = f"/api/clients/{second['id']}/alias"
    assert (await supervisor.ask("PUT", path, {"revision": 1, "alias": "José R."})).code == "invalid_input"
    back = await supervisor.ask("PUT", f"/api/clients/{first['id']}/alias", {"revision": 2, "alias": "José R."})
    assert back.status == 200, "whoever gave it up may have it again"
    await supervisor.ask("PUT", f"/api/clients/{first['id']}/alias", {"revision": 3, "alias": "Cedar"})
    clock.advance(days=366)
    later = browse()
    await later.sign_in(house.email("supervisor"))
    assert (await later.ask("PUT", path, {"revision": 1, "alias": "José R."})).body["alias"] == "José R."


async def test_another_clinics_client_is_not_there(supervisor: Browser, house: House, elsewhere: House) -> None:
    path = f"/api/clients/{elsewhere.client}"
    assert (await supervisor.get(path)).code == "not_found"
    assert (await supervisor.ask("PUT", f"{path}/person", {"revision": 1, "name": "Pat"})).code == "not_found"
    assert (await supervisor.ask("PUT", f"{path}/alias", {"revision": 1, "alias": "Cedar"})).code == "not_found"
    assert (await supervisor.get(f"{path}/diagnoses")).code == "not_found"
    assert [row["id"] for row in await _found(supervisor, "morrow")] == [house.client]


async def test_a_member_of_staff_is_no_client(supervisor: Browser, house: House) -> None:
    assert (await supervisor.get(f"/api/clients/{house.facilitator}")).code == "not_found"
    assert await _found(supervisor, "facilitator") == []


async def test_the_same_name_and_day_of_birth_are_warned_of(supervisor: Browser) -> None:
    client = await made(supervisor, date_of_birth="1987-03-05")

    async def alike(**asked: Any) -> list[str]:
        return [row["id"] for row in (await supervisor.post("/api/clients/alike", asked)).body["items"]]

    assert await alike(name="JOSE RUÍZ", date_of_birth="1987-03-05") == [client["id"]]
    assert await alike(name="José Ruiz") == [client["id"]]
    assert await alike(name="José Ruiz", date_of_birth="1999-01-01") == []


async def _found(browser: Browser, text: str) -> Any:
    return (await browser.post("/api/clients/search", {"text": text})).body["items"]
