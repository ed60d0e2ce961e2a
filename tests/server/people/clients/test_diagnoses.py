"""Diagnosis codes: added and ended by those who may, in an order, with the name of who added them."""

from typing import Any

from tests.server.conftest import Browser, House


async def test_codes_are_added_ordered_and_ended(supervisor: Browser, facilitator: Browser, house: House) -> None:
    path = f"/api/clients/{house.client}/diagnoses"
    order = f"/api/clients/{house.client}/diagnosis-order"

    async def codes() -> list[str]:
        return [one["code"] for one in (await facilitator.get(path)).body["items"]]

    await supervisor.post(path, {"code": "f1020", "starts_on": "2026-11-01"})
    answer = await supervisor.post(path, {"code": "F41.1", "starts_on": "2026-11-02"})
    first, second = answer.body["items"]
    assert (first["code"], first["added_by"], await codes()) == ("F10.20", "supervisor", ["F10.20", "F41.1"])
    await supervisor.ask("PUT", order, {"order": [second["id"], first["id"]]})
    assert await codes() == ["F41.1", "F10.20"]
    ended = await supervisor.ask("PUT", f"{path}/{second['id']}", {"ends_on": "2026-11-20"})
    assert [one["ends_on"] for one in ended.body["items"]] == ["2026-11-20", None]
    left = await supervisor.ask("DELETE", f"{path}/{second['id']}")
    assert [one["code"] for one in left.body["items"]] == ["F10.20"]


async def test_what_is_no_code_or_no_span_is_refused(supervisor: Browser, house: House) -> None:
    path = f"/api/clients/{house.client}/diagnoses"

    async def refused(method: str, to: str, body: Any) -> Any:
        answer = await supervisor.ask(method, to, body)
        assert answer.code == "invalid_input"
        return answer.body["path"]

    assert await refused("POST", path, {"code": "alcohol", "starts_on": "2026-11-01"}) == "$.code"
    wrong = {"code": "F10.20", "starts_on": "2026-11-02", "ends_on": "2026-11-01"}
    assert await refused("POST", path, wrong) == "$.ends_on"
    [given] = (await supervisor.post(path, {"code": "F10.20", "starts_on": "2026-11-01"})).body["items"]
    assert await refused("POST", path, {"code": "F10.20", "starts_on": "2026-11-05"}) == "$.code"
    assert await refused("PUT", f"{path}/{given['id']}", {"ends_on": "2026-10-01"}) == "$.ends_on"
    assert await refused("PUT", path.replace("diagnoses", "diagnosis-order"), {"order": []}) == "$.order"


async def test_facilitators_read_codes_and_change_none(facilitator: Browser, house: House) -> None:
    path = f"/api/clients/{house.client}/diagnoses"
    assert (await facilitator.get(path)).status == 200
    assert (await facilitator.post(path, {"code": "F10.20", "starts_on": "2026-11-01"})).code == "forbidden"


async def test_another_clients_code_is_not_there(supervisor: Browser, house: House) -> None:
    [given] = (
        await supervisor.post(f"/api/clients/{house.client}/diagnoses", {"code": "I10", "starts_on": "2026-11-01"})
    ).body["items"]
    other = (await supervisor.post("/api/clients", {"name": "Sam"})).body["id"]
    path = f"/api/clients/{other}/diagnoses/{given['id']}"
    assert (await supervisor.ask("PUT", path, {"ends_on": None})).code == "not_found"
    assert (await supervisor.ask("DELETE", path)).code == "not_found"
