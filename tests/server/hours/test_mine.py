"""Clients see their own hours of the week, against what their phase requires."""

from datetime import timedelta

from store.database import Database
from tests.mail_server import serving
from tests.server.access.test_identity import Phone, contact
from tests.server.attendance.test_page import at, begun, work
from tests.server.conftest import Browser, Clock, House
from tests.workers import evening


async def test_an_attended_evening_counts_in_its_week(
    supervisor: Browser, visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    await contact(supervisor, house.client)
    async with serving() as postman:
        phone = Phone(visitor, house.link, database, postman, clock)
        await phone.asks()
        assert await phone.gives(await phone.reads()) == ""
    before = (await visitor.post("/api/my-hours", {"link": house.link})).body
    assert (before["program_name"], before["phase_name"]) == ("Evening SUD IOP", "Phase 1")
    week = before["weeks"][0]
    assert (week["credited_s"], week["days"], week["required_s"], week["required_days"]) == (0, 0, 32_400, 3)
    assert len(before["weeks"]) == 4 and week["sessions"] == []

    room, staff = begun(house)
    pat = room.comes(house.client, at(44, 5))
    room.goes(pat, at(150)).goes(staff, at(195), "ended").ends(at(195))
    await evening.ship(database, room.rows)
    await work(database)
    clock.now = at(200)
    after = (await visitor.post("/api/my-hours", {"link": house.link})).body["weeks"]
    assert (after[0]["credited_s"], after[0]["days"]) == (9_000, 1)
    (session,) = after[0]["sessions"]
    assert (session["title"], session["credited_s"], session["kind"]) == ("Evening group", 9_000, "group")
    clock.now += timedelta(days=7)
    later = (await visitor.post("/api/my-hours", {"link": house.link})).body["weeks"]
    assert [each["credited_s"] for each in later] == [0, 9_000, 0, 0]
    assert later[1]["first_day"] == after[0]["first_day"]
