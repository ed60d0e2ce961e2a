"""A database of the first release with two working clinics gets keys that name the clinic; no row is lost."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import pytest

from runtime.clock import new_id, now
from runtime.postgres.embedded import OWNER_ROLE, Embedded
from store.database import Database
from store.migrate import migrate, shipped
from store.people import passwords

BEFORE = tuple(migration for migration in shipped() if migration.name < "0015")
AT = "2026-01-05T18:00:00Z"
POLICY = {"policy_id": "p", "policy_version": 1}


def at_work(clinic: str) -> list[tuple[str, dict[str, Any]]]:
    """The rows of a clinic in which Pat comes to Dana's group, by table, each after the rows it refers to."""
    dana, pat, group, one, secret = new_id(), new_id(), new_id(), new_id(), f"\\x{clinic.replace('-', '')}"
    session = {
        "program_id": one, "kind": "group", "timezone": "UTC", "starts_at": AT, "ends_at": "2026-01-05T21:00:00Z",
        "blocks": [], "breaks": [], "policy_digest": "d", **POLICY,
    }  # fmt: skip
    note = {"session_id": group, "client_id": pat, "kind": "progress", "author_id": dana}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("persons", {"id": dana, "display_name": "Dana", "email": f"{dana}@example.org", "signs_in": True}),
        ("persons", {"id": pat, "display_name": "Pat"}),
        ("staff_roles", {"person_id": dana, "role": "facilitator"}),
        ("passwords", {"person_id": dana, "hash": "argon", "changed_at": AT}),
        ("known_browsers", {"person_id": dana, "secret_hash": secret, "last_used_at": AT}),
        ("programs", {"id": one, "name": "Evening", "timezone": "UTC", "week_start": "monday", **POLICY}),
        ("enrolments", {"id": one, "program_id": one, "client_id": pat, "starts_on": "2026-01-01", "phase": "1",
                        "required_s": 1, "days_per_week": 3}),
        ("coverages", {"id": one, "enrolment_id": one, "payer": "acme", "valid_from": "2026-01-01", **POLICY}),
        ("consents", {"id": one, "client_id": pat, "recipient": "acme", "purpose": "legal", "signed_at": AT}),
        ("sign_ins", {"id": one, "person_id": dana, "secret_hash": secret, "created_at": AT, "last_used_at": AT,
                      "expires_at": AT}),
        ("join_links", {"id": one, "person_id": pat, "enrolment_id": one, "secret_hash": secret, "created_at": AT,
                        "expires_at": AT}),
        ("api_tokens", {"id": one, "name": "acme", "scopes": [], "secret_hash": secret, "created_at": AT}),
        ("disclosures", {"at": AT, "client_id": pat, "api_token_id": one, "consent_id": one, "purpose": "legal",
                         "first_position": 1, "last_position": 1, "events": 1, "notice_version": "1"}),
        ("access_audit", {"at": AT, "actor_kind": "person", "actor_id": dana, "method": "GET", "route": "/api/me",
                          "subjects": [pat], "status": 200}),
        ("sessions", {"id": group, **session}),
        ("sessions", {"id": one, "parent_session": group, "pull_out": True, **session}),
        ("rosters", {"session_id": group, "person_id": pat, "role": "client", "enrolment_id": one}),
        ("rosters", {"session_id": group, "person_id": dana, "role": "facilitator"}),
        ("rooms", {"session_id": group, "epoch": 1, "node_id": "node", "opened_at": AT}),
        ("liveness", {"connection_id": one, "session_id": group, "epoch": 1, "last_seen": AT, "witness": "socket"}),
        ("data_keys", {"id": one, "owner_id": pat, "wrapping_key_id": "k", "wrapped": "\\x00"}),
        ("note_drafts", {"note_id": one, "revision": 1, "at": AT, "key_id": "k", "sealed": "\\x00", **note}),
        ("notes", {"id": one, **note}),
        ("note_versions", {"note_id": one, "version": 1, "author_id": dana, "at": AT, "data_key_id": one,
                           "nonce": "\\x00", "ciphertext": "\\x00", "digest": "d"}),
        ("note_signatures", {"note_id": one, "version": 1, "signer_id": dana, "at": AT, "digest": "d"}),
        ("hour_totals", {"program_id": one, "client_id": pat, "week": "2026-01-05", "kind": "group", "credited_s": 1,
                         "billable_s": 1, "sessions": 1}),
        ("statements_due", {"session_id": group, "due_at": AT}),
        ("set_aside_sessions", {"consumer": "attendance", "session_id": group, "position": 1, "reason": "failed",
                                "client_ids": [pat]}),
    ]  # fmt: skip
    return [
        ("clinics", {"id": clinic, "name": "Riverbend", "timezone": "UTC"}),
        *((table, row if table == "passwords" else {"clinic_id": clinic, **row}) for table, row in rows),
    ]


