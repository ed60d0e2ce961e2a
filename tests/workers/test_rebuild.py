"""The projections can be thrown away: the ledger holds everything."""

import asyncio
from datetime import timedelta

import pytest

from store.database import Database
from tests.ledgers import consume
from tests.workers import evening
from tests.workers.evening import SIX, Clinic
from workers.attendance import CONSUMER
from workers.rebuild import SESSIONS_AT_A_TIME, rebuild

pytestmark = pytest.mark.also_partitioned


async def count(database: Database, table: str) -> int:
    async with database.transaction() as tx:
        return int(await tx.fetchval(f"SELECT count(*) FROM {table}"))


async def an_evening(database: Database, clinic: Clinic, days: int = 0) -> None:
    start = SIX + timedelta(days=days)
    session = await evening.planned(database, clinic, start)
    await evening.ship(database, evening.whole_evening(clinic, session, start).rows)


async def test_a_rebuild_reports_its_progress(database: Database, clinic: Clinic) -> None:
    sessions = SESSIONS_AT_A_TIME + 1
    for days in range(sessions):
        await an_evening(database, clinic, days)
    reported: list[tuple[int, int]] = []
    assert await rebuild(database, lambda done, total: reported.append((done, total))) == sessions
    assert reported == [(0, sessions), (SESSIONS_AT_A_TIME, sessions), (sessions, sessions)]
    assert await count(database, "session_records") == sessions


async def test_facts_before_a_rebuild_need_not_be_consumed(database: Database, clinic: Clinic) -> None:
    await an_evening(database, clinic)
    await rebuild(database, lambda done, total: None)
    async with database.transaction() as tx:
        position = await tx.fetchval("SELECT position FROM cursors WHERE consumer = $1", CONSUMER.name)
    assert position == await count(database, "ledger")


async def test_records_without_facts_in_the_ledger_are_removed(database: Database, clinic: Clinic) -> None:
    await an_evening(database, clinic)
    await rebuild(database, lambda done, total: None)
    async with database.transaction() as tx:
        await tx.execute("UPDATE hour_totals SET credited_s = 999999, week = '2020-01-05'")
        await tx.execute("UPDATE attendance_records SET session_id = $1", clinic.id)
    await rebuild(database, lambda done, total: None)
    async with database.transaction() as tx:
        assert {row["credited_s"] for row in await tx.fetch("SELECT credited_s FROM hour_totals")} == {10_800, 9_000}
    assert await count(database, "attendance_records") == 2


async def test_a_running_worker_and_a_rebuild_take_turns(database: Database, clinic: Clinic) -> None:
    for days in range(3):
        await an_evening(database, clinic, days)
    await asyncio.gather(
        rebuild(database, lambda done, total: None), *(consume(database, CONSUMER, batch=5) for _ in range(6))
    )
    assert await count(database, "session_records") == 3
