"""A session's facts as the arithmetic takes them, and the sessions to compute with it."""

from datetime import timedelta

import msgspec
import pytest

from domain.events.billing import AttendanceStated
from domain.events.schedule import PolicyReference
from domain.projection.gathering import Gathered
from domain.projection.neighbours import Extent
from runtime import policies
from runtime.clock import new_id
from store.attendance import gathering
from store.database import Database
from store.ledger import facts as ledger
from store.ledger import streams
from tests.workers import evening
from tests.workers.evening import NINE, SIX, Clinic


@pytest.fixture
async def riverbend(database: Database) -> Clinic:
    return await evening.found(database, policies.load("evening-sud", 1)[1])


async def gather(database: Database, *sessions: str) -> list[Gathered]:
    async with database.transaction() as tx:
        [clinic] = await ledger.clinics(tx)
        return (await gathering.gather(tx, clinic, sessions, policies.by_digest)).gathered


async def test_everything_the_arithmetic_needs_is_there(database: Database, riverbend: Clinic) -> None:
    session = await evening.planned(database, riverbend)
    room = evening.whole_evening(riverbend, session)
    await evening.ship(database, room.rows)
    [gathered] = await gather(database, session, session)
    assert (gathered.clinic, gathered.facts.id) == (riverbend.id, session)
    assert gathered.extent == Extent(
        session,
        riverbend.id,
        SIX,
        NINE,
        frozenset((SIX.date(), NINE.date())),
        frozenset((riverbend.pat, riverbend.sam)),
    )
    assert gathered.facts.policy == policies.by_digest(riverbend.policy.digest)
    assert gathered.through_position == len(gathered.facts.events) == len(room.rows) + 1


async def test_facts_derived_from_attendance_are_left_out(database: Database, riverbend: Clinic) -> None:
    session = await evening.planned(database, riverbend)
    before = await gather(database, session)
    stated = AttendanceStated(
        id=new_id(), at=NINE, session=session, client=riverbend.pat, version=1, supersedes=None,
        service_date="2026-09-15", status="no_show", credited_s=0, billable_s=0, delta_credited_s=0,
        delta_billable_s=0, late_s=None, participant_count=0, holds=(), units={}, policy=riverbend.policy,
    )  # fmt: skip
    async with database.transaction() as tx:
        await streams.record(tx, riverbend.id, f"statement:{session}", stated, subject=riverbend.pat)
    assert await gather(database, session) == before


async def test_a_session_without_a_plan_or_its_policy_is_not_gathered(database: Database, riverbend: Clinic) -> None:
    unplanned = new_id()
    await evening.ship(database, evening.whole_evening(riverbend, unplanned).rows)
    strange = await evening.planned(
        database, msgspec.structs.replace(riverbend, policy=PolicyReference("newer", 2, "0" * 64))
    )
    assert await gather(database, unplanned, strange) == []
    async with database.transaction() as tx:
        assert [one.session for one in await gathering.planned(tx, riverbend.id)] == [strange]


async def test_sessions_are_listed_in_the_order_of_planning(database: Database, riverbend: Clinic) -> None:
    planned = [await evening.planned(database, riverbend, SIX + timedelta(days=day)) for day in (3, 1, 2)]
    await evening.replan(database, riverbend, planned[0], at=NINE)
    async with database.transaction() as tx:
        assert [one.session for one in await gathering.planned(tx, riverbend.id)] == planned
