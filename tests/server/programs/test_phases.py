"""Phases of a program: their order, and numbers that change from a day on."""

from datetime import timedelta
from typing import Any

from store.database import Database
from tests.server.attendance.test_weeks import an_evening, week
from tests.server.conftest import Browser, Clock, House

SIX_HOURS = {"from_on": "2026-11-29", "required_s": 21_600, "days_per_week": 2}


def bridge(**also: Any) -> dict[str, Any]:
    return {"name": "Bridge", "usual_weeks": 2, "required": {**SIX_HOURS, "kinds": ["skills", "group"], **also}}


async def names(browser: Browser, house: House) -> list[str]:
    listed = await browser.get(f"/api/programs/{house.program}/phases")
    return [phase["name"] for phase in listed.body["items"]]


async def test_phases_are_added_and_put_in_order(administrator: Browser, house: House) -> None:
    path = f"/api/programs/{house.program}/phases"
    made = await administrator.post(path, bridge())
    assert (made.status, made.body["position"]) == (201, 2)
    assert made.body["requirements"] == [{**SIX_HOURS, "kinds": ["group", "skills"]}]
    described = {"name": "Before Phase 1", "position": 1, "usual_weeks": None}
    moved = await administrator.ask("PUT", f"/api/phases/{made.body['id']}", described)
    assert [phase["name"] for phase in moved.body["items"]] == ["Before Phase 1", "Phase 1"]
    assert await names(administrator, house) == ["Before Phase 1", "Phase 1"]


async def test_two_phases_of_a_program_have_two_names(administrator: Browser, house: House) -> None:
    path = f"/api/programs/{house.program}/phases"
    answer = await administrator.post(path, {**bridge(), "name": " phase 1 "})
    assert (answer.status, answer.body["path"]) == (422, "$.name")


async def test_invalid_numbers_are_refused(administrator: Browser, house: House) -> None:
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"required_s": -1}, "$.required.required_s"),
        ({"days_per_week": 8}, "$.required.days_per_week"),
        ({"kinds": ["yoga"]}, "$.required.kinds[0]"),
        ({"from_on": "tomorrow"}, "$.required.from_on"),
    ]
    for wrong, path in wrongs:
        answer = await administrator.post(f"/api/programs/{house.program}/phases", bridge(**wrong))
        assert (answer.status, answer.body["path"]) == (422, path), wrong
    before = {**SIX_HOURS, "from_on": "2019-12-31"}
    answer = await administrator.post(f"/api/phases/{house.phase}/requirements", before)
    assert (answer.status, answer.body["path"]) == (422, "$.from_on")


async def test_another_clinics_phases_are_not_found(administrator: Browser, elsewhere: House) -> None:
    path = f"/api/programs/{elsewhere.program}/phases"
    assert (await administrator.get(path)).code == "not_found"
    assert (await administrator.post(path, bridge())).code == "not_found"
    described = {"name": "Ours", "position": 1}
    assert (await administrator.ask("PUT", f"/api/phases/{elsewhere.phase}", described)).code == "not_found"
    assert (await administrator.post(f"/api/phases/{elsewhere.phase}/requirements", SIX_HOURS)).code == "not_found"


async def test_new_numbers_hold_from_their_week_on_and_the_weeks_before_keep_theirs(
    administrator: Browser, house: House, database: Database, clock: Clock
) -> None:
    await administrator.post(f"/api/phases/{house.phase}/requirements", {**SIX_HOURS, "kinds": ["skills"]})
    this_week, next_week = [await an_evening(database, house, days, 600) for days in (0, 7)]
    clock.now += timedelta(days=10)
    await administrator.sign_in(house.email("administrator"))
    assert await week(administrator, this_week) == (600, 32_400)
    assert await week(administrator, next_week) == (0, 21_600), "a group does not count toward it any more"
