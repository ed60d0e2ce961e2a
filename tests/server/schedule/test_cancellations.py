"""Cancelling a session: who may, when it counts, what the door then says, and how it is reinstated."""

from datetime import timedelta

import msgspec

from domain.events.fact import Event
from domain.events.room import ConnectionAdmitted, ConnectionOpened, SessionStarted
from domain.events.schedule import SessionCancelled, SessionReinstated
from domain.ledger.streams import numbered
from runtime.clock import new_id
from store.database import Database
from store.ledger import streams
from tests import ledgers
from tests.server.conftest import EVENING, Answer, Browser, Clock, House

WEATHER = {"reason": "weather"}


async def cancel(browser: Browser, house: House) -> Answer:
    return await browser.post(f"/api/sessions/{house.session}/cancellation", WEATHER)


async def reinstate(browser: Browser, house: House) -> Answer:
    return await browser.ask("DELETE", f"/api/sessions/{house.session}/cancellation")


async def record(database: Database, house: House, *events: Event) -> None:
    """The facts that a node recorded of the session's room."""
    async with database.transaction() as tx:
        for n, event in enumerate(events, 1):
            fact = msgspec.structs.replace(event, id=new_id(), session=house.session, seq=numbered(1, n))
            await streams.record(tx, house.clinic, f"room:{house.session}:1", fact)


async def test_a_cancelled_sessions_plan_stream_says_who_cancelled_it_and_why(
    facilitator: Browser, house: House, database: Database
) -> None:
    answer = await cancel(facilitator, house)
    assert (answer.status, answer.body["phase"], answer.body["may_cancel"]) == (200, "cancelled", True)
    async with database.transaction() as tx:
        *_, last = await ledgers.of_session(tx, house.session)
    assert isinstance(last.event, SessionCancelled)
    assert (last.stream, last.event.by, last.event.reason) == (f"plan:{house.session}", house.facilitator, "weather")
    shown = await facilitator.get(f"/api/sessions/{house.session}")
    assert shown.body["phase"] == "cancelled"


async def test_overseers_may_cancel_too(supervisor: Browser, administrator: Browser, house: House) -> None:
    assert (await cancel(supervisor, house)).status == 200
    assert (await reinstate(administrator, house)).status == 200


async def test_staff_who_have_no_part_in_it_may_not_cancel(
    facilitator: Browser, administrator: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM rosters WHERE person_id = $1", house.facilitator)
    assert (await cancel(facilitator, house)).status == 403
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO rosters (clinic_id, session_id, person_id, role) VALUES ($1, $2, $3, 'observer')",
            house.clinic, house.session, house.facilitator,
        )  # fmt: skip
    assert (await cancel(facilitator, house)).body["code"] == "forbidden"
    shown = await facilitator.get(f"/api/sessions/{house.session}")
    assert shown.body["may_cancel"] is False


async def test_the_door_announces_a_cancellation_and_opens_again_after_reinstatement(
    facilitator: Browser, visitor: Browser, house: House, database: Database
) -> None:
    await cancel(facilitator, house)
    opened = await visitor.post("/api/join-links/open", {"link": house.link})
    assert opened.body["session"]["phase"] == "cancelled"
    ticket = await visitor.post(f"/api/sessions/{house.session}/tickets", {"link": house.link})
    assert (ticket.status, ticket.body["code"]) == (409, "session_cancelled")
    again = await reinstate(facilitator, house)
    assert (again.status, again.body["phase"]) == (200, "planned")
    ticket = await visitor.post(f"/api/sessions/{house.session}/tickets", {"link": house.link})
    assert ticket.body.get("code") != "session_cancelled"
    async with database.transaction() as tx:
        *_, last = await ledgers.of_session(tx, house.session)
    assert isinstance(last.event, SessionReinstated)


async def test_cancelling_or_reinstating_twice_is_a_conflict(facilitator: Browser, house: House) -> None:
    assert (await reinstate(facilitator, house)).status == 409
    await cancel(facilitator, house)
    assert (await cancel(facilitator, house)).status == 409


async def test_a_slow_clock_does_not_date_the_reinstatement_before_the_cancellation(
    facilitator: Browser, house: House, clock: Clock
) -> None:
    await cancel(facilitator, house)
    clock.now -= timedelta(minutes=3)
    assert (await reinstate(facilitator, house)).body["phase"] == "planned"
    assert (await facilitator.get(f"/api/sessions/{house.session}")).body["phase"] == "planned"


async def test_a_started_session_is_ended_and_not_cancelled(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    clock.now = EVENING + timedelta(minutes=5)
    await record(database, house, SessionStarted(at=EVENING, by=house.facilitator))
    answer = await cancel(facilitator, house)
    assert (answer.status, answer.body["code"]) == (409, "session_begun")


async def test_a_session_with_proved_seconds_cannot_be_cancelled_even_if_never_started(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    people = ((house.facilitator, "facilitator"), (house.client, "client"))
    comes = [
        fact
        for person, role in people
        for fact in (
            ConnectionOpened(at=EVENING, connection=person, person=person, role=role),
            ConnectionAdmitted(at=EVENING, connection=person),
        )
    ]
    await record(database, house, *comes)
    clock.now = EVENING
    assert (await cancel(facilitator, house)).status == 200
    await reinstate(facilitator, house)
    clock.now = EVENING + timedelta(minutes=20)
    assert (await cancel(facilitator, house)).body["code"] == "session_begun"


async def test_a_cancellation_that_does_not_count_closes_no_door(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    """The node that started the session was disconnected, and its facts arrive after the cancellation."""
    clock.now = EVENING + timedelta(minutes=5)
    assert (await cancel(facilitator, house)).body["phase"] == "cancelled"
    await record(database, house, SessionStarted(at=EVENING, by=house.facilitator))
    assert (await facilitator.get(f"/api/sessions/{house.session}")).body["phase"] == "live"


async def test_the_attendance_page_says_that_nobody_was_absent(facilitator: Browser, house: House) -> None:
    await cancel(facilitator, house)
    page = (await facilitator.get(f"/api/sessions/{house.session}/attendance")).body
    assert (page["outcome"], page["final"]) == ("cancelled", True)
    assert {client["status"] for client in page["clients"]} == {"cancelled"}
