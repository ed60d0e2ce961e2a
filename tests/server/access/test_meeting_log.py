"""A client's own log of meetings: theirs alone, until they share it, and again once they do not."""

from typing import Any

import pytest

from runtime.clock import new_id
from store.database import Database
from tests.mail_server import serving
from tests.server.access.test_identity import Phone, contact
from tests.server.conftest import Browser, Clock, House
from tests.server.http.test_dispatch import all_rows

MET = {"met_on": "2026-11-20", "kind": "secular", "home_group": True, "sponsor": False}


@pytest.fixture
async def pat(supervisor: Browser, visitor: Browser, house: House, database: Database, clock: Clock) -> Browser:
    """Pat's browser, into which Pat has entered the code from their own contact."""
    await contact(supervisor, house.client)
    async with serving() as postman:
        phone = Phone(visitor, house.link, database, postman, clock)
        await phone.asks()
        assert await phone.gives(await phone.reads()) == ""
    return visitor


async def open_log(browser: Browser, house: House) -> Any:
    return (await browser.post("/api/my-meetings/open", {"link": house.link})).body


async def test_a_client_keeps_a_log_of_their_own(pat: Browser, house: House) -> None:
    assert await open_log(pat, house) == {"shared": False, "meetings": []}
    made = await pat.post("/api/my-meetings", {"link": house.link, **MET})
    [meeting] = made.body["meetings"]
    assert (made.status, {**meeting, "id": ""}) == (201, {**MET, "id": ""})
    removed = await pat.post("/api/my-meetings/removal", {"link": house.link, "meeting": meeting["id"]})
    assert removed.body["meetings"] == []


async def test_staff_read_it_while_it_is_shared(pat: Browser, supervisor: Browser, house: House) -> None:
    path = f"/api/persons/{house.client}/meetings"
    await pat.post("/api/my-meetings", {"link": house.link, **MET})
    assert (await supervisor.get(path)).body == {"shared": False, "meetings": []}
    await pat.post("/api/my-meetings/sharing", {"link": house.link, "shared": True})
    assert [one["met_on"] for one in (await supervisor.get(path)).body["meetings"]] == ["2026-11-20"]
    await pat.post("/api/my-meetings/sharing", {"link": house.link, "shared": False})
    assert (await supervisor.get(path)).body == {"shared": False, "meetings": []}


async def test_the_audit_does_not_say_that_a_client_keeps_one(pat: Browser, house: House, database: Database) -> None:
    before = len(await all_rows(database))
    await pat.post("/api/my-meetings", {"link": house.link, **MET})
    await open_log(pat, house)
    assert len(await all_rows(database)) == before


async def test_a_browser_that_is_not_identified_opens_no_log(visitor: Browser, house: House) -> None:
    for path, body in (("open", {}), ("removal", {"meeting": new_id()}), ("sharing", {"shared": True})):
        answer = await visitor.post(f"/api/my-meetings/{path}", {"link": house.link, **body})
        assert answer.code == "identity_needed", path
    assert (await visitor.post("/api/my-meetings", {"link": house.link, **MET})).code == "identity_needed"


@pytest.mark.parametrize(
    ("wrong", "path"),
    [({"met_on": "2026-12-24"}, "$.met_on"), ({"kind": "party"}, "$.kind"), ({"who": "Sam"}, "$")],
)
async def test_what_does_not_fit_is_refused(pat: Browser, house: House, wrong: dict[str, Any], path: str) -> None:
    answer = await pat.post("/api/my-meetings", {"link": house.link, **MET, **wrong})
    assert (answer.status, answer.body["path"]) == (422, path)


async def test_another_clinics_logs_are_not_found(supervisor: Browser, elsewhere: House) -> None:
    assert (await supervisor.get(f"/api/persons/{elsewhere.client}/meetings")).code == "not_found"
