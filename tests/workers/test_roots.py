"""A day's root is kept when the day is over, for every day since the first fact."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from store import roots
from store.database import Database
from tests.waiting import eventually
from tests.workers import evening
from tests.workers.evening import Clinic
from workers.roots import MARGIN, follow, keep_next


@pytest.fixture
async def three_days_ago(database: Database, clinic: Clinic, owner_url: str) -> None:
    """An evening that was recorded then."""
    session = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    owner = await asyncpg.connect(owner_url)
    await owner.execute("UPDATE ledger SET recorded_at = recorded_at - interval '3 days'")
    await owner.close()


async def kept(database: Database) -> list[roots.Root]:
    async with database.transaction() as tx:
        return await roots.every(tx)


async def test_every_day_that_is_over_gets_one(database: Database, three_days_ago: None) -> None:
    margin = timedelta(0)
    while await keep_next(database, margin):
        pass
    found = await kept(database)
    assert [root.streams for root in found] == [2, 0, 0]
    assert found[1].root == found[2].root != found[0].root
    async with database.transaction() as tx:
        assert found[-1].day == (await roots.database_time(tx)).date() - roots.DAY


async def test_a_day_is_over_only_by_the_margin(database: Database, three_days_ago: None) -> None:
    assert not await keep_next(database, margin=timedelta(days=5))
    assert await kept(database) == []


async def test_two_workers_keep_each_day_once(database: Database, three_days_ago: None) -> None:
    await asyncio.gather(*(keep_next(database, MARGIN) for _ in range(5)))
    days = [root.day for root in await kept(database)]
    assert len(days) == len(set(days)) >= 1


async def test_nothing_recorded_nothing_kept(database: Database) -> None:
    assert not await keep_next(database)


async def test_it_follows_the_days_by_itself(database: Database, three_days_ago: None) -> None:
    following = asyncio.create_task(follow(database, timedelta(0)))
    assert await eventually(lambda: _three(database))
    following.cancel()


async def _three(database: Database) -> bool:
    return len(await kept(database)) == 3
