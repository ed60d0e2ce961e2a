"""Programs of a clinic."""

from domain.programs.programs import Program
from store.database import Transaction

_COLUMNS = "id, name, timezone, week_start, policy_id, policy_version"


async def create(tx: Transaction, clinic: str, program: Program) -> None:
    """Add a program."""
    await tx.execute(
        """
        INSERT INTO programs (id, clinic_id, name, timezone, week_start, policy_id, policy_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        program.id, clinic, program.name, program.timezone, program.week_start, program.policy_id,
        program.policy_version,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Program | None:
    """The clinic's program with that id."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM programs WHERE clinic_id = $1 AND id = $2", clinic, id)
    return Program(**row) if row else None


async def of_clinic(tx: Transaction, clinic: str) -> list[Program]:
    """Every program of the clinic, oldest first."""
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM programs WHERE clinic_id = $1 ORDER BY id", clinic)
    return [Program(**row) for row in rows]


async def lock(tx: Transaction, clinic: str, id: str) -> None:
    """Let nobody else change the program and its phases until the transaction ends."""
    await tx.execute("SELECT FROM programs WHERE clinic_id = $1 AND id = $2 FOR NO KEY UPDATE", clinic, id)
