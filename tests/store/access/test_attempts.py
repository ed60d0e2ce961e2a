"""Concurrent attempts are counted one after the other, and deleted when they no longer matter."""

import asyncio
from datetime import UTC, datetime, timedelta

from store.access import attempts
from store.access.attempts import Failures
from store.database import Database

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAT, ROBIN = b"p" * 32, b"r" * 32


async def test_concurrent_attempts_see_each_other(database: Database) -> None:
    async def attempt() -> int:
        async with database.transaction() as tx:
            await attempts.take_turns(tx, [ROBIN, PAT])
            before = await attempts.since(tx, PAT, NOON - timedelta(minutes=1))
            await attempts.add(tx, [PAT], NOON)
            return before.count

    assert sorted(await asyncio.gather(*(attempt() for _ in range(8)))) == list(range(8))


async def test_one_failure_or_all_of_a_subject_can_be_deleted(database: Database) -> None:
    later = NOON + timedelta(seconds=1)
    async with database.transaction() as tx:
        for at in (NOON, later):
            await attempts.add(tx, [PAT, ROBIN], at)
        await attempts.forget(tx, PAT)
        await attempts.forget(tx, ROBIN, later)
        assert await attempts.since(tx, PAT, NOON - timedelta(days=1)) == Failures(0, None)
        assert await attempts.since(tx, ROBIN, NOON - timedelta(days=1)) == Failures(1, NOON)


async def test_old_failures_are_deleted(database: Database) -> None:
    async with database.transaction() as tx:
        await attempts.add(tx, [PAT], NOON)
        await attempts.forget_before(tx, NOON)
        assert await attempts.since(tx, PAT, NOON - timedelta(days=1)) == Failures(0, None)
