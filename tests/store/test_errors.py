"""Errors of the real server: errors that pass differ from errors of one row."""

from typing import Any

import asyncpg
import pytest

from domain.errors import DatabaseAway
from runtime.clock import new_id
from store.database import Database
from store.errors import passes, refused_for_ever


async def met(database: Database, statement: str, *arguments: Any) -> Exception:
    """The error that the pool raises for a statement."""
    try:
        async with database.transaction() as tx:
            await tx.execute(statement, *arguments)
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(5)",
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "SET TRANSACTION READ ONLY; DELETE FROM nodes",
        *(
            f"DO $$ BEGIN RAISE 'as a server would' USING ERRCODE = '{state}'; END $$"
            for state in (
                "08006", "25006", "25P03", "40001", "40P01", "53000", "53100", "53200", "53300", "55P03", "55006",
                "57014", "57P01", "57P02", "57P03", "57P04", "58030", "58000", "XX000", "XX001",
            )
        ),
    ],
)  # fmt: skip
async def test_errors_that_pass_mean_that_the_database_is_away(database: Database, statement: str) -> None:
    error = await met(database, statement)
    assert isinstance(error, DatabaseAway)
    assert error.__cause__ is not None and passes(error.__cause__)
    assert refused_for_ever(error.__cause__) is None


async def test_a_lock_that_another_holds_passes(database: Database) -> None:
    async with database.transaction() as other:
        await other.execute("LOCK TABLE nodes")
        error = await met(database, "SET LOCAL lock_timeout = '10ms'; DELETE FROM nodes")
    assert isinstance(error.__cause__, asyncpg.LockNotAvailableError)


CURSOR = "INSERT INTO cursors (consumer, position, clinic_id) VALUES ($1, $2, gen_random_uuid())"


@pytest.mark.parametrize(
    ("statement", "arguments", "reason"),
    [
        (CURSOR, ["a", 1 << 63], "DataError 22000"),
        (CURSOR, ["a", None], "NotNullViolationError 23502 cursors position"),
        (CURSOR, ["a\x00b", 1], "CharacterNotInRepertoireError 22021"),
        (CURSOR, ["\ud800", 1], "DataError 22000"),
        ("INSERT INTO sessions (id) VALUES ('tonight')", [], "InvalidTextRepresentationError 22P02"),
        ("SELECT $1::text::integer", ["9999999999"], "NumericValueOutOfRangeError 22003"),
        (
            "INSERT INTO programs (id, clinic_id, name, timezone, week_start, policy_id, policy_version)"
            " VALUES ($1, $1, 'Evening', 'UTC', 'sunday', 'p', 1)",
            [new_id()],
            "ForeignKeyViolationError 23503 programs programs_clinic_id_fkey",
        ),
    ],
)
async def test_the_reason_for_refusing_a_row_is_named_without_its_values(
    database: Database, statement: str, arguments: list[Any], reason: str
) -> None:
    error = await met(database, statement, *arguments)
    assert not passes(error)
    assert refused_for_ever(error) == reason


async def test_a_bug_neither_passes_nor_refuses_a_row(database: Database) -> None:
    for statement in ("SELECT FROM nowhere", "SELEKT", "DROP TABLE migrations"):
        error = await met(database, statement)
        assert isinstance(error, asyncpg.PostgresError)
        assert refused_for_ever(error) is None
    assert refused_for_ever(KeyError("x")) is None and not passes(KeyError("x"))


async def test_a_schema_that_changed_under_a_connection_passes(database: Database, owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    await owner.execute("CREATE TABLE scratch (a int); GRANT ALL ON scratch TO vesper_app")
    with pytest.raises(DatabaseAway):
        async with database.transaction() as tx:
            await tx.fetch("SELECT * FROM scratch")
            await owner.execute("ALTER TABLE scratch ADD b int")
            await tx.fetch("SELECT * FROM scratch")
    await owner.close()
