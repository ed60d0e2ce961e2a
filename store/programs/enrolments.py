"""Enrolments: a client in a phase of a program, from one day to another."""

from collections.abc import Sequence
from datetime import date

from domain.programs.enrolments import Enrolment
from store.database import Transaction

_COLUMNS = """id, program_id AS program, client_id AS client, starts_on, ends_on, phase_id AS phase"""


async def create(tx: Transaction, clinic: str, enrolment: Enrolment) -> None:
    """Add an enrolment."""
    await tx.execute(
        """
        INSERT INTO enrolments (id, clinic_id, program_id, client_id, starts_on, ends_on, phase_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        enrolment.id, clinic, enrolment.program, enrolment.client, enrolment.starts_on, enrolment.ends_on,
        enrolment.phase,
    )  # fmt: skip


async def end(tx: Transaction, clinic: str, id: str, ends_on: date | None) -> None:
    """Make `ends_on` the enrolment's last day."""
    await tx.execute(
        "UPDATE enrolments SET ends_on = $3 WHERE clinic_id = $1 AND id = $2 AND ends_on IS DISTINCT FROM $3",
        clinic, id, ends_on,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Enrolment | None:
    """The clinic's enrolment with that id."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM enrolments WHERE clinic_id = $1 AND id = $2", clinic, id)
    return Enrolment(**row) if row else None


async def after(
    tx: Transaction, clinic: str, id: str | None, limit: int, program: str | None = None
) -> list[Enrolment]:
    """Enrolments of the clinic (in that program) with ids after `id`, in the order of their ids, at most `limit`."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM enrolments
        WHERE clinic_id = $1 AND ($2::uuid IS NULL OR id > $2) AND ($4::uuid IS NULL OR program_id = $4)
        ORDER BY id LIMIT $3
        """,
        clinic, id, limit, program,
    )  # fmt: skip
    return [Enrolment(**row) for row in rows]


async def of_ids(tx: Transaction, clinic: str, ids: Sequence[str]) -> dict[str, Enrolment]:
    """The clinic's enrolments among these ids, by id."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM enrolments WHERE clinic_id = $1 AND id = ANY($2::uuid[])", clinic, ids
    )
    return {row["id"]: Enrolment(**row) for row in rows}


async def of_clients(tx: Transaction, clinic: str, program: str, clients: Sequence[str]) -> list[Enrolment]:
    """All enrolments of these clients in the program, by first day."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM enrolments
        WHERE clinic_id = $1 AND program_id = $2 AND client_id = ANY($3::uuid[]) ORDER BY starts_on, id
        """,
        clinic, program, clients,
    )  # fmt: skip
    return [Enrolment(**row) for row in rows]
