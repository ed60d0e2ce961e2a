"""From the first call to the decision: what staff write down, which clocks run, and what the person can open."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from runtime.settings import ServerSettings, WrappingKey
from store.database import Database
from tests.server.access.test_tickets import add_node
from tests.server.conftest import Answer, Browser, Clock, House

LEVEL = {"edition": "4", "ratings": {"1": "0", "3": "ANY"}, "recommended": "2.1", "placed": "2.1"}
GOOD = [
    {"question": "adult", "answer": "yes"},
    {"question": "detox", "answer": "not_needed"},
    {"question": "support_at_home", "answer": "yes"},
    {"question": "device_and_place", "answer": "yes"},
    {"question": "in_state", "answer": "yes"},
]


@pytest.fixture
def settings(settings: ServerSettings) -> ServerSettings:
    keys = (WrappingKey("2026", b"w" * 32),)
    return msgspec.structs.replace(settings, note_private_key=b"n" * 32, note_wrapping_keys=keys)


class Desk:
    """A supervisor at the intake desk."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house

    async def asks(self, name: str = "Ines Duarte", **also: Any) -> str:
        wanted = {"program": self.house.program, "name": name, "reach": "+1 555 0100", "heard": "A friend", **also}
        made = await self.browser.post("/api/inquiries", wanted)
        assert made.status == 201, made.body
        return str(made.body["line"]["id"])

    async def step(self, inquiry: str, path: str, **body: Any) -> Answer:
        return await self.browser.post(f"/api/inquiries/{inquiry}/{path}", body)

    async def assessed(self, name: str = "Ines Duarte", **also: Any) -> str:
        inquiry = await self.asks(name, **also)
        await self.step(inquiry, "screening", priorities=also.get("priorities", []))
        answer = await self.step(inquiry, "eligibility", answers=GOOD, level=LEVEL)
        assert answer.body["line"]["state"] == "assessed", answer.body
        return inquiry


@pytest.fixture
async def desk(supervisor: Browser, house: House) -> Desk:
    return Desk(supervisor, house)


async def test_from_the_first_call_to_the_admission(desk: Desk, house: House, database: Database) -> None:
    inquiry = await desk.asks(words="Calls from work, only text.", urgencies=["court_date"])
    screened = (await desk.step(inquiry, "screening", words="Drinks daily, no withdrawal now.")).body
    assert [one["kind"] for one in screened["steps"]] == ["asked", "screened"]
    assert screened["steps"][0]["said"]["text"] == "Calls from work, only text."
    assert screened["steps"][0]["by_name"] == "supervisor"
    assert [question["code"] for question in screened["questions"]] == [one["question"] for one in GOOD]
    level = {**LEVEL, "placed": "1.5", "difference": "She asked to begin with less."}
    assessed = (await desk.step(inquiry, "eligibility", answers=GOOD, level=level)).body
    assert "steps" in assessed, assessed
    assert assessed["steps"][-1]["said"]["level"]["ratings"] == {"1": "0", "3": "ANY"}
    admitted = (await desk.step(inquiry, "admission", phase=house.phase, from_on="2026-11-30")).body
    assert (admitted["line"]["state"], admitted["possible"]) == ("admitted", [])
    path = f"/api/clients/{admitted['person']}/enrolments"
    [timeline] = (await desk.browser.get(path)).body["items"]
    assert (timeline["standing"], timeline["acts"][0]["from_on"]) == ("ahead", "2026-11-30")
    async with database.transaction() as tx:
        kept = await tx.fetchval("SELECT string_agg(encode(said, 'escape'), '') FROM inquiry_steps")
    assert "withdrawal" not in kept and "begin with less" not in kept


async def test_somebody_before_admission_is_in_no_list_of_enrolments(desk: Desk, house: House) -> None:
    await desk.asks()
    listed = (await desk.browser.get("/api/enrolments")).body["items"]
    assert [one["client"] for one in listed] == [house.client]


