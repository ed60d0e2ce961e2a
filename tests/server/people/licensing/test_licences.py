"""Licences of staff: written, ended, corrected, withdrawn, and listed before they run out."""

from datetime import timedelta
from typing import Any

import pytest

from store.database import Database
from tests.server.conftest import Browser, Clock, House

WRITTEN: dict[str, Any] = {
    "kind": "social_worker", "state": "NY", "number": " 084711 ", "npi": "1234567893", "from_on": "2024-12-01",
    "to_on": "2026-11-30",
}  # fmt: skip


async def add(administrator: Browser, house: House, **changed: Any) -> Any:
    answer = await administrator.post(f"/api/staff/{house.facilitator}/licences", {**WRITTEN, **changed})
    assert answer.status == 201, answer.body
    return answer.body["items"]


async def test_a_licence_is_written_ended_and_what_it_said_before_is_kept(
    administrator: Browser, facilitator: Browser, house: House, database: Database
) -> None:
    (written,) = await add(administrator, house, to_on=None)
    assert (written["number"], written["npi"], written["to_on"]) == ("084711", "1234567893", None)
    ended = await administrator.ask("PUT", f"/api/licences/{written['id']}", {**WRITTEN, "number": "084712"})
    (now,) = ended.body["items"]
    assert (now["number"], now["to_on"], now["person"]) == ("084712", "2026-11-30", house.facilitator)
    assert (await facilitator.get(f"/api/staff/{house.facilitator}/licences")).body["items"] == [now]
    again = await administrator.ask("PUT", f"/api/licences/{written['id']}", WRITTEN)
    assert again.code == "conflict", "what was corrected is not corrected again"
    assert (await administrator.ask("DELETE", f"/api/licences/{now['id']}")).body["items"] == []
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM licences WHERE withdrawn_by = $1", house.administrator) == 2


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"npi": "1234567890"}, "$.npi"), ({"state": "New York"}, "$.state"), ({"number": "  "}, "$.number"),
        ({"to_on": "2024-11-30"}, "$.to_on"), ({"kind": "wizard"}, "$.kind"), ({"from_on": "0001-01-01"}, "$.from_on"),
    ],
)  # fmt: skip
async def test_what_cannot_be_right_is_refused_at_its_field(
    administrator: Browser, house: House, changed: dict[str, Any], path: str
) -> None:
    answer = await administrator.post(f"/api/staff/{house.facilitator}/licences", {**WRITTEN, **changed})
    assert (answer.code, answer.body["path"]) == ("invalid_input", path)


async def test_licences_are_listed_60_30_and_7_days_before_they_run_out(
    administrator: Browser, facilitator: Browser, house: House, clock: Clock
) -> None:
    await add(administrator, house, to_on=str(clock.now.date() + timedelta(days=61)))
    for days, within in ((60, 60), (30, 30), (7, 7), (0, 7), (-1, 0)):
        (one,) = (await administrator.get(f"/api/staff/{house.facilitator}/licences")).body["items"]
        last = str(clock.now.date() + timedelta(days=days))
        await administrator.ask("PUT", f"/api/licences/{one['id']}", {**WRITTEN, "to_on": last})
        (listed,) = (await administrator.get("/api/expiring-licences")).body["items"]
        assert (listed["name"], listed["days"], listed["within"]) == ("facilitator", days, within)
    assert (await facilitator.get("/api/expiring-licences")).code == "forbidden"
    await administrator.post(f"/api/persons/{house.facilitator}/deactivation")
    assert (await administrator.get("/api/expiring-licences")).body["items"] == []


async def test_nobody_reads_or_writes_licences_of_another_clinic(
    administrator: Browser, house: House, elsewhere: House, browse: Any
) -> None:
    (written,) = await add(administrator, house)
    stranger = browse()
    await stranger.sign_in(elsewhere.email("administrator"))
    path = f"/api/staff/{house.facilitator}/licences"
    assert (await stranger.get(path)).code == "not_found"
    assert (await stranger.post(path, WRITTEN)).code == "not_found"
    for method, body in (("PUT", WRITTEN), ("DELETE", None)):
        assert (await stranger.ask(method, f"/api/licences/{written['id']}", body)).code == "not_found"
    assert (await stranger.get("/api/expiring-licences")).body["items"] == []


async def test_a_clinic_says_what_is_asked_from_a_day_on(administrator: Browser, supervisor: Browser) -> None:
    path = "/api/clinic/licences"
    before = (await supervisor.get(path)).body
    assert (before["policy"], before["changes"]) == ("warn", [])
    assert {"kind": "group", "asked": "clinician"} in before["today"]
    rule = {"kind": "skills", "asked": "clinician", "from_on": "2026-11-01"}
    after = (await administrator.post(f"{path}/rules", rule)).body
    assert {"kind": "skills", "asked": "clinician"} in after["today"] and after["changes"] == [rule]
    later = (await administrator.post(f"{path}/rules", {**rule, "asked": "none", "from_on": "2027-01-01"})).body
    assert {"kind": "skills", "asked": "clinician"} in later["today"] and len(later["changes"]) == 2
    assert (await administrator.ask("PUT", f"{path}/policy", {"policy": "refuse"})).body["policy"] == "refuse"
    assert (await supervisor.ask("PUT", f"{path}/policy", {"policy": "warn"})).code == "forbidden"
    assert (await administrator.post(f"{path}/rules", {**rule, "kind": "mutual_help"})).body["path"] == "$.kind"
