"""Every key of clinic data names its clinic, and so does every statement: the schema and the SQL, walked."""

import re

import asyncpg
import pytest

from store.database import Database
from tests.statements import naming, statements, unnamed

KEYS_WITHOUT = {
    "persons_sign_in": "a person is found by address before the clinic is known",
    "sign_ins_secret_hash_key": "a cookie's secret identifies the sign-in and its clinic",
    "pending_sign_ins_secret_hash_key": "the page's secret identifies the pending sign-in and its clinic",
    "email_changes_secret_hash_key": "a link's secret identifies the person and their clinic",
    "password_resets_secret_hash_key": "a link's secret identifies the person and their clinic",
    "join_links_secret_hash_key": "a link's secret identifies the link and its clinic",
    "guest_links_secret_hash_key": "a link's secret identifies the link and its clinic",
    "first_runs_secret_hash_key": "a link's secret identifies the clinic",
    "staff_invitations_secret_hash_key": "a link's secret identifies the invitation and its clinic",
    "provider_attempts_secret_hash_key": "the cookie's secret identifies the attempt and its clinic",
    "api_tokens_secret_hash_key": "a token's secret identifies the token and its clinic",
    "set_aside_entries_pkey": "an unreadable entry may name no clinic",
}
"""Keys of tables with a `clinic_id` that do not name it, and why."""

