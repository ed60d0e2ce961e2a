"""A database of the first release, migrated: its statements stay, except those that its rules got wrong.

`first_release.copy` holds its tables as that release wrote them, in Postgres's COPY format: ten evenings that it had
worked out and stated. Current code made none of it.
"""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from domain.events.billing import AttendanceStated
from runtime.postgres.embedded import OWNER_ROLE, Embedded
from store.database import Database
from store.migrate import migrate, shipped
from tests import ledgers
from tests.ledgers import consume
from workers.attendance import CONSUMER
from workers.restatement import Restatement
from workers.statements import state_next

KEPT = Path(__file__).with_name("first_release.copy")
LAST_MIGRATION = "0008_reach"
LATER = datetime(2027, 1, 1, tzinfo=UTC)
RESTATED = {
    ("2026-09-16", "Pat", "not_held"),  # nobody held it
    ("2026-09-16", "Sam", "not_held"),
    ("2026-09-17", "Pat", "not_held"),  # Pat waited, and no facilitator came
    ("2026-09-17", "Sam", "not_held"),
    ("2026-09-18", "Pat", "not_served"),  # Pat waited, and nobody let them in
    ("2026-09-19", "Pat", "not_served"),  # it ended after ten minutes
    ("2026-09-19", "Sam", "not_served"),
    ("2026-09-20", "Pat", "elsewhere"),  # pulled out of the group
    ("2026-09-20", "Sam", "withdrawn"),  # on the roster of the pull-out, but not in it
    ("2026-09-23", "Robin", "withdrawn"),  # on no roster; only visited the lobby
    ("2026-09-24", "Sam", "withdrawn"),  # removed from the roster later
}


@pytest.fixture
async def upgraded(postgres: Embedded) -> AsyncIterator[Database]:
    """The first release's database, migrated."""
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"CREATE DATABASE first_release OWNER {OWNER_ROLE}")
    owner = postgres.owner_url("first_release")
    await migrate(owner, [one for one in shipped() if one.name <= LAST_MIGRATION])
    await fill(postgres.superuser_url("first_release"))
    await migrate(owner)
    async with Database.open(postgres.application_url("first_release")) as database:
        yield database
    await superuser.execute("DROP DATABASE first_release WITH (FORCE)")
    await superuser.close()


async def fill(url: str) -> None:
    """Fill every table with its rows."""
    connection = await asyncpg.connect(url)
    await connection.execute("SET session_replication_role = replica")  # without checking references
    for part in KEPT.read_text().split("== ")[1:]:
        table, _, rows = part.partition("\n")
        await connection.copy_to_table(table, source=io.BytesIO(rows.encode()), format="text")
    await connection.close()


async def bodies(database: Database) -> list[str]:
    """Every fact's bytes, in order."""
    async with database.transaction() as tx:
        return [str(row["body"]) for row in await tx.fetch("SELECT body::text FROM ledger ORDER BY position")]


async def work(database: Database) -> None:
    restatement = Restatement(database)
    while await consume(database, CONSUMER) or await restatement.go_on() or await state_next(database, LATER):
        pass


async def test_an_upgrade_restates_what_the_first_releases_rules_got_wrong_and_leaves_the_rest(
    upgraded: Database,
) -> None:
    before = await bodies(upgraded)
    await work(upgraded)
    after = await bodies(upgraded)
    assert after[: len(before)] == before
    async with upgraded.transaction() as tx:
        names = {str(row["id"]): row["display_name"] for row in await tx.fetch("SELECT id, display_name FROM persons")}
        stated = [fact.event for fact in await ledgers.everything(tx) if isinstance(fact.event, AttendanceStated)]
    new = [statement for statement in stated if statement.version > 1]
    assert {(one.service_date, names[one.client], str(one.status)) for one in new} == RESTATED
    assert {(one.version, one.cause, one.delta_credited_s, one.incomplete) for one in new} == {
        (2, "rule_changed", 0, False)
    }
    assert len(new) == len(after) - len(before) == len(RESTATED)
    await work(upgraded)
    assert await bodies(upgraded) == after
