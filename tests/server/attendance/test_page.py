"""The attendance page: the same arithmetic during the evening and afterwards, with a reason for each number."""

from datetime import datetime, timedelta
from typing import Any

from domain.events.schedule import RosterEntry
from runtime import policies
from runtime.clock import new_id
from store.database import Database
from store.ledger import set_aside
from store.ledger.set_aside import SetAside
from tests.ledgers import consume
from tests.server.conftest import EVENING, Browser, Clock, House
from tests.workers import evening
from tests.workers.evening import Clinic, Room
from tests.workers.poison import Owner
from workers.attendance import CONSUMER


def at(minutes: int, seconds: int = 0) -> datetime:
    """The moment that long after the session's start."""
    return EVENING + timedelta(minutes=minutes, seconds=seconds)


def begun(house: House) -> tuple[Room, str]:
    """Begun on time with the facilitator and the client, who is lost for 1:55 after 42:10 and comes back; and the
    facilitator's connection."""
    room = Room(house.clinic, house.session, at=EVENING)
    staff, client = room.comes(house.facilitator, EVENING, "facilitator"), room.comes(house.client, EVENING)
    room.starts(EVENING).goes(client, at(42, 20), "lost")
    return room, staff


async def shown(browser: Browser, house: House) -> dict[str, Any]:
    answer = await browser.get(f"/api/sessions/{house.session}/attendance")
    assert answer.status == 200, answer.body
    return dict(answer.body)


async def work(database: Database) -> None:
    while await consume(database, CONSUMER):
        pass


