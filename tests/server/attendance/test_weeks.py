"""A week adds up its sessions to the second, against the seconds that the enrolment requires."""

from datetime import date, timedelta
from typing import Any

from domain.schedule.rosters import RosterPlace
from store.database import Database
from tests.ledgers import consume
from tests.server.conftest import EVENING, Browser, Clock, House, a_session, discharge
from tests.workers import evening
from tests.workers.evening import Room
from workers.attendance import CONSUMER


async def an_evening(database: Database, house: House, days: int, seconds: int) -> str:
    """A session `days` days after the first, in which the client is credited `seconds`; returns its id."""
    start = EVENING + timedelta(days=days)
    places = [
        RosterPlace(person=house.facilitator, role="facilitator"),
        RosterPlace(person=house.client, role="client", enrolment=house.enrolment),
    ]
    async with database.transaction() as tx:
        session = await a_session(tx, house.clinic, house.program, start, places)
    room = Room(house.clinic, session, at=start)
    staff, client = room.comes(house.facilitator, start, "facilitator"), room.comes(house.client, start)
    end = start + timedelta(seconds=seconds)
    room.goes(client, end).goes(staff, end).ends(end)
    await evening.ship(database, room.rows)
    while await consume(database, CONSUMER):
        pass
    return session


async def week(browser: Browser, session: str) -> tuple[int, int | None]:
    answer = await browser.get(f"/api/sessions/{session}/attendance")
    client: dict[str, Any] = answer.body["clients"][0]
    return client["week_credited_s"], client["week_required_s"]


async def test_seventy_five_seconds_short_stay_seventy_five_seconds_short(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    sessions = [await an_evening(database, house, *evening) for evening in ((1, 10_800), (2, 10_725), (4, 10_800))]
    await an_evening(database, house, 7, 10_800)
    clock.advance(days=10)
    await facilitator.sign_in(house.email("facilitator"))
    for session in sessions:
        assert await week(facilitator, session) == (32_400 - 75, 32_400)


async def test_a_client_without_an_enrolment_has_no_required_seconds(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        await discharge(tx, house.client, date(2026, 11, 11))
    session = await an_evening(database, house, 1, 600)
    clock.advance(days=2)
    await facilitator.sign_in(house.email("facilitator"))
    assert await week(facilitator, session) == (600, None)
