"""Tickets: who may enter a room, when, in which role, and on which node."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest

from domain.access.tickets import open_ticket
from domain.events.room import SessionEnded, SessionExtended
from domain.schedule.rosters import RosterPlace
from runtime.clock import new_id
from runtime.settings import ServerSettings
from store.database import Database, Transaction
from store.ledger import streams
from store.schedule import rosters
from tests.server.conftest import (
    EVENING,
    Answer,
    Browser,
    Clock,
    House,
    a_link,
    a_program,
    a_session,
    enrolled,
    person,
)


@pytest.fixture(autouse=True)
async def node(database: Database) -> str:
    """One live signaling node."""
    async with database.transaction() as tx:
        await add_node(tx, "node-1", rooms=3)
    return "node-1"


async def add_node(tx: Transaction, id: str, *, rooms: int = 0, lease_s: int = 60, draining: bool = False) -> None:
    await tx.execute(
        """
        INSERT INTO nodes (id, url, rooms, lease_until, draining)
        VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4), $5)
        """,
        id, f"ws://localhost:8081/{id}", rooms, lease_s, draining,
    )  # fmt: skip


async def ask(browser: Browser, session: str, link: str | None = None) -> Answer:
    return await browser.post(f"/api/sessions/{session}/tickets", {"link": link} if link else {})


def node_of(answer: Answer) -> str:
    return str(answer.body["url"]).rpartition("/")[2]


async def test_a_client_with_a_link_gets_a_ticket_that_the_node_opens(
    visitor: Browser, house: House, settings: ServerSettings, clock: Clock
) -> None:
    answer = await ask(visitor, house.session, house.link)
    assert answer.status == 201
    ticket = open_ticket(answer.body["ticket"], settings.ticket_key, "node-1", clock.now)
    assert (ticket.session, ticket.person, ticket.role) == (house.session, house.client, "client")
    assert (ticket.name, ticket.clinic) == ("Pat Morrow", house.clinic)
    assert ticket.expires == clock.now + timedelta(seconds=60)


async def test_relay_credentials_hold_no_person_and_are_signed(
    visitor: Browser, house: House, settings: ServerSettings
) -> None:
    (relay,) = (await ask(visitor, house.session, house.link)).body["ice_servers"]
    expected = hmac.new(settings.turn_secret.encode(), relay["username"].encode(), hashlib.sha1).digest()
    assert relay["credential"] == base64.b64encode(expected).decode()
    assert house.client not in relay["username"]


async def test_the_facilitator_enters_as_facilitator_and_overseers_as_observers(
    facilitator: Browser, supervisor: Browser, house: House, settings: ServerSettings, clock: Clock
) -> None:
    for browser, role in ((facilitator, "facilitator"), (supervisor, "observer")):
        sealed = (await ask(browser, house.session)).body["ticket"]
        assert open_ticket(sealed, settings.ticket_key, "node-1", clock.now).role == role


async def test_a_facilitator_of_another_group_stays_out(facilitator: Browser, house: House, database: Database) -> None:
    async with database.transaction() as tx:
        await rosters.replace(tx, house.clinic, house.session, [])
    assert (await ask(facilitator, house.session)).code == "not_on_roster"


async def test_nobody_gets_a_ticket_without_a_link_or_a_sign_in(visitor: Browser, house: House) -> None:
    assert (await ask(visitor, house.session)).code == "not_signed_in"
    assert (await ask(visitor, house.session, "a link nobody has")).code == "link_unknown"


async def test_a_client_of_the_program_who_is_not_on_the_roster_may_come_to_the_group(
    visitor: Browser, house: House, database: Database, clock: Clock, settings: ServerSettings
) -> None:
    async with database.transaction() as tx:
        sam = await person(tx, house.clinic, "Sam Okonjo")
        enrolment = await enrolled(tx, house.clinic, house.program, sam)
        link, _ = await a_link(tx, house.clinic, sam, enrolment, clock.now)
    sealed = (await ask(visitor, house.session, link)).body["ticket"]
    assert open_ticket(sealed, settings.ticket_key, "node-1", clock.now).person == sam


async def test_a_client_of_another_program_may_not_come(
    visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        sam = await person(tx, house.clinic, "Sam Okonjo")
        enrolment = await enrolled(tx, house.clinic, await a_program(tx, house.clinic, "Days"), sam)
        link, _ = await a_link(tx, house.clinic, sam, enrolment, clock.now)
    assert (await ask(visitor, house.session, link)).code == "not_on_roster"


async def test_another_clients_hour_is_not_open_to_the_program(
    visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        places = [RosterPlace(person=house.facilitator, role="facilitator")]
        hour = await a_session(tx, house.clinic, house.program, EVENING, places, kind="individual")
    assert (await ask(visitor, hour, house.link)).code == "not_on_roster"


async def test_another_clinics_link_opens_nothing_here(visitor: Browser, house: House, elsewhere: House) -> None:
    assert (await ask(visitor, house.session, elsewhere.link)).code == "not_found"


async def test_a_withdrawn_or_expired_link_opens_nothing(
    visitor: Browser, administrator: Browser, house: House, clock: Clock
) -> None:
    assert (await administrator.ask("DELETE", f"/api/join-links/{house.link_id}")).status == 204
    assert (await ask(visitor, house.session, house.link)).code == "link_revoked"
    made = await administrator.post("/api/join-links", {"enrolment": house.enrolment})
    fresh = made.body["url"].partition("#")[2]
    assert (await ask(visitor, house.session, fresh)).status == 201
    clock.advance(days=14)
    assert (await ask(visitor, house.session, fresh)).code == "link_expired"


async def test_the_door_opens_half_an_hour_before_and_closes_two_hours_after(
    visitor: Browser, house: House, clock: Clock
) -> None:
    ends = EVENING + timedelta(minutes=195)
    for now, code in (
        (EVENING - timedelta(minutes=30, seconds=1), "session_not_open"),
        (EVENING - timedelta(minutes=30), None),
        (ends + timedelta(minutes=119), None),
        (ends + timedelta(hours=2), "session_over"),
    ):
        clock.now = now
        answer = await ask(visitor, house.session, house.link)
        assert (answer.code if code else answer.status) == (code or 201)


async def test_the_door_stays_open_for_an_extended_window(
    visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    ends = EVENING + timedelta(minutes=195)
    extended = SessionExtended(id=new_id(), at=EVENING, session=house.session, until=ends + timedelta(hours=4))
    async with database.transaction() as tx:
        await streams.record(tx, house.clinic, f"room:{house.session}:1", extended)
    clock.now = ends + timedelta(hours=3, minutes=59)
    opened = await visitor.post("/api/join-links/open", {"link": house.link})
    assert opened.body["session"]["id"] == house.session
    clock.now = ends + timedelta(hours=5, minutes=59)
    assert (await ask(visitor, house.session, house.link)).status == 201
    clock.now = ends + timedelta(hours=6)
    assert (await ask(visitor, house.session, house.link)).code == "session_over"


async def test_a_session_that_staff_ended_is_over(
    visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        ended = SessionEnded(id=new_id(), at=clock.now, session=house.session, by=house.facilitator)
        await streams.record(tx, house.clinic, f"room:{house.session}:1", ended)
    assert (await ask(visitor, house.session, house.link)).code == "session_over"


async def test_a_room_is_opened_on_the_live_node_with_the_fewest_rooms(
    visitor: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        await add_node(tx, "idle", rooms=1)
        await add_node(tx, "dead", rooms=0, lease_s=-1)
        await add_node(tx, "draining", rooms=0, draining=True)
    assert node_of(await ask(visitor, house.session, house.link)) == "idle"


async def test_everybody_goes_to_the_node_that_holds_the_room(
    visitor: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        await add_node(tx, "idle")
        await add_node(tx, "holder", rooms=9, draining=True)
        await tx.execute(
            "INSERT INTO rooms (session_id, epoch, clinic_id, node_id, opened_at) VALUES ($1, 1, $2, 'holder', $3)",
            house.session, house.clinic, EVENING,
        )  # fmt: skip
    assert node_of(await ask(visitor, house.session, house.link)) == "holder"
    async with database.transaction() as tx:
        await tx.execute("UPDATE nodes SET lease_until = clock_timestamp() WHERE id = 'holder'")
    assert node_of(await ask(visitor, house.session, house.link)) == "idle"


async def test_without_a_live_node_people_are_asked_to_wait(visitor: Browser, house: House, database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM nodes")
    answer = await ask(visitor, house.session, house.link)
    assert (answer.status, answer.code) == (503, "rooms_unavailable")
    assert int(answer.headers["Retry-After"]) > 0


async def test_a_ticket_holds_only_what_the_gateway_needs(visitor: Browser, house: House) -> None:
    answer = await ask(visitor, house.session, house.link)
    assert set(answer.body) == {"ticket", "url", "ice_servers", "warnings"}
    claims, _, _ = answer.body["ticket"].partition(".")
    text = base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)).decode()
    assert house.link_id in text and house.link not in text
    assert house.link not in answer.body["url"] + str(answer.body["ice_servers"])