OPERATORS = "an operator's list or count, of all clinics"
WORKERS = "a worker takes what waits longest, of whatever clinic"
NODES = "a node holds rooms of all clinics"
STATEMENTS_WITHOUT = {
    "store/access/access_changes.after": NODES,
    "store/access/api_tokens.current": "the token's secret identifies its clinic",
    "store/access/first_runs.with_secret": "the link's secret identifies its clinic",
    "store/access/guest_links.holder": "the link's secret identifies its clinic",
    "store/access/invitations.with_secret": "the link's secret identifies its clinic",
    "store/access/join_links.holder": "the link's secret identifies its clinic",
    "store/access/email_changes.with_secret": "the link's secret identifies its clinic",
    "store/access/password_resets.with_secret": "the link's secret identifies its clinic",
    "store/access/pending_sign_ins.with_secret": "the page's secret identifies its clinic",
    "store/access/sign_ins.idle_among": NODES,
    "store/access/sign_ins.end": "the cookie's secret identifies its clinic",
    "store/access/sign_ins.current": "the cookie's secret identifies its clinic",
    "store/single_sign_on/attempts.with_secret": "the cookie's secret identifies its clinic",
    "store/people/search.missing": WORKERS,
    "store/people/passwords.of_address": "the address identifies the person's clinic",
    "store/people/persons.with_email": "the address identifies the person's clinic",
    "store/room/leases.clinic_of": "journals of older releases do not name the clinic of a closed room",
    "store/room/leases.held_by": NODES,
    "store/room/leases.left_open_by": NODES,
    "store/room/leases.left_open_among": NODES,
    "store/ledger/cursors.behind": WORKERS,
    "store/attendance/records.next_of_older_rules": WORKERS,
    "store/billing/statements_due.take": WORKERS,
    "store/attendance/set_aside.next_to_try": WORKERS,
    "store/chart/drafts.settled": WORKERS,
    "store/attendance/set_aside.ask_all_again": OPERATORS,
    "store/attendance/set_aside.ask_again_unless_tried_by": OPERATORS,
    "store/attendance/set_aside.count": OPERATORS,
    "store/attendance/set_aside.listed": OPERATORS,
    "store/transfer/imports.claim_due": WORKERS,
    "store/transfer/imports.forget_old": WORKERS,
    "store/transfer/exports.claim_due": WORKERS,
    "store/transfer/exports.end_old": WORKERS,
    "store/mail/outbox.secrets_waiting": OPERATORS,
    "store/chart/drafts.count_set_aside": OPERATORS,
    "store/chart/drafts.listed_set_aside": OPERATORS,
    "store/ledger/set_aside.listed": OPERATORS,
    "store/ledger/set_aside.count": OPERATORS,
    "store/ledger/set_aside.sessions": OPERATORS,
    "store/ledger/facts.total": OPERATORS,
    "store/ledger/facts.clinics": OPERATORS,
    "store/ledger/day_roots.work_out": OPERATORS,
    "store/ledger/chains.clinics": OPERATORS,
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
            WHERE indisunique AND number <> ALL((indkey::smallint[])[0:indnkeyatts - 1])
            UNION ALL
            SELECT conname FROM pg_constraint JOIN column_of ON conrelid = column_of.table
            WHERE contype = 'f' AND number <> ALL(conkey)
            UNION ALL
            SELECT conname FROM pg_constraint JOIN column_of ON confrelid = column_of.table
            WHERE contype = 'f' AND number <> ALL(confkey)
            UNION ALL
            SELECT conname FROM pg_constraint JOIN column_of AS own ON conrelid = own.table
            JOIN column_of AS theirs ON confrelid = theirs.table
            WHERE contype = 'f' AND array_position(conkey, own.number) <> array_position(confkey, theirs.number)
            """
        )
    return {row["name"] for row in rows}


OF_NO_CLINIC = {
    "clinics": "they are the clinics",
    "nodes": NODES,
    "sign_in_failures": "failures are counted by hashes, before a person is known",
    "closing_keys": "an operator's keys serve all clinics",
    "ledger_roots": "kept by older releases over all clinics",
    "migrations": "all clinics share the schema",
}
"""Tables without a `clinic_id`, and why."""


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


async def test_a_table_is_clinic_data_unless_there_is_a_reason(database: Database) -> None:
    async with database.transaction() as tx:
        rows = await tx.fetch(
            "SELECT oid::regclass::text AS name FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
        loose = await tx.fetch(
            "SELECT attrelid::regclass::text AS name FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE attname = 'clinic_id' AND relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT attnotnull"
        )
    assert {row["name"] for row in rows} - await clinic_tables(database) == OF_NO_CLINIC.keys()
    assert {row["name"] for row in loose} == {"set_aside_entries"}, "a reference with a null part checks nothing"


async def test_keys_that_only_seem_to_name_their_clinic_are_found(database: Database, owner_url: str) -> None:
    """One key only includes the clinic, and one reference does not match it with the other table's clinic."""
    owner = await asyncpg.connect(owner_url)
    await owner.execute(
        """
        CREATE UNIQUE INDEX beside ON rooms (session_id, epoch) INCLUDE (clinic_id);
        ALTER TABLE sessions ADD UNIQUE (id, clinic_id);
        ALTER TABLE rooms ADD COLUMN other uuid,
            ADD CONSTRAINT crosswise FOREIGN KEY (clinic_id, other) REFERENCES sessions (id, clinic_id);
        """
    )
    await owner.close()
    assert await without_clinic(database) - KEYS_WITHOUT.keys() == {"beside", "crosswise"}


async def test_every_statement_about_clinic_data_names_its_clinic(database: Database) -> None:
    tables = await clinic_tables(database)
    found = {each.place for each in statements() if unnamed(each.sql, tables)}
    assert found == STATEMENTS_WITHOUT.keys()


async def test_no_text_names_a_table_in_a_spelling_that_the_check_misses(database: Database) -> None:
    walked = " ".join(each.sql for each in statements())
    found = list(naming(await clinic_tables(database)))
    assert len(found) > 100
    assert [text for text in found if text not in walked] == []


async def test_every_table_of_clinic_data_is_checked(database: Database) -> None:
    """A checked statement reads or writes each table."""
    walked = " ".join(each.sql for each in statements())
    unseen = {table for table in await clinic_tables(database) if not re.search(rf"\b{table}\b", walked)}
    assert unseen == set()


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
        ("SELECT FROM rooms, sessions WHERE rooms.clinic_id = $1", True),
        ("SELECT FROM nodes AS n, public.sessions AS s WHERE n.id = $1", True),
        ("UPDATE rooms SET epoch = 1 FROM nodes, sessions WHERE rooms.clinic_id = $1", True),
        ("SELECT FROM public.rooms WHERE session_id = $1", True),
        ("DELETE FROM ONLY rooms WHERE session_id = $1", True),
        ("TRUNCATE TABLE rooms", True),
        ("SELECT FROM rooms WHERE clinic_id = clinic_id", True),
        ("SELECT FROM rooms WHERE clinic_id <> $1", True),
    ],
)
def test_a_statement_names_the_clinic_of_each_table(sql: str, names_none: bool) -> None:
    assert unnamed(sql, {"rooms", "sessions"}) is names_none
