"""Migrations are applied once, in order, and their history is not rewritten."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from domain.errors import DatabaseAway
from runtime.postgres.embedded import OWNER_ROLE, Embedded
from store.migrate import Migration, MigrationRefused, migrate, shipped

FIRST = Migration("0001_people", "CREATE TABLE people (n int);")
SECOND = Migration("0002_places", "CREATE TABLE places (n int); INSERT INTO people VALUES (7);")


@pytest.fixture
async def empty_url(postgres: Embedded) -> AsyncIterator[str]:
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"CREATE DATABASE unmigrated OWNER {OWNER_ROLE}")
    yield postgres.owner_url("unmigrated")
    await superuser.execute("DROP DATABASE unmigrated WITH (FORCE)")
    await superuser.close()


async def test_each_is_applied_once(empty_url: str) -> None:
    assert await migrate(empty_url, [FIRST]) == ["0001_people"]
    assert await migrate(empty_url, [FIRST, SECOND]) == ["0002_places"]
    assert await migrate(empty_url, [FIRST, SECOND]) == []


async def test_a_migration_changed_afterwards_is_refused_by_name(empty_url: str) -> None:
    await migrate(empty_url, [FIRST])
    with pytest.raises(MigrationRefused, match="0001_people was changed"):
        await migrate(empty_url, [Migration("0001_people", "CREATE TABLE persons (n int);")])


async def test_a_database_newer_than_the_release_is_refused(empty_url: str) -> None:
    await migrate(empty_url, [FIRST, SECOND])
    with pytest.raises(MigrationRefused, match="0002_places, which this release does not know"):
        await migrate(empty_url, [FIRST])


async def test_a_failed_migration_changes_nothing(empty_url: str) -> None:
    broken = Migration("0002_broken", "CREATE TABLE half (n int); SELECT 1 / 0;")
    with pytest.raises(MigrationRefused, match="0002_broken failed and was undone: division by zero"):
        await migrate(empty_url, [FIRST, broken])
    connection = await asyncpg.connect(empty_url)
    assert await connection.fetchval("SELECT to_regclass('half')") is None
    assert await connection.fetchval("SELECT count(*) FROM migrations") == 1
    await connection.close()


async def test_a_connection_lost_midway_means_away_and_the_next_run_applies_the_rest(
    empty_url: str,
) -> None:
    gone = Migration("0002_gone", "CREATE TABLE half (n int); SELECT pg_terminate_backend(pg_backend_pid());")
    with pytest.raises(DatabaseAway):
        await migrate(empty_url, [FIRST, gone])
    assert await migrate(empty_url, [FIRST, SECOND]) == ["0002_places"]


async def test_a_missing_database_is_one_plain_sentence() -> None:
    with pytest.raises(DatabaseAway):
        await migrate("postgresql://vesper_owner:x@127.0.0.1:1/vesper")


async def test_a_wrong_password_is_one_plain_sentence(postgres: Embedded) -> None:
    wrong = postgres.owner_url().replace(postgres.passwords.owner, "guessed")
    with pytest.raises(MigrationRefused, match=r"refuses the role.*vesper_owner"):
        await migrate(wrong)


def test_each_shipped_migration_has_its_own_number() -> None:
    numbers = [migration.name.split("_")[0] for migration in shipped()]
    assert len(set(numbers)) == len(numbers)
    assert all(len(number) == 4 and number.isdecimal() for number in numbers)
