"""A cursor belongs to one transaction at a time, and moves when that commits."""

import asyncio

import pytest

from store import cursors
from store.database import Database


async def test_a_consumer_begins_at_the_beginning_and_goes_on_where_it_was(database: Database) -> None:
    async with database.transaction() as tx:
        assert await cursors.claim(tx, "hours") == 0
        await cursors.advance(tx, "hours", 7)
    async with database.transaction() as tx:
        assert await cursors.claim(tx, "hours") == 7
        assert await cursors.claim(tx, "webhooks") == 0


async def test_whoever_comes_second_passes_by(database: Database) -> None:
    async with database.transaction() as tx, database.transaction() as other:
        assert await cursors.claim(tx, "hours") == 0
        assert await cursors.claim(other, "hours") is None
        assert await cursors.claim(other, "webhooks") == 0


async def test_a_transaction_that_fails_moves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError, match="before the commit"):
        async with database.transaction() as tx:
            await cursors.claim(tx, "hours")
            await cursors.advance(tx, "hours", 7)
            raise RuntimeError("before the commit")
    async with database.transaction() as tx:
        assert await cursors.claim(tx, "hours") == 0


async def test_a_rebuild_waits_for_whoever_is_reading(database: Database) -> None:
    async def rebuild() -> int:
        async with database.transaction() as tx:
            return await cursors.wait_for(tx, "hours")

    async with asyncio.TaskGroup() as group:
        async with database.transaction() as tx:
            await cursors.claim(tx, "hours")
            waiting = group.create_task(rebuild())
            await cursors.advance(tx, "hours", 7)
            done, _ = await asyncio.wait([waiting], timeout=0.05)
            assert not done
        assert await waiting == 7
