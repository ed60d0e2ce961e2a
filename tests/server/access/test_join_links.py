"""Personal links: what they show a client, and what they hide from a stranger."""

from datetime import timedelta
from typing import cast

from domain.events.room import SessionEnded, SessionStarted
from domain.schedule.rosters import RosterPlace
from runtime.clock import new_id
from server.access import attempts
from store.database import Database
from store.ledger import streams
from tests.server.conftest import EVENING, Browser, Clock, House, a_link, a_program, a_session, enrolled, person


async def opened(browser: Browser, link: str) -> dict[str, object]:
    answer = await browser.post("/api/join-links/open", {"link": link})
    assert answer.status == 200
    return dict(answer.body)


async def test_a_client_sees_themselves_and_the_session_whose_lobby_is_open(visitor: Browser, house: House) -> None:
    invitation = await opened(visitor, house.link)
    assert (invitation["person"], invitation["name"]) == (house.client, "Pat Morrow")
    assert invitation["may_enter"] is True
    session = invitation["session"]
    assert isinstance(session, dict) and session["id"] == house.session


async def test_a_client_does_not_see_who_else_is_expected(visitor: Browser, house: House) -> None:
    session = (await opened(visitor, house.link))["session"]
    assert isinstance(session, dict) and session["roster"] == []


async def test_hours_early_the_client_sees_when_the_door_opens(visitor: Browser, house: House, clock: Clock) -> None:
    clock.now = EVENING - timedelta(hours=5)
    invitation = await opened(visitor, house.link)
    assert (invitation["may_enter"], invitation["lobby_opens"]) == (False, "2026-11-23T17:30:00Z")
    assert invitation["now"] == "2026-11-23T13:00:00Z", "the door opens by the service's clock"


