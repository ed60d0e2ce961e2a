"""Enrolments of a clinic: a client in a program."""

from typing import Any

from store.access import access_changes
from store.database import Database
from tests.server.conftest import Browser, House


def wanted(house: House, **also: Any) -> dict[str, Any]:
    return {
        "program": house.program,
        "client": house.client,
        "starts_on": "2026-11-23",
        "phase": house.phase,
        **also,
    }


async def test_an_enrolment_is_made_listed_by_program_and_shown(administrator: Browser, house: House) -> None:
    made = await administrator.post("/api/enrolments", wanted(house))
    assert (made.status, made.body["ends_on"]) == (201, None)
    assert (await administrator.get(f"/api/enrolments/{made.body['id']}")).body == made.body
    listed = (await administrator.get(f"/api/enrolments?program={house.program}")).body["items"]
    assert [enrolment["id"] for enrolment in listed] == [house.enrolment, made.body["id"]]
    assert (await administrator.get(f"/api/enrolments?program={house.client}")).body["items"] == []


async def test_an_invalid_enrolment_is_refused(administrator: Browser, house: House) -> None:
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"ends_on": "2026-11-22"}, "$.ends_on"),
        ({"phase": "Phase 1"}, "$.phase"),
        ({"phase": house.client}, "$.phase"),
        ({"starts_on": "2026-02-30"}, "$.starts_on"),
        ({"starts_on": "0206-11-23"}, "$.starts_on"),
    ]
    for wrong, path in wrongs:
        answer = await administrator.post("/api/enrolments", wanted(house, **wrong))
        assert (answer.status, answer.body["path"]) == (422, path), wrong


async def test_another_clinics_people_and_programs_cannot_be_enrolled(
    administrator: Browser, house: House, elsewhere: House
) -> None:
    for field in ("program", "client", "phase"):
        answer = await administrator.post("/api/enrolments", wanted(house, **{field: getattr(elsewhere, field)}))
        assert answer.body["path"] == f"$.{field}"
    assert (await administrator.get(f"/api/enrolments/{elsewhere.enrolment}")).code == "not_found"
    listed = (await administrator.get(f"/api/enrolments?program={elsewhere.program}")).body["items"]
    assert listed == []


async def test_the_link_of_an_ended_enrolment_opens_no_group(
    administrator: Browser, visitor: Browser, house: House, database: Database
) -> None:
    roster = {"revision": 1, "roster": [{"person": house.facilitator, "role": "facilitator"}]}
    assert (await administrator.ask("PUT", f"/api/sessions/{house.session}/roster", roster)).status == 200
    opened = await visitor.post("/api/join-links/open", {"link": house.link})
    assert opened.body["session"]["id"] == house.session
    discharged = {"kind": "discharged", "from_on": "2026-11-23", "reason": "completed"}
    assert (await administrator.post(f"/api/enrolments/{house.enrolment}/acts", discharged)).status == 201
    shown = (await administrator.get(f"/api/enrolments/{house.enrolment}")).body
    assert shown["ends_on"] == "2026-11-22", "the day of discharge is no day of the program"
    opened = await visitor.post("/api/join-links/open", {"link": house.link})
    assert (opened.body["session"], opened.body["standing"]) == (None, "discharged")
    async with database.transaction() as tx:
        kinds = [(change.kind, change.subject) for change in await access_changes.after(tx, 0)]
    assert ("place_changed", house.client) in kinds