async def test_the_link_of_an_intake_opens_that_session_alone(
    desk: Desk, visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
    inquiry = await desk.asks()
    starts = clock.now + timedelta(minutes=20)
    planned = await desk.step(inquiry, "intake", facilitator=house.facilitator, starts=starts.isoformat())
    assert (planned.status, planned.body["inquiry"]["line"]["state"]) == (200, "intake")
    secret = planned.body["url"].partition("#")[2]
    opened = (await visitor.post("/api/join-links/open", {"link": secret})).body
    assert (opened["session"]["id"], opened["standing"]) == (planned.body["session"], None)
    entered = await visitor.post(f"/api/sessions/{planned.body['session']}/tickets", {"link": secret})
    assert entered.status == 201
    group = await visitor.post(f"/api/sessions/{house.session}/tickets", {"link": secret})
    assert group.code == "not_on_roster", "the group of the same evening stays closed"


async def test_unfavourable_answers_ask_for_a_reason_and_are_no_wall(desk: Desk) -> None:
    inquiry = await desk.asks()
    await desk.step(inquiry, "screening")
    young = [{"question": "adult", "answer": "no"}, *GOOD[1:]]
    refused = await desk.step(inquiry, "eligibility", answers=young, level=LEVEL)
    assert (refused.status, refused.body["path"]) == (422, "$.answers[0].reason")
    young[0] = {**young[0], "reason": "Seventeen; parents and the medical director agree."}
    assert (await desk.step(inquiry, "eligibility", answers=young, level=LEVEL)).status == 200


@pytest.mark.parametrize(
    ("answers", "level", "path"),
    [
        (GOOD[1:], LEVEL, "$.answers.adult"),
        ([{"question": "adult", "answer": "not_needed"}, *GOOD[1:]], LEVEL, "$.answers[0].answer"),
        (GOOD, LEVEL | {"placed": "1.5"}, "$.level.difference"),
        (GOOD, LEVEL | {"placed": "9"}, "$.level.placed"),
        (GOOD, LEVEL | {"edition": "5"}, "$.level.edition"),
        (GOOD, LEVEL | {"ratings": {"7": "0"}}, "$.level.ratings"),
    ],
)
async def test_answers_that_are_not_whole_are_refused(desk: Desk, answers: Any, level: Any, path: str) -> None:
    inquiry = await desk.asks()
    await desk.step(inquiry, "screening")
    refused = await desk.step(inquiry, "eligibility", answers=answers, level=level)
    assert (refused.status, refused.body["path"]) == (422, path)


async def test_the_wait_list_goes_by_priority_and_shows_what_is_due_and_overdue(desk: Desk, clock: Clock) -> None:
    first = await desk.assessed("Walter Oyelaran")
    clock.advance(minutes=1)
    injects = await desk.assessed("Tamsin Vale", priorities=["injects"])
    clock.advance(minutes=1)
    pregnant = await desk.assessed("Rosa Lindgren", priorities=["pregnant"])
    for inquiry, priorities in ((first, []), (injects, ["injects"]), (pregnant, ["pregnant"])):
        assert (await desk.step(inquiry, "waiting", priorities=priorities)).status == 200
    lines = (await desk.browser.get("/api/inquiries?state=waiting")).body["items"]
    assert [(line["place"], line["id"]) for line in lines] == [(1, pregnant), (2, injects), (3, first)]
    assert [[one["code"] for one in line["clocks"]] for line in lines] == [
        ["interim_48h"], ["interim_48h", "admit_14d", "admit_120d"], [],
    ]  # fmt: skip
    clock.advance(days=3)
    await desk.browser.sign_in(desk.house.email("supervisor"))
    [_, line, _] = (await desk.browser.get("/api/inquiries?state=waiting")).body["items"]
    assert [(one["code"], one["overdue"]) for one in line["clocks"]][:2] == [
        ("interim_48h", True),
        ("admit_14d", False),
    ]
    eased = (await desk.step(injects, "interim", on="2026-11-25")).body["line"]
    assert [(one["code"], one["met"]) for one in eased["clocks"]] == [("admit_120d", False), ("interim_48h", True)]


async def test_somebody_referred_has_where_why_and_when_and_is_confirmed_later(desk: Desk) -> None:
    inquiry = await desk.asks()
    sent = await desk.step(
        inquiry, "referral", to="Harbor Detox", reason="withdrawal", sent_on="2026-11-23", words="Taxi at noon"
    )
    assert (sent.body["line"]["state"], sent.body["steps"][-1]["said"]["to"]) == ("referred", "Harbor Detox")
    there = (await desk.step(inquiry, "arrival", on="2026-11-24")).body
    assert (there["line"]["state"], there["steps"][-1]["on"]) == ("referred", "2026-11-24")
    again = (await desk.step(inquiry, "reopening", words="Detox completed")).body
    assert (again["line"]["state"], len(again["steps"])) == ("screened", 4)


async def test_steps_that_do_not_follow_are_refused_with_a_sentence(desk: Desk, house: House) -> None:
    inquiry = await desk.asks()
    for path, body in (
        ("eligibility", {"answers": GOOD, "level": LEVEL}),
        ("admission", {"phase": house.phase, "from_on": "2026-11-30"}),
        ("interim", {"on": "2026-11-23"}),
        ("arrival", {"on": "2026-11-23"}),
        ("reopening", {}),
    ):
        refused = await desk.step(inquiry, path, **body)
        assert (refused.status, refused.body["detail"][-1]) == (422, "."), path
    assert (await desk.step(inquiry, "decline", reason="")).body["path"] == "$.reason"
    assert (await desk.step(inquiry, "decline", reason="no_answer")).body["line"]["state"] == "declined"


async def test_the_list_says_how_many_are_in_each_state(desk: Desk, house: House) -> None:
    await desk.asks()
    declined = await desk.asks("Otto Reyes")
    await desk.step(declined, "decline", reason="no_answer")
    listed = (await desk.browser.get("/api/inquiries")).body
    assert ([line["name"] for line in listed["items"]], listed["counts"]) == (
        ["Ines Duarte"], {"asked": 1, "declined": 1},
    )  # fmt: skip
    assert (await desk.browser.get(f"/api/inquiries?program={house.client}")).body["items"] == []


async def test_another_clinics_inquiries_are_not_here(desk: Desk, browse: Any, elsewhere: House) -> None:
    inquiry = await desk.asks()
    theirs = browse()
    await theirs.sign_in(elsewhere.email("administrator"))
    assert (await theirs.get(f"/api/inquiries/{inquiry}")).code == "not_found"
    assert (await theirs.post(f"/api/inquiries/{inquiry}/screening", {})).code == "not_found"
    assert (await theirs.get("/api/inquiries")).body["items"] == []
    wanted = {"program": elsewhere.program, "name": "A", "reach": "b"}
    assert (await desk.browser.post("/api/inquiries", wanted)).body["path"] == "$.program"


async def test_a_facilitator_writes_inquiries_and_decides_nothing(facilitator: Browser, house: House) -> None:
    desk = Desk(facilitator, house)
    inquiry = await desk.assessed()
    assert (await desk.step(inquiry, "admission", phase=house.phase, from_on="2026-11-30")).code == "forbidden"
    assert (await desk.step(inquiry, "decline", reason="other")).code == "forbidden"
