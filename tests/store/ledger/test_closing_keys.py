"""Only the database's owner publishes public keys, and each is valid for its time."""

from datetime import timedelta

import asyncpg
import pytest

from store.database import Database
from store.ledger import closing_keys
from store.ledger.closing_keys import PublishedKey
from tests.workers.poison import Owner


async def published(owner_url: str, id: str) -> bool:
    async with Database.open(owner_url) as owner, owner.transaction() as tx:
        return await closing_keys.publish(tx, id, id.encode().ljust(32))


async def every(database: Database) -> list[PublishedKey]:
    async with database.transaction() as tx:
        return await closing_keys.every(tx)


async def test_a_key_is_valid_from_its_publication(database: Database, owner_url: str) -> None:
    assert await published(owner_url, "first")
    assert not await published(owner_url, "first"), "once"
    [key] = await every(database)
    assert (key.id, key.public_key, key.valid_until) == ("first", b"first".ljust(32), None)
    assert key.is_good(key.valid_from) and not key.is_good(key.valid_from - timedelta(seconds=1))


async def test_an_ended_key_stays_valid_for_earlier_signatures(database: Database, owner_url: str) -> None:
    await published(owner_url, "first")
    async with Database.open(owner_url) as owner, owner.transaction() as tx:
        assert await closing_keys.end(tx, ["first", "no such key"], 60) == 1
        assert await closing_keys.end(tx, ["first"], 90) == 0, "an end is never postponed"
    [key] = await every(database)
    assert key.valid_until is not None
    assert key.is_good(key.valid_until - timedelta(seconds=1)) and not key.is_good(key.valid_until)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO closing_keys (id, public_key, valid_from) VALUES ('mine', decode(repeat('00', 32), 'hex'), now())",
        "UPDATE closing_keys SET valid_until = NULL",
        "DELETE FROM closing_keys",
        "INSERT INTO ledger_roots (day, streams, root) VALUES ('2026-09-15', 0, '')",
    ],
)
async def test_the_application_cannot_change_keys(database: Database, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction() as tx:
            await tx.execute(statement)


async def test_a_key_of_another_length_is_refused(owner_url: str) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await Owner(owner_url).run("INSERT INTO closing_keys (id, public_key, valid_from) VALUES ('x', 'short', now())")
