"""Programs of a clinic, and the attendance policies they change to."""

from datetime import date
from typing import Any

from domain.programs.programs import Decision, PolicyFrom, Program
from store.database import Transaction

_COLUMNS = "id, name, timezone, week_start, policy_id, policy_version, capacity, tags"


async def create(tx: Transaction, clinic: str, program: Program) -> None:
    """Add a program."""
    await tx.execute(
        """
        INSERT INTO programs (id, clinic_id, name, timezone, week_start, policy_id, policy_version, capacity, tags)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        program.id, clinic, program.name, program.timezone, program.week_start, program.policy_id,
        program.policy_version, program.capacity, program.tags,
    )  # fmt: skip


async def describe(tx: Transaction, clinic: str, program: Program) -> None:
    """Store the program's name, capacity and tags."""
    await tx.execute(
        "UPDATE programs SET name = $3, capacity = $4, tags = $5 WHERE clinic_id = $1 AND id = $2",
        clinic, program.id, program.name, program.capacity, program.tags,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Program | None:
    """The clinic's program with that id."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM programs WHERE clinic_id = $1 AND id = $2", clinic, id)
    return _program(row) if row else None


async def of_clinic(tx: Transaction, clinic: str) -> list[Program]:
    """Every program of the clinic, oldest first."""
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM programs WHERE clinic_id = $1 ORDER BY id", clinic)
    return [_program(row) for row in rows]


async def lock(tx: Transaction, clinic: str, id: str) -> None:
    """Let nobody else change the program and its phases until the transaction ends."""
    await tx.execute("SELECT FROM programs WHERE clinic_id = $1 AND id = $2 FOR NO KEY UPDATE", clinic, id)


async def change_policy(tx: Transaction, clinic: str, program: str, change: PolicyFrom, author: Decision) -> None:
    """Add a change of the program's attendance policy."""
    await tx.execute(
        """
        INSERT INTO program_policies (clinic_id, program_id, from_on, policy_id, policy_version, by_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        clinic, program, change.from_on, change.policy_id, change.policy_version, author.by, author.at,
    )  # fmt: skip


async def policy_changes(tx: Transaction, clinic: str, program: str) -> list[PolicyFrom]:
    """Every change of the program's policy, by day, and among those of one day in the order of saving."""
    rows = await tx.fetch(
        """
        SELECT from_on, policy_id, policy_version FROM program_policies
        WHERE clinic_id = $1 AND program_id = $2 ORDER BY from_on, number
        """,
        clinic, program,
    )  # fmt: skip
    return [PolicyFrom(**row) for row in rows]


async def enrolled_on(tx: Transaction, clinic: str, program: str, day: date) -> dict[str, int]:
    """How many clients are in each phase of the program on that day; phases with nobody are left out."""
    rows = await tx.fetch(
        """
        SELECT phase_id, count(DISTINCT client_id) AS clients FROM enrolments
        WHERE clinic_id = $1 AND program_id = $2 AND starts_on <= $3 AND (ends_on IS NULL OR ends_on >= $3)
        GROUP BY phase_id
        """,
        clinic, program, day,
    )  # fmt: skip
    return {row["phase_id"]: row["clients"] for row in rows}


async def days_enrolled(tx: Transaction, clinic: str, program: str) -> list[tuple[date, date | None]]:
    """The first and the last day of every enrolment in the program that held a day."""
    rows = await tx.fetch(
        """
        SELECT starts_on, ends_on FROM enrolments
        WHERE clinic_id = $1 AND program_id = $2 AND (ends_on IS NULL OR ends_on >= starts_on)
        """,
        clinic, program,
    )  # fmt: skip
    return [(row["starts_on"], row["ends_on"]) for row in rows]


def _program(row: Any) -> Program:
    values = dict(row)
    return Program(**{**values, "tags": tuple(values["tags"])})
