"""How many a program takes: a warning before somebody is admitted beyond it, and the report of a nearly full one."""

from typing import Any

import pytest

from tests.server.conftest import Browser, House
from tests.server.way.test_inquiries import Desk, settings

__all__ = ["settings"]


@pytest.fixture
async def desk(supervisor: Browser, administrator: Browser, house: House) -> Desk:
    """An intake desk of a program with one place, which the house's client has taken."""
    told = {"name": "Evening", "capacity": 1}
    assert (await administrator.ask("PUT", f"/api/programs/{house.program}", told)).status == 200
    return Desk(supervisor, house)


async def test_an_admission_says_beforehand_what_it_changes_and_saves_nothing(desk: Desk, house: House) -> None:
    inquiry = await desk.assessed()
    admission = {"phase": house.phase, "from_on": "2026-11-24"}
    seen = (await desk.step(inquiry, "admission/preview", **admission)).body
    assert seen["beyond"] == {"clients": 2, "capacity": 1, "on": "2026-11-24"}
    assert (seen["door"], seen["week"]["after_days"]) == (
        {"opens": True, "from_on": "2026-11-24", "until": None}, 3,
    )  # fmt: skip
    shown = (await desk.browser.get(f"/api/inquiries/{inquiry}")).body
    assert (shown["line"]["state"], shown["person"]) == ("assessed", None)
    assert (await desk.step(inquiry, "admission", **admission)).status == 200, "it warns, and refuses nothing"


async def test_a_readmission_beyond_the_places_warns_too(desk: Desk, house: House) -> None:
    inquiry = await desk.assessed()
    await desk.step(inquiry, "admission", phase=house.phase, from_on="2026-11-20")
    path = f"/api/enrolments/{house.enrolment}/acts"
    gone: dict[str, Any] = {"kind": "discharged", "from_on": "2026-11-22", "reason": "completed"}
    assert (await desk.browser.post(path, gone)).status == 201
    back = {"kind": "readmitted", "from_on": "2026-11-25", "phase": house.phase}
    assert (await desk.browser.post(f"{path}/preview", back)).body["beyond"]["clients"] == 2


async def test_a_leave_keeps_the_place_and_warns_of_nothing(desk: Desk, house: House) -> None:
    path = f"/api/enrolments/{house.enrolment}/acts/preview"
    seen = (await desk.browser.post(path, {"kind": "leave", "from_on": "2026-11-24"})).body
    assert seen["beyond"] is None


async def test_a_nearly_full_program_shows_by_when_it_reports(desk: Desk, house: House, clock: Any) -> None:
    [full] = (await desk.browser.get("/api/inquiries")).body["filling"]
    assert (full["clients"], full["capacity"]) == (1, 1)
    assert (full["reached_on"], full["report_by"], full["overdue"]) == ("2026-11-01", "2026-11-08", True)
    elsewhere = await desk.browser.get(f"/api/inquiries?program={house.client}")
    assert elsewhere.body["filling"] == []
