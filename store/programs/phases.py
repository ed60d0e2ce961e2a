"""Phases of programs, each with the dated list of what it requires."""

from collections.abc import Sequence
from typing import Any

from domain.programs.phases import Phase, Requirement
from store.database import Transaction

_COLUMNS = "id, program_id AS program, position, name, usual_weeks"


async def create(tx: Transaction, clinic: str, phase: Phase, by: str | None = None) -> None:
    """Add a phase with what it requires."""
    await tx.execute(
        """
        INSERT INTO phases (clinic_id, id, program_id, position, name, usual_weeks) VALUES ($1, $2, $3, $4, $5, $6)
        """,
        clinic, phase.id, phase.program, phase.position, phase.name, phase.usual_weeks,
    )  # fmt: skip
    for requirement in phase.requirements:
        await require(tx, clinic, phase.id, requirement, by)


async def require(tx: Transaction, clinic: str, phase: str, requirement: Requirement, by: str | None) -> None:
    """Add a requirement to the phase's list; from its day on it replaces what was required, until the next day."""
    await tx.execute(
        """
        INSERT INTO phase_requirements (clinic_id, phase_id, from_on, required_s, days_per_week, kinds, by_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        clinic, phase, requirement.from_on, requirement.required_s, requirement.days_per_week,
        requirement.kinds, by,
    )  # fmt: skip


async def describe(tx: Transaction, clinic: str, phase: Phase) -> None:
    """Store the phase's name, its place in the order and its usual length."""
    await tx.execute(
        "UPDATE phases SET name = $3, position = $4, usual_weeks = $5 WHERE clinic_id = $1 AND id = $2",
        clinic, phase.id, phase.name, phase.position, phase.usual_weeks,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Phase | None:
    """The clinic's phase with that id."""
    return (await of_ids(tx, clinic, [id])).get(id)


async def of_ids(tx: Transaction, clinic: str, ids: Sequence[str]) -> dict[str, Phase]:
    """The clinic's phases among these ids, by id."""
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM phases WHERE clinic_id = $1 AND id = ANY($2::uuid[])", clinic, ids)
    return {phase.id: phase for phase in await _with_requirements(tx, clinic, rows)}


async def of_program(tx: Transaction, clinic: str, program: str) -> list[Phase]:
    """The program's phases in their order."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM phases WHERE clinic_id = $1 AND program_id = $2 ORDER BY position, id", clinic, program
    )
    return await _with_requirements(tx, clinic, rows)


async def _with_requirements(tx: Transaction, clinic: str, rows: Sequence[Any]) -> list[Phase]:
    required = await tx.fetch(
        """
        SELECT phase_id, from_on, required_s, days_per_week, kinds FROM phase_requirements
        WHERE clinic_id = $1 AND phase_id = ANY($2::uuid[]) ORDER BY from_on, number
        """,
        clinic, [row["id"] for row in rows],
    )  # fmt: skip
    lists: dict[str, list[Requirement]] = {row["id"]: [] for row in rows}
    for phase, *numbers, kinds in (tuple(row.values()) for row in required):
        from_on, required_s, days = numbers
        lists[phase].append(Requirement(from_on=from_on, required_s=required_s, days_per_week=days, kinds=tuple(kinds)))
    return [Phase(**row, requirements=tuple(lists[row["id"]])) for row in rows]
