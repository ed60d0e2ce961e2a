"""A cursor belongs to one transaction at a time, and moves when it commits."""

import asyncio

import pytest

from store.database import Database
from store.ledger import cursors

pytestmark = pytest.mark.also_partitioned


async def begin(database: Database, clinic: str) -> None:
    async with database.transaction() as tx:
        for consumer in ("hours", "webhooks"):
            await cursors.begin(tx, consumer, clinic)


async def test_a_consumer_begins_at_zero_and_continues_where_it_was(database: Database, clinic: str) -> None:
    async with database.transaction() as tx:
        assert await cursors.claim(tx, "hours", clinic) is None
    await begin(database, clinic)
    async with database.transaction() as tx:
        assert await cursors.claim(tx, "hours", clinic) == 0
        await cursors.advance(tx, "hours", clinic, 7)
    async with database.transaction() as tx:
        assert await cursors.claim(tx, "hours", clinic) == 7
        assert await cursors.claim(tx, "webhooks", clinic) == 0


async def test_a_second_transaction_skips_a_held_cursor(database: Database, clinic: str) -> None:
    await begin(database, clinic)
    async with database.transaction() as tx, database.transaction() as other:
        assert await cursors.claim(tx, "hours", clinic) == 0
        assert await cursors.claim(other, "hours", clinic) is None
        assert await cursors.claim(other, "webhooks", clinic) == 0


async def test_a_transaction_that_fails_moves_nothing(database: Database, clinic: str) -> None:
    await begin(database, clinic)
    with pytest.raises(RuntimeError, match="before the commit"):
        async with database.transaction() as tx:
            await cursors.claim(tx, "hours", clinic)
            await cursors.advance(tx, "hours", clinic, 7)
            raise RuntimeError("before the commit")
    async with database.transaction() as tx:
        assert await cursors.claim(tx, "hours", clinic) == 0


async def test_a_rebuild_waits_for_a_reading_transaction(database: Database, clinic: str) -> None:
    await begin(database, clinic)

    async def rebuild() -> int:
        async with database.transaction() as tx:
            return await cursors.wait_for(tx, "hours", clinic)

    async with asyncio.TaskGroup() as group:
        async with database.transaction() as tx:
            await cursors.claim(tx, "hours", clinic)
            waiting = group.create_task(rebuild())
            await cursors.advance(tx, "hours", clinic, 7)
            done, _ = await asyncio.wait([waiting], timeout=0.05)
            assert not done
        assert await waiting == 7