def at_work_now(clinic: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same rows as tables hold them now: an enrolment names its phase by its id."""
    for table, row in at_work(clinic):
        if table == "enrolments":
            one = row["id"]
            numbers = {"from_on": "2026-01-01", "required_s": 1, "days_per_week": 3, "kinds": []}
            yield "phases", {"clinic_id": clinic, "id": one, "program_id": one, "position": 1, "name": "1"}
            yield "phase_requirements", {"clinic_id": clinic, "phase_id": one, **numbers}
            kept = {name: value for name, value in row.items() if name not in MOVED["enrolments"]}
            yield table, {**kept, "phase_id": one}
        else:
            yield table, row


async def insert(owner: "asyncpg.Connection[asyncpg.Record]", table: str, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    statement = f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_record(NULL::{table}, $1)"
    await owner.execute(statement, json.dumps(row))


@pytest.fixture
async def old(postgres: Embedded) -> AsyncIterator[str]:
    """The name of a database of the first release with two working clinics."""
    name = f"before_{new_id().replace('-', '')}"
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"CREATE DATABASE {name} OWNER {OWNER_ROLE}")
    await migrate(postgres.owner_url(name), BEFORE)
    owner = await asyncpg.connect(postgres.owner_url(name))
    for clinic in (new_id(), new_id()):
        for table, row in at_work(clinic):
            await insert(owner, table, row)
    await owner.close()
    yield name
    await superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await superuser.close()


MOVED = {"enrolments": {"phase", "required_s", "days_per_week"}}
"""Columns that went into another table later, with a test of their own."""

Rows = dict[str, list[dict[str, Any]]]


async def rows_of(url: str) -> Rows:
    """Every row, by table."""
    connection = await asyncpg.connect(url)
    try:
        return {
            table: [
                json.loads(row["text"])
                for row in await connection.fetch(f"SELECT to_jsonb(t)::text AS text FROM {table} AS t")
            ]
            for table in sorted({table for table, _ in at_work(new_id())})
        }
    finally:
        await connection.close()


def as_before(rows: Rows, before: Rows) -> dict[str, list[str]]:
    """The rows in the columns that their tables had before and still have, in an order that later columns do not
    change."""
    columns = {table: before[table][0].keys() - MOVED.get(table, set()) for table in rows}
    return {
        table: sorted(json.dumps({name: row[name] for name in sorted(columns[table])}) for row in rows[table])
        for table in rows
    }


async def test_no_row_is_lost_or_changed_by_the_new_keys(postgres: Embedded, old: str) -> None:
    before = await rows_of(postgres.owner_url(old))
    assert all(before.values())
    await migrate(postgres.owner_url(old))
    assert as_before(await rows_of(postgres.owner_url(old)), before) == as_before(before, before)
    async with Database.open(postgres.application_url(old)) as database, database.transaction() as tx:
        dana = next(row for row in before["persons"] if row["email"])
        found = await passwords.of_address(tx, dana["email"], now())
        assert found is not None and (found.clinic, found.hash) == (dana["clinic_id"], "argon")


async def test_a_row_may_not_refer_to_a_row_of_another_clinic(owner_url: str) -> None:
    """Each row that refers to another one is refused if it names a different clinic."""
    owner = await asyncpg.connect(owner_url)
    here, elsewhere = new_id(), new_id()
    await insert(owner, "clinics", {"id": elsewhere, "name": "Elsewhere", "timezone": "UTC"})
    refused = set()
    for table, columns in at_work_now(here):
        row = columns | ({"clinic_id": here} if table == "passwords" else {})
        if any(column.endswith("_id") and column not in OWN for column in row) and table not in UNREFERRED:
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                await insert(owner, table, row | {"clinic_id": elsewhere})
            refused.add(table)
        await insert(owner, table, row)
    await owner.close()
    assert len(refused) == 18


OWN = {"clinic_id", "policy_id", "node_id", "key_id", "wrapping_key_id", "connection_id", "owner_id", "actor_id"}
"""Columns that refer to no row."""
UNREFERRED = {"liveness", "hour_totals", "statements_due", "set_aside_sessions"}
"""Evidence and projections: the rows they name are in the ledger."""
