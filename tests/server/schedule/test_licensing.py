"""Sessions that nobody who leads them has the licence for: a warning, or a refusal, at the plan and at the door."""

from typing import Any

from store.database import Database
from tests.server.access.test_tickets import add_node
from tests.server.conftest import Browser, House

HOUR = {"starts": "2026-12-01T18:00:00-05:00", "ends": "2026-12-01T19:00:00-05:00"}

ASKED = [{"kind": "group", "asked": "clinician"}]
LICENCE = {"kind": "counsellor", "state": "NY", "number": "1", "from_on": "2025-01-01"}


async def refusing(administrator: Browser) -> None:
    assert (await administrator.ask("PUT", "/api/clinic/licences/policy", {"policy": "refuse"})).status == 200


async def licensed(administrator: Browser, person: str, **changed: str) -> None:
    assert (await administrator.post(f"/api/staff/{person}/licences", {**LICENCE, **changed})).status == 201


def planned(house: House, kind: str = "group", **more: Any) -> dict[str, Any]:
    roster = [{"person": house.facilitator, "role": "facilitator"}]
    return {"program": house.program, "kind": kind, "roster": roster, **HOUR, **more}


async def test_a_plan_without_the_licence_is_made_with_a_warning_until_somebody_has_it(
    administrator: Browser, house: House
) -> None:
    made = await administrator.post("/api/sessions", planned(house))
    assert (made.status, made.body["warnings"]) == (201, ASKED)
    path = f"/api/sessions/{made.body['id']}"
    assert (await administrator.get(path)).body["warnings"] == ASKED
    await licensed(administrator, house.facilitator, to_on="2026-01-01")
    assert (await administrator.get(path)).body["warnings"] == ASKED, "it ran out"
    await licensed(administrator, house.facilitator)
    assert (await administrator.get(path)).body["warnings"] == []
    other = {"revision": 1, "roster": [{"person": house.supervisor, "role": "facilitator"}]}
    assert (await administrator.ask("PUT", f"{path}/roster", other)).body["warnings"] == ASKED
    for kind in ("education", "expressive", "mutual_help"):
        more: dict[str, Any] = {"roster": []} if kind == "mutual_help" else {}
        assert (await administrator.post("/api/sessions", planned(house, kind, **more))).body["warnings"] == []


async def test_each_block_asks_for_its_own(administrator: Browser, house: House) -> None:
    await licensed(administrator, house.facilitator)
    middle = HOUR["starts"].replace(":00:00", ":30:00", 1)
    blocks = [
        {"kind": "group", "start": HOUR["starts"], "end": middle},
        {"kind": "medication", "start": middle, "end": HOUR["ends"]},
    ]
    made = await administrator.post("/api/sessions", planned(house, blocks=blocks))
    assert made.body["warnings"] == [{"kind": "medication", "asked": "prescriber"}]


async def test_a_clinic_refuses_such_plans(administrator: Browser, house: House) -> None:
    await refusing(administrator)
    refused = await administrator.post("/api/sessions", planned(house))
    assert (refused.code, refused.body["path"]) == ("invalid_input", "$.roster")
    handed = {"by": house.facilitator, "to": house.supervisor}
    refused = await administrator.post(f"/api/sessions/{house.session}/handover", handed)
    assert (refused.code, refused.body["path"]) == ("invalid_input", "$.to")
    await licensed(administrator, house.facilitator)
    assert (await administrator.post("/api/sessions", planned(house))).status == 201


async def test_whoever_leads_is_warned_at_the_door_or_not_let_in_and_clients_are(
    administrator: Browser, facilitator: Browser, visitor: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
    path, link = f"/api/sessions/{house.session}/tickets", {"link": house.link}
    assert (await facilitator.post(path, {})).body["warnings"] == ASKED
    assert (await visitor.post(path, link)).body["warnings"] == []
    await refusing(administrator)
    refused = await facilitator.post(path, {})
    assert (refused.status, refused.code) == (409, "licence_missing")
    assert (await visitor.post(path, link)).status == 201
    await licensed(administrator, house.facilitator)
    assert (await facilitator.post(path, {})).body["warnings"] == []
