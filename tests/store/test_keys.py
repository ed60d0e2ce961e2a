"""Every key of clinic data names its clinic, and so does every statement: the schema and the SQL, walked."""

import re

import pytest

from store.database import Database
from tests.statements import statements, unnamed

KEYS_WITHOUT = {
    "persons_sign_in": "who signs in with an address is found before the clinic is known",
    "sign_ins_secret_hash_key": "a cookie's secret says whose sign-in it is, and of which clinic",
    "join_links_secret_hash_key": "a link's secret says whose it is, and of which clinic",
    "api_tokens_secret_hash_key": "a token's secret says of which clinic it is",
    "set_aside_entries_pkey": "an entry that nobody can read may name no clinic",
}
"""Keys of tables with a `clinic_id` that do not name it, and why."""

OPERATORS = "an operator's list or count, of all clinics"
WORKERS = "a worker takes what waits longest, of whatever clinic"
NODES = "a node holds rooms of all clinics"
STATEMENTS_WITHOUT = {
    "access_changes.after": NODES,
    "api_tokens.current": "the token's secret says of which clinic it is",
    "join_links.holder": "the link's secret says of which clinic it is",
    "sign_ins.end": "the cookie's secret says of which clinic it is",
    "sign_ins.current": "the cookie's secret says of which clinic it is",
    "passwords.of_address": "the address says of which clinic somebody is",
    "persons.with_email": "the address says of which clinic somebody is",
    "rooms.clinic_of": "journals of older releases do not name the clinic of a closed room",
    "rooms.held_by": NODES,
    "rooms.left_open_by": NODES,
    "rooms.left_open_among": NODES,
    "cursors.behind": WORKERS,
    "records.next_of_older_rules": WORKERS,
    "statements.take": WORKERS,
    "set_aside_sessions.next_to_try": WORKERS,
    "note_drafts.settled": WORKERS,
    "set_aside_sessions.ask_all_again": OPERATORS,
    "set_aside_sessions.ask_again_unless_tried_by": OPERATORS,
    "set_aside_sessions.count": OPERATORS,
    "set_aside_sessions.listed": OPERATORS,
    "note_drafts.count_set_aside": OPERATORS,
    "note_drafts.listed_set_aside": OPERATORS,
    "set_aside.listed": OPERATORS,
    "set_aside.count": OPERATORS,
    "set_aside.sessions": OPERATORS,
    "ledger.total": OPERATORS,
    "ledger.clinics": OPERATORS,
    "roots.work_out": OPERATORS,
    "chains.clinics": OPERATORS,
}
"""Functions of the store whose SQL reads clinic data without naming the clinic, and why."""


async def without_clinic(database: Database) -> set[str]:
    """Keys, unique indexes and references of tables with a `clinic_id` that do not name it, by name."""
    async with database.transaction() as tx:
        rows = await tx.fetch(
            """
            WITH column_of AS (
                SELECT attrelid AS table, attnum AS number FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                WHERE attname = 'clinic_id' AND relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            )
            SELECT indexrelid::regclass::text AS name FROM pg_index JOIN column_of ON indrelid = column_of.table
            WHERE indisunique AND number <> ALL(indkey::smallint[])
            UNION ALL
            SELECT conname FROM pg_constraint JOIN column_of ON conrelid = column_of.table
            WHERE contype = 'f' AND number <> ALL(conkey)
            UNION ALL
            SELECT conname FROM pg_constraint JOIN column_of ON confrelid = column_of.table
            WHERE contype = 'f' AND number <> ALL(confkey)
            """
        )
    return {row["name"] for row in rows}


async def clinic_tables(database: Database) -> set[str]:
    async with database.transaction() as tx:
        rows = await tx.fetch(
            "SELECT attrelid::regclass::text AS name FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE attname = 'clinic_id' AND relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
    return {row["name"] for row in rows}


async def test_every_key_and_reference_of_clinic_data_names_its_clinic(database: Database) -> None:
    assert await without_clinic(database) == KEYS_WITHOUT.keys()


async def test_every_table_that_refers_to_clinic_data_is_clinic_data(database: Database) -> None:
    async with database.transaction() as tx:
        rows = await tx.fetch("SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f'")
    assert {row["name"] for row in rows} <= await clinic_tables(database)


async def test_every_statement_about_clinic_data_names_its_clinic(database: Database) -> None:
    tables = await clinic_tables(database)
    found = {each.place for each in statements() if unnamed(each.sql, tables)}
    assert found == STATEMENTS_WITHOUT.keys()


async def test_no_table_of_clinic_data_is_out_of_sight(database: Database) -> None:
    """Each is read or written by some statement that is walked, but for those that nothing uses yet."""
    walked = " ".join(each.sql for each in statements())
    unseen = {table for table in await clinic_tables(database) if not re.search(rf"\b{table}\b", walked)}
    assert unseen == {"credentials", "family_ties"}


@pytest.mark.parametrize(
    ("sql", "names_none"),
    [
        ("SELECT FROM rooms WHERE clinic_id = $1 AND session_id = $2", False),
        ("SELECT clinic_id FROM rooms WHERE session_id = $2", True),
        ("SELECT FROM rooms AS one JOIN sessions ON sessions.id = one.session_id WHERE one.clinic_id = $1", True),
        ("SELECT FROM rooms JOIN sessions USING (clinic_id, session_id)", True),
        ("SELECT FROM rooms JOIN sessions USING (clinic_id, session_id) WHERE rooms.clinic_id = $1", False),
        ("SELECT FROM unnest($1::uuid[]) AS own (clinic_id) JOIN rooms ON rooms.clinic_id = own.clinic_id", False),
        ("SELECT FROM rooms WHERE clinic_id = $1 AND EXISTS (SELECT FROM sessions WHERE id = session_id)", True),
        ("SELECT FROM rooms WHERE clinic_id = $1 UNION SELECT FROM sessions", True),
        ("INSERT INTO rooms (session_id) VALUES ($1)", True),
        ("INSERT INTO rooms (clinic_id, session_id) VALUES ($1, $2)", False),
        ("UPDATE rooms SET closed_at = $1", True),
        ("SELECT FROM nodes", False),
    ],
)
def test_a_statement_names_the_clinic_of_each_table(sql: str, names_none: bool) -> None:
    assert unnamed(sql, {"rooms", "sessions"}) is names_none
