"""A program changes its attendance policy from a day on: what has not started is planned again, the rest stays."""

from datetime import timedelta
from typing import Any

import pytest

from domain.events.room import SessionStarted
from domain.events.schedule import SessionPlanned
from domain.schedule.rosters import RosterPlace
from runtime import policies
from runtime.clock import new_id
from store.database import Database
from store.ledger import streams
from tests import ledgers
from tests.server.conftest import EVENING, Browser, Clock, House, a_session

OTHER = next(one for one in sorted(policies.attendance_policies()) if one != ("evening-sud", 1))


def change(day: str) -> dict[str, Any]:
    return {"from_on": day, "policy_id": OTHER[0], "policy_version": OTHER[1]}


async def evenings(database: Database, house: House, *days: int) -> list[str]:
    """Sessions that many days after the first, with their facilitator."""
    places = [RosterPlace(person=house.facilitator, role="facilitator")]
    async with database.transaction() as tx:
        return [
            await a_session(tx, house.clinic, house.program, EVENING + timedelta(days=each), places) for each in days
        ]


async def planned(database: Database, session: str) -> list[tuple[str, int, int]]:
    """The policy and the size of the roster in each plan of the session, in the ledger's order."""
    async with database.transaction() as tx:
        facts = [fact.event for fact in await ledgers.of_session(tx, session)]
    plans = [fact for fact in facts if isinstance(fact, SessionPlanned)]
    return [(plan.policy.id, plan.policy.version, len(plan.roster)) for plan in plans]


async def test_the_page_says_what_a_change_does_and_then_it_does_that(
    administrator: Browser, house: House, database: Database
) -> None:
    before, on_the_day, after = await evenings(database, house, 6, 7, 9)
    path = f"/api/programs/{house.program}/policies"
    said = (await administrator.post(f"{path}/preview", change("2026-11-30"))).body
    assert said == {"sessions": 2, "first": "2026-11-30"}
    assert await planned(database, after) == [("evening-sud", 1, 1)], "a preview changes nothing"
    done = await administrator.post(path, change("2026-11-30"))
    assert (done.status, done.body) == (201, said)
    for session in (on_the_day, after):
        assert await planned(database, session) == [("evening-sud", 1, 1), (*OTHER, 1)]
    assert await planned(database, before) == [("evening-sud", 1, 1)]
    shown = (await administrator.get(path)).body
    assert (shown["first"]["id"], shown["first"]["version"]) == ("evening-sud", 1)
    assert shown["changes"] == [change("2026-11-30")]
    assert [(one["id"], one["version"]) for one in shown["known"]] == sorted(policies.attendance_policies())


async def test_a_session_that_started_keeps_its_policy(
    administrator: Browser, house: House, database: Database, clock: Clock
) -> None:
    begun, over = await evenings(database, house, 0, -1)
    async with database.transaction() as tx:
        started = SessionStarted(id=new_id(), at=clock.now, session=begun, seq=1 << 32, by=house.facilitator)
        await streams.record(tx, house.clinic, f"plan:{begun}", started)
    await administrator.post(f"/api/programs/{house.program}/policies", change("2026-11-23"))
    assert await planned(database, begun) == [("evening-sud", 1, 1)]
    assert await planned(database, over) == [("evening-sud", 1, 1)]


async def test_sessions_planned_later_have_the_policy_of_their_day(
    administrator: Browser, house: House, database: Database
) -> None:
    await administrator.post(f"/api/programs/{house.program}/policies", change("2026-12-02"))
    for day, policy in (("2026-12-01", ("evening-sud", 1)), ("2026-12-02", OTHER)):
        asked = {"program": house.program, "kind": "group", "starts": f"{day}T18:00:00-05:00"}
        made = await administrator.post("/api/sessions", {**asked, "ends": f"{day}T19:00:00-05:00"})
        assert (await planned(database, made.body["id"]))[-1][:2] == policy, day


async def test_a_later_change_goes_on_after_an_earlier_one(
    administrator: Browser, house: House, database: Database
) -> None:
    [last] = await evenings(database, house, 20)
    path = f"/api/programs/{house.program}/policies"
    back = {"from_on": "2026-12-10", "policy_id": "evening-sud", "policy_version": 1}
    await administrator.post(path, back)
    assert (await administrator.post(path, change("2026-12-01"))).body["sessions"] == 0
    assert await planned(database, last) == [("evening-sud", 1, 1)], "from the 10th it is what it was"


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"from_on": "2026-11-22"}, "$.from_on"),
        ({"policy_id": "none"}, "$.policy_id"),
        ({"from_on": "soon"}, "$.from_on"),
    ],
)
async def test_a_wrong_change_is_refused(
    administrator: Browser, house: House, wrong: dict[str, Any], path: str
) -> None:
    answer = await administrator.post(f"/api/programs/{house.program}/policies", change("2026-11-30") | wrong)
    assert (answer.status, answer.body["path"]) == (422, path)


async def test_another_clinics_policies_are_not_found(administrator: Browser, elsewhere: House) -> None:
    path = f"/api/programs/{elsewhere.program}/policies"
    assert (await administrator.get(path)).code == "not_found"
    assert (await administrator.post(path, change("2026-11-30"))).code == "not_found"
