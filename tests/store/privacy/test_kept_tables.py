"""Every table says what it keeps and how its rows go, and what it says is so: the real schema, walked."""

import asyncpg
import pytest

from domain.privacy.retention import AGEING, FIXED, SHIPPED, rule_of
from store.database import Database
from store.privacy.kept_tables import KEPT
from tests.workers.evening import SIX


async def tables(database: Database) -> set[str]:
    async with database.transaction() as tx:
        rows = await tx.fetch(
            "SELECT table_name::text AS name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        of_owner = await tx.fetch("SELECT relname::text AS name FROM pg_class WHERE relkind IN ('r', 'p')"
                                  " AND relnamespace = 'public'::regnamespace")  # fmt: skip
    return {row["name"] for row in [*rows, *of_owner]}


async def test_every_table_has_a_rule_of_retention(database: Database) -> None:
    unknown, gone = await tables(database) - KEPT.keys(), KEPT.keys() - await tables(database)
    assert not unknown, (
        f"Nobody decided how long {sorted(unknown)} is kept. Say in KEPT of store/privacy/kept_tables.py which kind of "
        "record it is and how its rows go. What goes with a client goes in destroy_person, what ages in `ageing`: "
        "both in a migration of your own."
    )
    assert not gone, f"There are no such tables any more: {sorted(gone)}."


def test_what_is_never_erased_says_why_and_nothing_else_does() -> None:
    assert {name: one for name, one in KEPT.items() if (one.how == "never") != bool(one.why)} == {}


def test_every_kind_of_record_has_a_rule() -> None:
    for name, one in KEPT.items():
        rule = rule_of(one.record, SIX.date())
        assert rule.keep is not None or one.how in ("never", "by_use"), name


async def test_what_goes_by_age_is_among_what_ages(database: Database, owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    text = await owner.fetchval("SELECT prosrc FROM pg_proc WHERE proname = 'ageing'")
    await owner.close()
    kinds = {name: one.record for name, one in KEPT.items() if one.how == "by_age"}
    assert set(kinds.values()) == set(AGEING)
    assert [name for name in kinds if f" FROM {name}" not in " ".join(text.split())] == []


async def test_what_goes_with_a_client_is_in_the_function_that_erases(database: Database, owner_url: str) -> None:
    owner = await asyncpg.connect(owner_url)
    text = await owner.fetchval("SELECT prosrc FROM pg_proc WHERE proname = 'destroy_person'")
    text += await owner.fetchval("SELECT prosrc FROM pg_proc WHERE proname = 'erase_client'")
    await owner.close()
    missing = [name for name, one in KEPT.items() if one.how in ("with_the_client", "emptied") and name not in text]
    assert missing == []


async def test_the_database_knows_the_same_shortest_times(database: Database) -> None:
    async with database.transaction() as tx:
        for record in AGEING:
            rule = rule_of(record, SIX.date())
            same = f"SELECT shortest_time($1) = interval '{rule.keep} {rule.unit}'"
            assert await tx.fetchval(same, record), record
        assert await tx.fetchval("SELECT shortest_time('ledger') IS NULL")
    assert {rule.record for rule in SHIPPED} >= FIXED


@pytest.mark.parametrize("table", sorted(name for name, one in KEPT.items() if one.how == "never"))
async def test_the_application_cannot_delete_what_is_never_erased(database: Database, table: str) -> None:
    """Except what it derives or plans again, row by row."""
    async with database.transaction() as tx:
        may = await tx.fetchval("SELECT has_table_privilege($1, 'DELETE')", table)
    assert may == (table in AGAIN), table


AGAIN = {
    "session_records", "attendance_records", "hour_totals", "statements_due", "set_aside_sessions", "rosters",
    "paused_places", "staff_roles", "nodes",
}  # fmt: skip
"""Tables whose rows the application takes back or derives again."""
