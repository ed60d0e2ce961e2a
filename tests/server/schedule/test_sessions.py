"""Sessions: plans are checked, the staff concerned see them, and one editor at a time changes them."""

import asyncio
from datetime import timedelta
from typing import Any

from domain.events.schedule import SessionPlanned
from domain.programs.enrolments import Coverage
from store.database import Database
from store.ledger import facts
from store.programs import coverages
from tests import ledgers
from tests.server.conftest import EVENING, Browser, Clock, House

PROMPTLY = 10


def an_evening(house: House, **also: Any) -> dict[str, Any]:
    return {
        "program": house.program,
        "kind": "group",
        "starts": "2026-11-25T18:00:00-05:00",
        "ends": "2026-11-25T21:15:00-05:00",
        **also,
    }


def local(*times: str) -> list[str]:
    return [f"2026-11-25T{time}:00-05:00" for time in times]


async def plans_of(database: Database, session: str) -> list[SessionPlanned]:
    async with database.transaction() as tx:
        events = [recorded.event for recorded in await ledgers.of_session(tx, session)]
    return [event for event in events if isinstance(event, SessionPlanned)]


async def test_a_new_session_is_on_the_schedule_and_in_the_ledger(
    administrator: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        coverage = Coverage(
            id=house.client, enrolment=house.enrolment, payer="acme", policy_id="evening-sud", policy_version=1,
            valid_from=EVENING.date(),
        )  # fmt: skip
        await coverages.create(tx, house.clinic, coverage)
    place = {"person": house.client, "enrolment": house.enrolment}
    made = await administrator.post("/api/sessions", an_evening(house, roster=[place]))
    assert (made.status, made.body["phase"], made.body["timezone"]) == (201, "planned", "America/New_York")
    (planned,) = await plans_of(database, made.body["id"])
    assert (planned.kind, planned.policy.id, planned.policy.version) == ("group", "evening-sud", 1)
    assert [(entry.person, entry.enrolment, entry.payer) for entry in planned.roster] == [
        (house.client, house.enrolment, "acme")
    ]
    assert (await administrator.get(f"/api/sessions/{made.body['id']}")).body == made.body


async def test_every_instant_is_stored_in_utc_even_when_the_clocks_change(
    administrator: Browser, house: House, database: Database
) -> None:
    night = an_evening(
        house,
        starts="2026-10-31T22:30:00-04:00",
        ends="2026-11-01T01:45:00-05:00",
        breaks=[["2026-11-01T01:30:00-04:00", "2026-11-01T01:15:00-05:00"]],
    )
    made = await administrator.post("/api/sessions", night)
    assert (made.body["starts"], made.body["ends"]) == ("2026-11-01T02:30:00Z", "2026-11-01T06:45:00Z")
    (planned,) = await plans_of(database, made.body["id"])
    assert planned.end - planned.start == timedelta(hours=4, minutes=15)
    ((start, end),) = planned.breaks
    assert end - start == timedelta(minutes=45)


async def test_an_invalid_plan_is_refused_with_the_place(administrator: Browser, house: House) -> None:
    nobody = "11111111-1111-7111-8111-111111111111"
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"ends": "2026-11-25T18:00:00-05:00"}, "$.ends"),
        ({"starts": "2026-11-25T18:00:00"}, "$.starts"),
        ({"breaks": [local("19:30", "19:45"), local("19:40", "19:50")]}, "$.breaks[1][0]"),
        ({"blocks": [{"kind": "nap", "start": local("18:00")[0], "end": local("21:15")[0]}]}, "$.blocks[0].kind"),
        ({"roster": [{"person": nobody}]}, "$.roster[0].person"),
        ({"roster": [{"person": "pat"}]}, "$.roster[0].person"),
        ({"pull_out": True}, "$.parent"),
        ({"program": nobody}, "$.program"),
        ({"parent": nobody}, "$.parent"),
        ({"title": "Group\u0000"}, "$.title"),
    ]
    for wrong, path in wrongs:
        answer = await administrator.post("/api/sessions", an_evening(house, **wrong))
        assert (answer.status, answer.code, answer.body["path"]) == (422, "invalid_input", path), wrong


async def test_blocks_with_a_break_between_them_fill_the_evening(administrator: Browser, house: House) -> None:
    a, b, c, d = local("18:00", "19:30", "19:45", "21:15")
    blocks = [{"kind": "group", "start": a, "end": b}, {"kind": "education", "start": c, "end": d}]
    made = await administrator.post("/api/sessions", an_evening(house, blocks=blocks, breaks=[[b, c]]))
    assert [block["kind"] for block in made.body["blocks"]] == ["group", "education"]


