"""Each due session is taken once, in order, by one worker at a time."""

from datetime import UTC, datetime, timedelta

import pytest

from runtime.clock import new_id
from store.billing import statements_due
from store.billing.statements_due import Due
from store.database import Database

pytestmark = pytest.mark.also_partitioned

NINE = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
LATER = NINE + timedelta(hours=72)


async def test_a_session_is_due_from_its_time_on_and_once(database: Database, clinic: str) -> None:
    due = Due(new_id(), clinic)
    async with database.transaction() as tx:
        await statements_due.expect(tx, {due: LATER})
        assert await statements_due.take(tx, NINE) is None
        assert await statements_due.take(tx, LATER) == due
        assert await statements_due.take(tx, LATER) is None


async def test_the_last_due_time_counts_and_the_longest_waiting_session_is_first(
    database: Database, clinic: str
) -> None:
    first, second = Due(new_id(), clinic), Due(new_id(), clinic)
    async with database.transaction() as tx:
        await statements_due.expect(tx, {second: NINE - timedelta(minutes=2)})
        await statements_due.expect(tx, {first: LATER})
        await statements_due.expect(tx, {first: NINE - timedelta(minutes=3)})
        assert [await statements_due.take(tx, NINE) for _ in range(3)] == [first, second, None]


async def test_two_workers_take_different_sessions(database: Database, clinic: str) -> None:
    both = {Due(new_id(), clinic), Due(new_id(), clinic)}
    async with database.transaction() as tx:
        for due in both:
            await statements_due.expect(tx, {due: NINE})
    async with database.transaction() as tx, database.transaction() as other:
        assert {await statements_due.take(tx, NINE), await statements_due.take(other, NINE)} == both


async def test_a_session_is_due_again_after_a_rollback(database: Database, clinic: str) -> None:
    due = Due(new_id(), clinic)
    async with database.transaction() as tx:
        await statements_due.expect(tx, {due: NINE})
    try:
        async with database.transaction() as tx:
            assert await statements_due.take(tx, NINE) == due
            raise RuntimeError
    except RuntimeError:
        pass
    async with database.transaction() as tx:
        assert await statements_due.take(tx, NINE) == due
