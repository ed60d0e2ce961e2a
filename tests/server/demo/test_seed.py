"""The demo clinic: made once, renewed at each start, and ready for visitors."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from domain.events.room import SessionEnded
from runtime.clock import new_id
from runtime.settings import SeedSettings
from server.demo import clinic as demo_clinic
from server.demo.seed import DemoClinic, seed
from store.database import Database
from store.ledger import streams
from tests.server.conftest import MEMORY_KIB, ORIGIN, Browser, Clock

Start = Callable[..., Awaitable[DemoClinic]]


@pytest.fixture
def start(database: Database, database_url: str, clock: Clock) -> Start:
    """Start the demo at the clock's time."""
    settings = SeedSettings(database_url=database_url, public_origin=ORIGIN, password_memory_kib=MEMORY_KIB)

    async def run(bots: int = 0) -> DemoClinic:
        return await seed(database, settings, clock.now, bots)

    return run


async def test_the_facilitator_signs_in_and_sees_the_evening_that_is_on(
    start: Start, visitor: Browser, clock: Clock
) -> None:
    demo = await start()
    assert (await visitor.sign_in(demo.email, demo.password)).body["me"]["name"] == "Dana Whitfield"
    today = (await visitor.get("/api/sessions")).body["items"]
    (evening,) = (session for session in today if session["id"] == demo.session)
    starts, ends = (datetime.fromisoformat(evening[edge]) for edge in ("starts", "ends"))
    assert clock.now - timedelta(minutes=10) < starts <= clock.now
    assert ends - starts == timedelta(minutes=195)
    assert evening["title"] == "Open group", "it is ten to one in New York"
    assert [place["role"] for place in evening["roster"]].count("client") == 10


async def test_in_the_evening_the_group_that_is_planned_is_on(start: Start, visitor: Browser, clock: Clock) -> None:
    await start()
    clock.advance(hours=5, minutes=20)
    demo = await start()
    await visitor.sign_in(demo.email, demo.password)
    today = (await visitor.get("/api/sessions")).body["items"]
    (evening,) = (session for session in today if session["id"] == demo.session)
    assert evening["title"] == "Evening group"


async def test_the_shown_links_open_the_evening_that_is_on(start: Start, visitor: Browser) -> None:
    demo = await start(bots=2)
    people = set()
    for link in (*demo.links, *demo.bot_links):
        invitation = (await visitor.post("/api/join-links/open", {"link": link.secret})).body
        assert (invitation["session"]["id"], invitation["may_enter"]) == (demo.session, True)
        people.add(invitation["person"])
    assert len(people) == len(demo.links) + len(demo.bot_links) == 5


async def test_everybody_else_of_its_staff_signs_in_too(start: Start, browse: Callable[[], Browser]) -> None:
    demo = await start()
    for email in (demo.supervisor_email, demo.administrator_email, demo.biller_email, demo.auditor_email):
        assert (await browse().sign_in(email, demo.password)).status == 200


async def test_a_second_start_finds_the_same_clinic_and_renews_its_secrets(
    start: Start, visitor: Browser, clock: Clock
) -> None:
    first = await start()
    clock.advance(minutes=20)
    second = await start()
    assert (second.clinic, second.session) == (first.clinic, first.session)
    for demo in (first, second):  # a person with an earlier link returns after a restart
        assert (await visitor.post("/api/join-links/open", {"link": demo.links[0].secret})).status == 200
    assert (await visitor.sign_in(first.email, first.password)).code == "wrong_credentials"
    assert first.api_token != second.api_token


async def test_the_schedule_is_filled_once(start: Start, database: Database, clock: Clock) -> None:
    await start()
    counts = []
    for _ in range(2):
        async with database.transaction() as tx:
            counts.append(await tx.fetchval("SELECT count(*) FROM sessions"))
        await start()
    # From Monday 12:50 in New York: evenings 3 + 3, adolescents 2 + 2, days 4 + 5, the group that is on, and of the
    # two mutual-help meetings 2 + 2.
    assert counts == [24, 24]


async def test_after_the_evening_is_ended_another_is_on(start: Start, database: Database, clock: Clock) -> None:
    first = await start()
    async with database.transaction() as tx:
        ended = SessionEnded(id=new_id(), at=clock.now, session=first.session)
        await streams.record(tx, first.clinic, f"room:{first.session}:1", ended)
    assert (await start()).session != first.session


async def test_more_bots_than_clients_come_as_guests(start: Start) -> None:
    demo = await start(bots=12)
    assert len(demo.bot_links) == 12
    assert demo.bot_links[-1].name == "Guest 15"
    assert len((await start(bots=12)).bot_links) == 12


async def test_all_clients_but_one_have_a_consent_on_file(start: Start, database: Database) -> None:
    await start()
    async with database.transaction() as tx:
        without = await tx.fetch(
            """
            SELECT display_name FROM persons JOIN enrolments ON client_id = persons.id
            WHERE NOT EXISTS (SELECT FROM consents WHERE consents.client_id = persons.id AND recipient = $1)
            """,
            demo_clinic.BILLING_SYSTEM,
        )
    assert [row["display_name"] for row in without] == [demo_clinic.WITHOUT_CONSENT]


async def test_its_office_has_something_of_everything(start: Start, visitor: Browser) -> None:
    demo = await start()
    await visitor.sign_in(demo.administrator_email, demo.password)
    staff = (await visitor.get("/api/staff")).body["items"]
    assert {member["state"] for member in staff} == {"active", "invited", "off"}
    assert {role for member in staff for role in member["roles"]} == {
        "administrator", "supervisor", "facilitator", "prescriber", "biller", "auditor",
    }  # fmt: skip
    [pat] = (await visitor.post("/api/clients/search", {"text": "pat morrow"})).body["items"]
    guests = (await visitor.get(f"/api/clients/{pat['id']}/guests")).body["guests"]
    assert [(guest["name"], guest["relation"]) for guest in guests] == [("Margaret Morrow", "parent")]
    looks = (await visitor.get(f"/api/who-looked?person={pat['id']}")).body["items"]
    assert {"Ruth Calloway", "Dana Whitfield"} <= {look["by"]["name"] for look in looks}
    mails = (await visitor.get("/api/outbox")).body["items"]
    assert [mail["kind"] for mail in mails] == ["invitation"]
    assert len((await visitor.post("/api/clients/search", {"text": "okonjo"})).body["items"]) == 2