async def test_during_the_session_the_page_counts_up_to_now(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    room, _ = begun(house)
    room.comes(house.client, at(44, 5))
    await evening.ship(database, room.rows)
    for minutes in (60, 61):
        clock.now = at(minutes)
        page = await shown(facilitator, house)
        [client] = page["clients"]
        assert client["credited_s"] == client["week_credited_s"] == minutes * 60
        assert (page["final"], page["session"]["phase"]) == (False, "live")


async def test_the_page_does_not_wait_for_the_workers_and_finally_agrees_with_them(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    room, staff = begun(house)
    client = room.comes(house.client, at(44, 5))
    room.goes(client, at(180), "ended").goes(staff, at(180), "ended").ends(at(180))
    await evening.ship(database, room.rows)
    clock.now = at(180)
    before = await shown(facilitator, house)
    await work(database)
    assert await shown(facilitator, house) == before
    assert before["final"] is True


async def test_each_number_has_its_reason(facilitator: Browser, house: House, database: Database, clock: Clock) -> None:
    room, staff = begun(house)
    pat = room.comes(house.client, at(44, 5))
    room.goes(pat, at(150)).goes(staff, at(195), "ended").ends(at(195))
    await evening.ship(database, room.rows)
    await work(database)
    clock.now = at(200)
    page = await shown(facilitator, house)
    [client] = page["clients"]
    assert (client["name"], client["status"], client["credited_s"]) == ("Pat Morrow", "partial", 9_000)
    assert [span["sentence"] for span in client["derivation"]] == [
        "present; its end is known to within 0:10",
        "lost connection, bridged (1:55 ≤ 2:00)",
        "present",
        "left",
    ]
    assert sum(span["seconds"] for span in client["derivation"]) == page["net_s"] == 11_700
    assert (client["week_credited_s"], client["week_required_s"]) == (9_000, 32_400)
    assert (page["policy_id"], page["policy_version"], page["service_date"]) == ("evening-sud", 1, "2026-11-23")


async def test_a_planned_session_shows_who_is_expected(facilitator: Browser, house: House) -> None:
    page = await shown(facilitator, house)
    assert [(client["name"], client["status"], client["late_s"]) for client in page["clients"]] == [
        ("Pat Morrow", None, None)
    ]


async def test_reading_the_page_is_audited_with_its_clients(
    facilitator: Browser, house: House, database: Database
) -> None:
    await shown(facilitator, house)
    async with database.transaction() as tx:
        row = await tx.fetchrow("SELECT actor_id, subjects FROM access_audit ORDER BY id DESC LIMIT 1")
    assert row is not None
    assert row["actor_id"] == house.facilitator
    assert set(row["subjects"]) == {house.session, house.client}


async def test_another_clinic_does_not_find_the_page(elsewhere: House, house: House, visitor: Browser) -> None:
    await visitor.sign_in(elsewhere.email("facilitator"))
    assert (await visitor.get(f"/api/sessions/{house.session}/attendance")).status == 404


async def test_a_session_set_aside_is_marked_and_shows_its_last_records(
    facilitator: Browser, house: House, database: Database, clock: Clock, owner_url: str
) -> None:
    room, staff = begun(house)
    client = room.comes(house.client, at(44, 5))
    await evening.ship(database, room.rows)
    await work(database)
    room.goes(client, at(180), "ended").goes(staff, at(180), "ended").ends(at(180))
    await evening.ship(database, room.rows)
    await Owner(owner_url).poison(house.session, -4)
    clock.now = at(181)
    for worked in (False, True):
        if worked:
            await work(database)
        page = await shown(facilitator, house)
        assert (page["set_aside"], page["final"]) == (True, False)
        assert [each["name"] for each in page["clients"]] == ["Pat Morrow"]


async def test_a_session_set_aside_has_no_outcome_while_it_runs(
    facilitator: Browser, house: House, database: Database, clock: Clock, owner_url: str
) -> None:
    room, _ = begun(house)
    await evening.ship(database, room.rows)
    await work(database)
    room.comes(house.client, at(50))
    await evening.ship(database, room.rows)
    await Owner(owner_url).poison(house.session, -1)
    clock.now = at(60)
    page = await shown(facilitator, house)
    assert (page["set_aside"], page["outcome"]) == (True, None)
    assert [each["status"] for each in page["clients"]] == [None]


async def test_a_session_set_aside_without_records_is_refused_with_the_reason(
    facilitator: Browser, house: House, database: Database, clock: Clock, owner_url: str
) -> None:
    await Owner(owner_url).poison(house.session, 0)
    for worked in (False, True):
        if worked:
            await work(database)
        answer = await facilitator.get(f"/api/sessions/{house.session}/attendance")
        assert (answer.status, answer.code) == (409, "session_set_aside")
        assert "Tell your administrator" in answer.body["detail"]


async def test_a_session_beside_one_set_aside_is_marked_because_seconds_may_move(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    policy = policies.load("evening-sud", 1)[1]
    clinic = Clinic(
        id=house.clinic, program=house.program, policy=policy, dana=house.facilitator, robin=house.supervisor,
        pat=house.client, sam=house.client,
    )  # fmt: skip
    other = new_id()
    await evening.replan(
        database, clinic, other, start=EVENING, end=at(180), timezone="Mars/Olympus_Mons",
        roster=(RosterEntry(house.client),),
    )  # fmt: skip
    await work(database)
    for minutes in (90, 200):
        clock.now = at(minutes)
        page = await shown(facilitator, house)
        assert (page["set_aside"], page["neighbour_set_aside"]) == (False, True)


async def test_a_session_with_a_fact_that_could_not_be_stored_is_flagged(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    room, _ = begun(house)
    await evening.ship(database, room.rows[:-1])
    clock.now = at(60)
    assert (await shown(facilitator, house))["facts_set_aside"] == 0
    lost = room.rows[-1]
    kept = SetAside(
        kind="fact", reason="DataError 22003", entry=b"whole", clinic=house.clinic, session=house.session,
        stream=lost.stream, seq=lost.seq, body=lost.body, hash=lost.hash,
    )  # fmt: skip
    async with database.transaction() as tx:
        await set_aside.keep(tx, kept)
    page = await shown(facilitator, house)
    assert (page["facts_set_aside"], page["set_aside"]) == (1, False)