async def test_after_the_evening_the_link_shows_the_next_one(
    visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        following = await a_session(tx, house.clinic, house.program, EVENING + timedelta(days=2), [])
        ended = SessionEnded(id=new_id(), at=clock.now, session=house.session)
        await streams.record(tx, house.clinic, f"room:{house.session}:1", ended)
    session = (await opened(visitor, house.link))["session"]
    assert isinstance(session, dict) and session["id"] == following


async def test_an_evening_that_overruns_is_still_on(
    visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    clock.now = EVENING + timedelta(minutes=200)
    assert (await opened(visitor, house.link))["session"] is None
    async with database.transaction() as tx:
        started = SessionStarted(id=new_id(), at=EVENING, session=house.session)
        await tx.execute(
            "INSERT INTO rooms (session_id, epoch, clinic_id, node_id, opened_at) VALUES ($1, 1, $2, 'node-1', $3)",
            house.session, house.clinic, EVENING,
        )  # fmt: skip
        await streams.record(tx, house.clinic, f"room:{house.session}:1", started)
    session = (await opened(visitor, house.link))["session"]
    assert isinstance(session, dict) and (session["id"], session["phase"]) == (house.session, "live")


async def test_the_link_does_not_show_another_clients_hour(visitor: Browser, house: House, database: Database) -> None:
    async with database.transaction() as tx:
        places = [RosterPlace(person=house.facilitator, role="facilitator")]
        starts = EVENING - timedelta(hours=1)
        await a_session(tx, house.clinic, house.program, starts, places, kind="individual")
    session = (await opened(visitor, house.link))["session"]
    assert isinstance(session, dict) and session["id"] == house.session


async def test_the_address_holds_the_secret_in_its_fragment_and_is_shown_once(
    administrator: Browser, visitor: Browser, house: House
) -> None:
    made = await administrator.post("/api/join-links", {"enrolment": house.enrolment})
    assert made.status == 201
    page, _, secret = made.body["url"].partition("#")
    assert page == "http://localhost:8080/join"
    assert (await opened(visitor, secret))["person"] == house.client


async def test_unknown_withdrawn_and_expired_links_get_different_refusals(
    administrator: Browser, visitor: Browser, house: House, clock: Clock
) -> None:
    async def code() -> str:
        return (await visitor.post("/api/join-links/open", {"link": house.link})).code

    assert (await visitor.post("/api/join-links/open", {"link": "no such link"})).code == "link_unknown"
    clock.advance(days=15)
    assert await code() == "link_expired"
    assert (await administrator.sign_in(house.email("administrator"))).status == 200
    assert (await administrator.ask("DELETE", f"/api/join-links/{house.link_id}")).status == 204
    assert await code() == "link_revoked"


async def test_guessing_links_is_slowed_down_and_never_delays_a_real_link(visitor: Browser, house: House) -> None:
    for n in range(attempts.LINKS.free):
        assert (await visitor.post("/api/join-links/open", {"link": f"guess {n}"})).code == "link_unknown"
    assert (await visitor.post("/api/join-links/open", {"link": "one more"})).code == "too_many_attempts"
    assert (await opened(visitor, house.link))["person"] == house.client
    asked = await visitor.post(f"/api/sessions/{house.session}/tickets", {"link": house.link})
    assert asked.code == "rooms_unavailable"  # no node serves rooms here; the link itself was valid


async def test_staff_cannot_make_or_withdraw_links_of_another_clinic(administrator: Browser, elsewhere: House) -> None:
    answer = await administrator.post("/api/join-links", {"enrolment": elsewhere.enrolment})
    assert (answer.code, answer.body["path"]) == ("invalid_input", "$.enrolment")
    assert (await administrator.ask("DELETE", f"/api/join-links/{elsewhere.link_id}")).code == "not_found"


async def test_a_facilitator_makes_and_withdraws_links_only_for_clients_of_their_own_sessions(
    facilitator: Browser, supervisor: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        program = await a_program(tx, house.clinic, "Mornings")
        robin = await person(tx, house.clinic, "Robin Vale")
        enrolment = await enrolled(tx, house.clinic, program, robin)
        _, others = await a_link(tx, house.clinic, robin, enrolment, EVENING)
    answer = await facilitator.post("/api/join-links", {"enrolment": enrolment})
    assert (answer.code, answer.body["detail"]) == ("invalid_input", "There is no such enrolment.")
    assert (await facilitator.ask("DELETE", f"/api/join-links/{others}")).code == "not_found"
    assert (await facilitator.post("/api/join-links", {"enrolment": house.enrolment})).status == 201
    assert (await facilitator.ask("DELETE", f"/api/join-links/{house.link_id}")).status == 204
    async with database.transaction() as tx:  # a guest in one of her sessions is hers too
        places = [
            RosterPlace(person=house.facilitator, role="facilitator"),
            RosterPlace(person=robin, role="client", enrolment=enrolment),
        ]
        await a_session(tx, house.clinic, house.program, EVENING, places, kind="individual")
    assert (await facilitator.post("/api/join-links", {"enrolment": enrolment})).status == 201
    assert (await supervisor.ask("DELETE", f"/api/join-links/{others}")).status == 204


async def listed(browser: Browser, client: str) -> dict[str, object]:
    answer = await browser.get(f"/api/clients/{client}/join-links")
    assert answer.status == 200
    return dict(answer.body)


async def test_staff_see_a_clients_links_the_newest_first_and_never_their_addresses(
    administrator: Browser, house: House, clock: Clock
) -> None:
    clock.advance(minutes=1)
    made = (await administrator.post("/api/join-links", {"enrolment": house.enrolment})).body
    assert (await administrator.ask("DELETE", f"/api/join-links/{house.link_id}")).status == 204
    shown = await listed(administrator, house.client)
    newest, first = cast("list[dict[str, object]]", shown["links"])
    assert newest == {**made, "url": None}
    assert (first["id"], first["created"], first["revoked"]) == (house.link_id, "2026-11-23T17:50:00Z", True)
    assert first["url"] is None


async def test_a_link_can_be_made_for_enrolments_that_are_not_over(administrator: Browser, house: House) -> None:
    assert (await listed(administrator, house.client))["places"] == [
        {"enrolment": house.enrolment, "program_name": "Evening SUD IOP"}
    ]
    discharged = {"kind": "discharged", "from_on": "2026-11-23", "reason": "completed"}
    assert (await administrator.post(f"/api/enrolments/{house.enrolment}/acts", discharged)).status == 201
    shown = await listed(administrator, house.client)
    assert shown["places"] == []
    assert isinstance(shown["links"], list) and len(shown["links"]) == 1


async def test_links_of_strangers_are_not_listed(
    administrator: Browser, facilitator: Browser, house: House, elsewhere: House, database: Database
) -> None:
    async with database.transaction() as tx:
        robin = await person(tx, house.clinic, "Robin Vale")
        program = await a_program(tx, house.clinic, "Mornings")
        await enrolled(tx, house.clinic, program, robin)
    for stranger in (elsewhere.client, house.facilitator):
        assert (await administrator.get(f"/api/clients/{stranger}/join-links")).code == "not_found"
    assert (await facilitator.get(f"/api/clients/{robin}/join-links")).code == "not_found"
    assert (await listed(facilitator, house.client))["places"] != []
