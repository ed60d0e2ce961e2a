"""A week's totals are the sums of its records, by kind of service."""

from datetime import date, timedelta

from domain.events.schedule import Block
from store.database import Database
from tests.ledgers import consume
from tests.workers import evening
from tests.workers.evening import NINE, SIX, Clinic, after
from workers.attendance import CONSUMER


async def kinds(database: Database, client: str) -> dict[tuple[date, str], tuple[int, int]]:
    while await consume(database, CONSUMER):
        pass
    async with database.transaction() as tx:
        rows = await tx.fetch("SELECT week, kind, credited_s, sessions FROM hour_totals WHERE client_id = $1", client)
    return {(row["week"], row["kind"]): (row["credited_s"], row["sessions"]) for row in rows}


async def test_blocks_count_under_their_own_kind(database: Database, clinic: Clinic) -> None:
    blocks = (Block("group", SIX, after(120)), Block("education", after(120), NINE))
    session = await evening.planned(database, clinic, blocks=blocks)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    assert await kinds(database, clinic.sam) == {
        (date(2026, 9, 13), "group"): (7_200, 1),
        (date(2026, 9, 13), "education"): (1_800, 1),
    }


async def test_a_week_ends_where_the_program_begins_the_next(database: Database, clinic: Clinic) -> None:
    saturday, sunday = SIX + timedelta(days=4), SIX + timedelta(days=5)
    for start in (saturday, sunday):
        session = await evening.planned(database, clinic, start)
        await evening.ship(database, evening.whole_evening(clinic, session, start).rows)
    assert await kinds(database, clinic.pat) == {
        (date(2026, 9, 13), "group"): (10_800, 1),
        (date(2026, 9, 20), "group"): (10_800, 1),
    }


async def test_a_session_of_no_program_counts_in_no_week(database: Database, clinic: Clinic) -> None:
    session = await evening.planned(database, clinic, program=None)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    assert await kinds(database, clinic.pat) == {}
