"""Patience with the database: what uses it up, and what happens at its end."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from domain.errors import DatabaseAway
from runtime.postgres.embedded import Embedded
from store.database import Database

SECONDS = 0.3


@contextlib.contextmanager
def refused_in_time() -> Iterator[None]:
    begun = time.monotonic()
    with pytest.raises(DatabaseAway):
        yield
    assert time.monotonic() - begun < SECONDS + 1.0


@contextlib.asynccontextmanager
async def stopped_backends(postgres: Embedded, name: str) -> AsyncIterator[None]:
    """Stop every backend of the database, as if its machine hung."""
    watching = await asyncpg.connect(postgres.superuser_url())
    rows = await watching.fetch("SELECT pid FROM pg_stat_activity WHERE datname = $1", name)
    await watching.close()
    assert rows
    for row in rows:
        os.kill(row["pid"], signal.SIGSTOP)
    try:
        yield
    finally:
        for row in rows:
            os.kill(row["pid"], signal.SIGCONT)


async def test_a_database_that_hangs_is_given_up(postgres: Embedded, database: Database, database_name: str) -> None:
    async with stopped_backends(postgres, database_name):
        with refused_in_time():
            async with database.patient_for(SECONDS).transaction() as tx:
                await tx.execute("SELECT")
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT 1") == 1


async def test_a_wait_for_a_lock_ends_with_patience(database: Database, owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    await owner.execute("BEGIN; LOCK TABLE persons IN ACCESS EXCLUSIVE MODE")
    with refused_in_time():
        async with database.patient_for(SECONDS).transaction() as tx:
            await tx.execute("SELECT FROM persons")
    await owner.close()


@pytest.mark.alone
async def test_patience_counts_all_transactions_together_and_nothing_else(database: Database) -> None:
    patient = database.patient_for(SECONDS)
    await asyncio.sleep(SECONDS)
    async with patient.transaction() as tx:
        assert await tx.fetchval("SELECT 1") == 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), SECONDS * 0.9)
    with refused_in_time():
        async with patient.transaction() as tx:
            await tx.execute("SELECT pg_sleep(10)")
    with refused_in_time():
        async with patient.transaction() as tx:
            await tx.execute("SELECT")