async def test_a_roster_lists_nobody_twice_or_under_anothers_enrolment(administrator: Browser, house: House) -> None:
    twice = an_evening(house, roster=[{"person": house.client}, {"person": house.client}])
    assert (await administrator.post("/api/sessions", twice)).body["path"] == "$.roster[1].person"
    anothers = an_evening(house, roster=[{"person": house.facilitator, "enrolment": house.enrolment}])
    assert (await administrator.post("/api/sessions", anothers)).body["path"] == "$.roster[0].enrolment"


async def test_a_client_cannot_be_made_to_run_a_session(administrator: Browser, house: House) -> None:
    roster = [{"person": house.client, "role": "co_facilitator"}]
    answer = await administrator.post("/api/sessions", an_evening(house, roster=roster))
    assert (answer.status, answer.body["path"]) == (422, "$.roster[0].role")


async def both_wait(database: Database) -> bool:
    """Whether two connections to this database wait for a lock. It opens its own transaction, because the answer never
    changes within one."""
    async with database.transaction() as tx:
        waiting = await tx.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
    return bool(waiting == 2)


async def test_of_two_concurrent_edits_of_a_roster_one_is_a_conflict(
    administrator: Browser, house: House, database: Database
) -> None:
    path = f"/api/sessions/{house.session}/roster"
    edits = [
        {"revision": 1, "roster": [{"person": house.facilitator, "role": "facilitator"}]},
        {"revision": 1, "roster": [{"person": house.client}]},
    ]
    async with database.transaction() as tx:
        await facts.take_turns(tx, [house.clinic])  # so that neither finishes before the other has begun
        waiting = [asyncio.create_task(administrator.ask("PUT", path, edit)) for edit in edits]
        async with asyncio.timeout(PROMPTLY):
            while not await both_wait(database):  # noqa: ASYNC110  Postgres does not notify of waiting locks
                await asyncio.sleep(0.005)
    answers = await asyncio.gather(*waiting)
    assert sorted(answer.status for answer in answers) == [200, 409]
    (won,) = (answer for answer in answers if answer.status == 200)
    shown = (await administrator.get(f"/api/sessions/{house.session}")).body
    assert (shown, shown["revision"]) == (won.body, 2)
    first, second = await plans_of(database, house.session)
    assert (len(first.roster), [entry.person for entry in second.roster]) == (2, [shown["roster"][0]["person"]])


async def test_the_later_edit_counts_even_from_a_server_with_a_slow_clock(
    administrator: Browser, house: House, database: Database, clock: Clock
) -> None:
    path = f"/api/sessions/{house.session}/roster"
    assert (await administrator.ask("PUT", path, {"revision": 1, "roster": []})).status == 200
    clock.advance(seconds=-30)
    roster = [{"person": house.client}]
    assert (await administrator.ask("PUT", path, {"revision": 2, "roster": roster})).status == 200
    latest = max(await plans_of(database, house.session), key=lambda planned: (planned.at, planned.seq))
    assert [entry.person for entry in latest.roster] == [house.client]


async def test_today_is_today_in_the_clinics_zone(facilitator: Browser, house: House, clock: Clock) -> None:
    clock.now = EVENING.replace(hour=4, minute=30)  # Sunday, 23:30 in New York
    assert (await facilitator.sign_in(house.email("facilitator"))).status == 200
    assert (await facilitator.get("/api/sessions")).body["items"] == []
    clock.advance(minutes=30)
    listed = (await facilitator.get("/api/sessions")).body["items"]
    assert [session["id"] for session in listed] == [house.session]


async def test_a_facilitator_sees_the_sessions_whose_roster_she_is_on(
    facilitator: Browser, supervisor: Browser, administrator: Browser, house: House
) -> None:
    other = (await administrator.post("/api/sessions", an_evening(house))).body["id"]
    span = "/api/sessions?from=2026-11-23T00:00:00Z&to=2026-11-30T00:00:00Z"
    assert [session["id"] for session in (await facilitator.get(span)).body["items"]] == [house.session]
    assert [session["id"] for session in (await supervisor.get(span)).body["items"]] == [house.session, other]
    assert (await facilitator.get(f"/api/sessions/{other}")).code == "not_on_roster"


async def test_an_invalid_query_is_refused_with_the_place(supervisor: Browser) -> None:
    for query, path in (
        ("from=yesterday", "$.from"),
        ("from=2026-11-23T00:00:00", "$.from"),
        ("from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z", "$.to"),
        ("from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z", "$.to"),
        ("from=0001-01-01T00:00:00%2B14:00", "$.from"),
        ("from=2026-11-23T00:00:00Z&from=2026-11-24T00:00:00Z", "$.from"),
        ("until=2026-11-23T00:00:00Z", "$"),
    ):
        answer = await supervisor.get(f"/api/sessions?{query}")
        assert (answer.status, answer.body["path"]) == (422, path), query
