"""The pool: transactions, the types of rows, notifications, and a database that is away."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest

from domain.errors import DatabaseAway
from runtime.clock import new_id
from runtime.postgres.embedded import Embedded
from store.database import Database

PROMPTLY = 10


async def test_rows_come_as_text_ids_undecoded_json_and_utc_instants(database: Database) -> None:
    id = new_id()
    async with database.transaction() as tx:
        row = await tx.fetchrow(
            "SELECT $1::uuid AS id, '{\"a\": 1}'::json AS body, '2026-01-05T19:00-05'::timestamptz AS at", id
        )
    assert row is not None
    assert tuple(row) == (id, '{"a": 1}', datetime(2026, 1, 6, 0, 0, tzinfo=UTC))
    assert row["at"].tzinfo is UTC


async def test_a_failing_transaction_is_rolled_back(database: Database, owner_url: str) -> None:
    await _run(owner_url, "CREATE TABLE scratch (n int); GRANT ALL ON scratch TO vesper_app")
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO scratch VALUES (1)")
            raise ZeroDivisionError
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM scratch") == 0


async def test_the_application_owns_nothing(database: Database) -> None:
    for forbidden in ("CREATE TABLE mine (n int)", "CREATE SCHEMA mine", "DROP TABLE migrations"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction() as tx:
                await tx.execute(forbidden)


async def test_a_listener_hears_notifications(database: Database) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(database.listen("ledger", heard.put_nowait))
    async with asyncio.timeout(PROMPTLY):
        assert await heard.get() == ""
        async with database.transaction() as tx:
            await tx.execute("NOTIFY ledger, '42'")
        assert await heard.get() == "42"
    await _stop(listening)


async def test_a_listener_reconnects_after_a_lost_connection_and_reports_it(database: Database, owner_url: str) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(database.listen("ledger", heard.put_nowait))
    async with asyncio.timeout(PROMPTLY):
        assert await heard.get() == ""
        await _cut_connections(database)
        assert await heard.get() == ""
        await _run(owner_url, "NOTIFY ledger, 'after'")
        assert await heard.get() == "after"
    await _stop(listening)


async def test_a_missing_server_is_one_plain_sentence(postgres: Embedded) -> None:
    with pytest.raises(DatabaseAway, match="cannot be reached"):
        async with Database.open("postgresql://vesper_app:x@127.0.0.1:1/vesper"):
            pass


async def test_a_wrong_password_and_a_wrong_name_are_plain_sentences(postgres: Embedded, database_url: str) -> None:
    right = postgres.passwords.application
    for wrong, named in (
        (database_url.replace(right, "guessed"), "vesper_app"),
        (postgres.application_url("nowhere"), "nowhere"),
    ):
        with pytest.raises(DatabaseAway, match=named):
            async with Database.open(wrong):
                pass


async def test_a_connection_lost_in_a_transaction_means_that_the_database_is_away(database: Database) -> None:
    with pytest.raises(DatabaseAway):
        async with database.transaction() as tx:
            await _cut_connections(database)
            await tx.fetchval("SELECT 1")


async def test_the_pool_recovers_after_an_outage(database: Database) -> None:
    await _cut_connections(database)
    async with asyncio.timeout(PROMPTLY):
        while True:
            try:
                async with database.transaction() as tx:
                    assert await tx.fetchval("SELECT 1") == 1
                break
            except DatabaseAway:
                continue


async def test_connections_have_timeouts_for_forgotten_transactions(database: Database) -> None:
    async with database.transaction() as tx:
        assert await tx.fetchval("SHOW idle_in_transaction_session_timeout") == "5s"
        assert await tx.fetchval("SHOW statement_timeout") == "15s"
        assert await tx.fetchval("SHOW transaction_timeout") == "30s"


async def test_work_over_all_the_records_has_no_time_limits(database_url: str) -> None:
    async with Database.open(database_url, unhurried=True) as database:
        for _ in range(2):  # a connection that returned to the pool loses its settings
            async with database.transaction() as tx:
                limits = [await tx.fetchval(f"SHOW {name}") for name in ("statement_timeout", "transaction_timeout")]
                assert limits == ["0", "0"]


async def _run(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


async def _cut_connections(database: Database) -> None:
    """End every other connection of the application's role, like a restart of the server."""
    async with database.transaction() as tx:
        await tx.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
