"""The sessions to compute together with a session, found by its clients."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.attendance.records import ClientRecord, SessionRecord
from domain.events.schedule import RosterEntry
from domain.instants import second
from domain.projection.gathering import Gathered, projected
from runtime import policies
from store.attendance import gathering, neighbours, records
from store.database import Database
from store.ledger import facts as ledger
from tests.workers import evening
from tests.workers.evening import NINE, SIX, Clinic

pytestmark = pytest.mark.also_partitioned


@pytest.fixture
async def riverbend(database: Database) -> Clinic:
    return await evening.found(database, policies.load("evening-sud", 1)[1])


async def gather(database: Database, *sessions: str) -> list[Gathered]:
    async with database.transaction() as tx:
        [clinic] = await ledger.clinics(tx)
        return (await gathering.gather(tx, clinic, sessions, policies.by_digest)).gathered


async def test_overlapping_sessions_share_a_client_and_some_time(database: Database, riverbend: Clinic) -> None:
    own = await evening.planned(database, riverbend)
    beside = await evening.planned(database, riverbend, SIX + timedelta(hours=1))
    next_in_line = await evening.planned(database, riverbend, NINE)
    only_sam = await evening.planned(database, riverbend, roster=(RosterEntry(riverbend.sam),))
    for session in (own, beside, next_in_line, only_sam):
        await keep(database, session)
    [gathered] = await gather(database, own)
    alone = msgspec.structs.replace(gathered.extent, clients=frozenset((riverbend.pat,)))
    async with database.transaction() as tx:
        assert await neighbours.overlapping(tx, riverbend.id, [gathered.extent]) == {beside, only_sam}
        assert await neighbours.overlapping(tx, riverbend.id, [alone]) == {beside}
        assert await neighbours.overlapping(tx, riverbend.id, []) == set()


async def test_the_neighbours_of_several_sessions_are_found_by_one_query(database: Database, riverbend: Clinic) -> None:
    own = await evening.planned(database, riverbend)
    later = await evening.planned(database, riverbend, SIX + timedelta(hours=2), roster=(RosterEntry(riverbend.pat),))
    only_sam = await evening.planned(
        database, riverbend, SIX + timedelta(hours=4), roster=(RosterEntry(riverbend.sam),)
    )
    only_pat = await evening.planned(
        database, riverbend, SIX + timedelta(hours=4), roster=(RosterEntry(riverbend.pat),)
    )
    for session in (own, later, only_sam, only_pat):
        await keep(database, session)
    both = await gather(database, own, later)
    async with database.transaction() as tx:
        assert await neighbours.overlapping(tx, riverbend.id, [one.extent for one in both]) == {only_pat}


async def test_a_moved_session_is_found_at_its_old_and_its_new_time(database: Database, riverbend: Clinic) -> None:
    moved = await evening.planned(database, riverbend)
    old_neighbour = await evening.planned(database, riverbend, SIX + timedelta(hours=1))
    between = await evening.planned(database, riverbend, SIX + timedelta(days=100))
    new_neighbour = await evening.planned(database, riverbend, SIX + timedelta(days=36_525, hours=1))
    await evening.replan(
        database, riverbend, moved, at=NINE, start=SIX + timedelta(days=36_525), end=NINE + timedelta(days=36_525)
    )
    for session in (moved, old_neighbour, between, new_neighbour):
        await keep(database, session)
    [found] = await gather(database, moved)
    async with database.transaction() as tx:
        assert await neighbours.overlapping(tx, riverbend.id, [found.extent]) == {old_neighbour, new_neighbour}
        assert await tx.fetchval("SELECT count(*) FROM client_days WHERE session_id = $1", moved) == 8


async def keep(database: Database, session: str) -> None:
    """Records without any client present."""
    [gathered] = await gather(database, session)
    nobody = ClientRecord(connected_s=0, credited_s=0, billable_s=0, status="no_show", holds=(), late_s=None, units={})
    roster = {entry.person: nobody for entry in gathered.facts.plan.roster if entry.role == "client"}
    record = SessionRecord(
        service_date=date(2026, 9, 15), start=second(SIX), end=second(SIX), net_s=0, facilitator_gap_s=0,
        participant_count=0,
        clients=roster,
    )  # fmt: skip
    projection = projected(gathered, record, SIX)
    assert (projection.session, projection.final, projection.week) == (session, False, date(2026, 9, 13))
    async with database.transaction() as tx:
        await records.replace(tx, [projection])
        await neighbours.remember(tx, [gathered.extent])
