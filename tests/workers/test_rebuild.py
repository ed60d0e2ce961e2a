"""The projections can be thrown away: the ledger holds everything."""

import asyncio
from datetime import timedelta

import pytest

from store.database import Database
from tests.ledgers import consume
from tests.workers import evening
from tests.workers.evening import SIX, Clinic
from workers.attendance import CONSUMER
from workers.rebuild import SESSIONS_AT_A_TIME, rebuild

pytestmark = pytest.mark.also_partitioned

REBUILT = {"session_records", "attendance_records", "hour_totals"}
NOT_REBUILT = {
    "people enter it": {
        "clinics", "persons", "staff_roles", "licences", "licence_rules", "licence_policies", "ties",
        "programs", "phases",
        "phase_requirements", "program_texts", "program_policies", "client_tags", "clinic_kinds",
        "meeting_log", "meeting_log_shares", "enrolments", "coverages", "acts", "act_words",
        "retention_rules", "legal_holds",
        "paused_places", "inquiries", "inquiry_steps", "way_rules", "consents", "sessions",
        "rosters", "notes", "note_versions", "note_signatures", "note_drafts", "data_keys",
        "client_records", "contact_ways", "emergency_contacts", "external_ids", "diagnoses", "aliases",
    },
    "it says who may enter, and who did": {
        "providers", "provider_accounts", "provider_attempts",
        "passwords", "sign_ins", "sign_in_failures", "known_browsers", "join_links", "api_tokens", "mails",
        "guest_links", "identity_contacts", "identity_codes", "identified_browsers",
        "client_imports", "clinic_exports", "clinic_export_pieces",
        "access_audit", "access_changes", "disclosures", "second_factors", "second_factor_policies", "recovery_codes",
        "pending_sign_ins", "passkey_challenges", "password_resets",
        "staff_invitations", "email_changes", "spent_aliases",
        "first_runs",
    },
    "it is the ledger, or proves it": {
        "ledger", "ledger_heads", "ledger_roots", "closing_keys", "feed_cursors_before", "positions_before",
    },
    "it is how rooms and workers stand": {
        "nodes", "rooms", "liveness", "cursors", "set_aside_entries", "set_aside_sessions", "statements_due",
        "migrations", "erasures", "erased_counts",
    },
    "it only says where to look": {"client_days", "person_search"},
}  # fmt: skip
"""Tables that a rebuild does not empty, by the reason."""


async def count(database: Database, table: str) -> int:
    async with database.transaction() as tx:
        return int(await tx.fetchval(f"SELECT count(*) FROM {table}"))


async def rows(database: Database, table: str) -> set[str]:
    """Where each row is, and which transaction wrote it: a row that is written again has others."""
    async with database.transaction() as tx:
        found = await tx.fetch(f"SELECT concat_ws(' ', tableoid, ctid, xmin) AS version FROM {table}")
    return {str(row["version"]) for row in found}


async def an_evening(database: Database, clinic: Clinic, days: int = 0) -> None:
    start = SIX + timedelta(days=days)
    session = await evening.planned(database, clinic, start)
    await evening.ship(database, evening.whole_evening(clinic, session, start).rows)


async def test_a_rebuild_reports_its_progress(database: Database, clinic: Clinic) -> None:
    sessions = SESSIONS_AT_A_TIME + 1
    for days in range(sessions):
        await an_evening(database, clinic, days)
    reported: list[tuple[int, int]] = []
    assert await rebuild(database, lambda done, total: reported.append((done, total))) == sessions
    assert reported == [(0, sessions), (SESSIONS_AT_A_TIME, sessions), (sessions, sessions)]
    assert await count(database, "session_records") == sessions


async def test_facts_before_a_rebuild_need_not_be_consumed(database: Database, clinic: Clinic) -> None:
    await an_evening(database, clinic)
    await rebuild(database, lambda done, total: None)
    async with database.transaction() as tx:
        position = await tx.fetchval("SELECT position FROM cursors WHERE consumer = $1", CONSUMER.name)
    assert position == await count(database, "ledger")


async def test_each_table_is_rebuilt_or_has_a_reason(database: Database) -> None:
    async with database.transaction() as tx:
        tables = await tx.fetch(
            "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
    assert {row["name"] for row in tables} == REBUILT.union(*NOT_REBUILT.values())


async def test_no_row_of_a_rebuilt_table_is_older_than_the_rebuild(database: Database, clinic: Clinic) -> None:
    await an_evening(database, clinic)
    await consume(database, CONSUMER)
    before = {table: await rows(database, table) for table in REBUILT}
    await rebuild(database, lambda done, total: None)
    for table in REBUILT:
        after = await rows(database, table)
        assert after and before[table] and not after & before[table], table


async def test_records_without_facts_in_the_ledger_are_removed(database: Database, clinic: Clinic) -> None:
    await an_evening(database, clinic)
    await rebuild(database, lambda done, total: None)
    async with database.transaction() as tx:
        await tx.execute("UPDATE hour_totals SET credited_s = 999999, week = '2020-01-05'")
        await tx.execute("UPDATE attendance_records SET session_id = $1", clinic.id)
    await rebuild(database, lambda done, total: None)
    async with database.transaction() as tx:
        assert {row["credited_s"] for row in await tx.fetch("SELECT credited_s FROM hour_totals")} == {10_800, 9_000}
    assert await count(database, "attendance_records") == 2


async def test_a_running_worker_and_a_rebuild_take_turns(database: Database, clinic: Clinic) -> None:
    for days in range(3):
        await an_evening(database, clinic, days)
    await asyncio.gather(
        rebuild(database, lambda done, total: None), *(consume(database, CONSUMER, batch=5) for _ in range(6))
    )
    assert await count(database, "session_records") == 3
