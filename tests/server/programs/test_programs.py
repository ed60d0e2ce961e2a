"""Programs of a clinic."""

from typing import Any

from tests.server.conftest import Browser, House

EVENING_IOP = {
    "name": "Evening IOP",
    "timezone": "America/Chicago",
    "policy_id": "evening-sud",
    "policy_version": 1,
}


async def test_a_program_is_made_listed_and_shown(administrator: Browser, house: House) -> None:
    made = await administrator.post("/api/programs", EVENING_IOP)
    assert (made.status, made.body["week_start"]) == (201, "sunday")
    assert (await administrator.get(f"/api/programs/{made.body['id']}")).body == made.body
    listed = (await administrator.get("/api/programs")).body["items"]
    assert [program["id"] for program in listed] == [house.program, made.body["id"]]


async def test_zones_and_policies_must_exist(administrator: Browser) -> None:
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"timezone": "Eastern"}, "$.timezone"),
        ({"timezone": "../etc/localtime"}, "$.timezone"),
        ({"policy_id": "nothing"}, "$.policy_id"),
        ({"policy_version": 99}, "$.policy_id"),
        ({"week_start": "someday"}, "$.week_start"),
    ]
    for wrong, path in wrongs:
        answer = await administrator.post("/api/programs", {**EVENING_IOP, **wrong})
        assert (answer.status, answer.body["path"]) == (422, path), wrong


async def test_another_clinics_program_is_not_found(administrator: Browser, elsewhere: House) -> None:
    assert (await administrator.get(f"/api/programs/{elsewhere.program}")).code == "not_found"
    session = {"program": elsewhere.program, "kind": "group", "starts": "2026-11-25T18:00:00Z"}
    answer = await administrator.post("/api/sessions", {**session, "ends": "2026-11-25T19:00:00Z"})
    assert answer.body["path"] == "$.program"


async def test_a_program_says_how_many_it_takes_and_for_whom_it_is(administrator: Browser, house: House) -> None:
    path = f"/api/programs/{house.program}"
    described = {"name": "Evening women's IOP", "capacity": 12, "tags": ["women", " Women", "parents"]}
    changed = await administrator.ask("PUT", path, described)
    assert (changed.body["capacity"], changed.body["tags"]) == (12, ["Women", "parents"])
    assert (await administrator.get(path)).body == changed.body
    occupied = (await administrator.get(f"{path}/occupancy")).body
    assert occupied == {"clients": 1, "capacity": 12, "phases": [{"phase": house.phase, "clients": 1}]}


async def test_a_wrong_description_is_refused(administrator: Browser, house: House) -> None:
    made = await administrator.post("/api/programs", EVENING_IOP)
    path = f"/api/programs/{made.body['id']}"
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"name": "evening sud iop"}, "$.name"),
        ({"name": " "}, "$.name"),
        ({"capacity": 0}, "$.capacity"),
        ({"tags": [""]}, "$.tags[0]"),
    ]
    for wrong, at in wrongs:
        answer = await administrator.ask("PUT", path, {"name": "Evening IOP"} | wrong)
        assert (answer.status, answer.body["path"]) == (422, at), wrong
