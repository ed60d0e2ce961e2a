"""The clinic's own questions, clocks, reasons and deadlines: each from a day on, and felt where they are used."""

from typing import Any

import pytest

from tests.server.conftest import Browser, House
from tests.server.way.test_inquiries import Desk, settings

__all__ = ["settings"]
PATH = "/api/intake-rules"
SMOKES = {"text": "Do they smoke?", "good": ["no"]}


async def test_own_questions_hold_from_their_day_on(administrator: Browser) -> None:
    before = (await administrator.get(PATH)).body
    asked = [*before["questions"], SMOKES]
    changed = await administrator.post(PATH, {"from_on": "2026-12-01", "questions": asked})
    assert changed.status == 200, changed.body
    [*shipped, own] = changed.body["questions"]
    assert (shipped, own["text"], own["code"][:4]) == (before["questions"], "Do they smoke?", "own_")
    assert (await administrator.get(f"{PATH}?on=2026-11-30")).body["questions"] == before["questions"]
    assert (await administrator.get(f"{PATH}?on=2026-12-01")).body["questions"] == changed.body["questions"]
    [version] = changed.body["versions"]
    assert (version["kind"], version["from_on"], version["by_name"]) == ("questions", "2026-12-01", "administrator")


async def test_an_own_reason_of_discharge_is_chosen_and_shown_in_its_words(
    administrator: Browser, supervisor: Browser, house: House
) -> None:
    known = (await supervisor.get(PATH)).body["reasons"]
    own = {"text": "Found work elsewhere", "national": "other"}
    reasons = (await administrator.post(PATH, {"from_on": "2026-11-23", "reasons": [*known, own]})).body["reasons"]
    code = reasons[-1]["code"]
    act = {"kind": "discharged", "from_on": "2026-11-24", "reason": code}
    timeline = (await supervisor.post(f"/api/enrolments/{house.enrolment}/acts", act)).body
    assert timeline["acts"][-1]["reason_text"] == "Found work elsewhere"


async def test_an_own_clock_runs_for_whoever_asks_from_then_on(
    administrator: Browser, supervisor: Browser, house: House
) -> None:
    own = {"text": "A call back", "scope": "payer", "of": "Medicaid", "from_on": "2026-11-01", "hours": 24}
    assert (await administrator.post(PATH, {"from_on": "2026-11-23", "clocks": [own]})).status == 200
    inquiry = await Desk(supervisor, house).asks()
    [clock] = (await supervisor.get(f"/api/inquiries/{inquiry}")).body["line"]["clocks"]
    assert (clock["text"], clock["met"], clock["overdue"]) == ("A call back", False, False)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"from_on": "2026-11-22", "reasons": []}, "$.from_on"),
        ({"from_on": "2300-01-01"}, "$.from_on"),
        ({"from_on": "2026-12-01", "reasons": []}, "$.reasons"),
        ({"from_on": "2026-12-01", "questions": [{"text": " "}]}, "$.questions[0].text"),
        ({"from_on": "2026-12-01", "summaries": [{"state": "XX", "from_on": "2026-12-01", "days": 7}]},
         "$.summaries[0].state"),
    ],
)  # fmt: skip
async def test_lists_that_nobody_could_work_with_are_refused(administrator: Browser, body: Any, path: str) -> None:
    refused = await administrator.post(PATH, body)
    assert (refused.status, refused.body["path"]) == (422, path)


async def test_each_clinic_has_its_own(administrator: Browser, browse: Any, elsewhere: House) -> None:
    await administrator.post(PATH, {"from_on": "2026-11-23", "questions": [SMOKES]})
    theirs = browse()
    await theirs.sign_in(elsewhere.email("administrator"))
    assert len((await theirs.get(PATH)).body["questions"]) == 5
