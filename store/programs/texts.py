"""What programs say to clients: every version of every text."""

from domain.programs.programs import ProgramText
from store.database import Transaction


async def add(tx: Transaction, clinic: str, program: str, text: ProgramText) -> None:
    """Add a version of a text."""
    await tx.execute(
        """
        INSERT INTO program_texts (clinic_id, program_id, kind, version, text, digest, by_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        clinic, program, text.kind, text.version, text.text, text.digest, text.by, text.at,
    )  # fmt: skip


async def of_program(tx: Transaction, clinic: str, program: str) -> list[ProgramText]:
    """Every version of the program's texts, newest first within each kind."""
    rows = await tx.fetch(
        """
        SELECT kind, version, text, digest, by_id AS by, at FROM program_texts
        WHERE clinic_id = $1 AND program_id = $2 ORDER BY kind DESC, version DESC
        """,
        clinic, program,
    )  # fmt: skip
    return [ProgramText(**row) for row in rows]
