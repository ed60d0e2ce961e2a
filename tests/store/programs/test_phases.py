"""Phases that enrolments named in words become rows, and each enrolment keeps what it required."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from runtime.clock import new_id
from runtime.postgres.embedded import OWNER_ROLE, Embedded
from store.database import Database
from store.migrate import migrate, shipped
from store.programs import phases

BEFORE = tuple(migration for migration in shipped() if migration.name < "0023")


@pytest.fixture
async def old(postgres: Embedded) -> AsyncIterator[str]:
    """The name of a database whose enrolments name their phase in words."""
    name = f"phases_{new_id().replace('-', '')}"
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"CREATE DATABASE {name} OWNER {OWNER_ROLE}")
    await migrate(postgres.owner_url(name), BEFORE)
    yield name
    await superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await superuser.close()


async def test_phases_in_words_become_rows(postgres: Embedded, old: str) -> None:
    clinic, program, pat = new_id(), new_id(), new_id()
    owner = await asyncpg.connect(postgres.owner_url(old))
    await owner.execute("INSERT INTO clinics (id, name, timezone) VALUES ($1, 'Riverbend', 'UTC')", clinic)
    await owner.execute("INSERT INTO persons (clinic_id, id, display_name) VALUES ($1, $2, 'Pat')", clinic, pat)
    await owner.execute(
        "INSERT INTO programs (clinic_id, id, name, timezone, week_start, policy_id, policy_version)"
        " VALUES ($1, $2, 'Evening', 'UTC', 'monday', 'evening-sud', 1)",
        clinic, program,
    )  # fmt: skip
    asked = [("Phase 1", 32_400, 3), ("Phase 1", 32_400, 3), ("Phase 1", 21_600, 3), ("Bridge", 21_600, 2)]
    enrolled = {new_id(): each for each in asked}
    for id, (phase, seconds, days) in enrolled.items():
        await owner.execute(
            "INSERT INTO enrolments (clinic_id, id, program_id, client_id, starts_on, phase, required_s, days_per_week)"
            " VALUES ($1, $2, $3, $4, '2026-11-02', $5, $6, $7)",
            clinic, id, program, pat, phase, seconds, days,
        )  # fmt: skip
    await owner.close()
    await migrate(postgres.owner_url(old))
    async with Database.open(postgres.application_url(old)) as database, database.transaction() as tx:
        listed = await phases.of_program(tx, clinic, program)
        rows = await tx.fetch("SELECT id, phase_id FROM enrolments WHERE clinic_id = $1", clinic)
    assert [phase.name for phase in listed] == ["Bridge", "Phase 1", "Phase 1 (2)"]
    required = {phase.id: phase.requirements for phase in listed}
    for row in rows:
        (numbers,) = required[row["phase_id"]]
        assert (numbers.required_s, numbers.days_per_week) == enrolled[row["id"]][1:]
