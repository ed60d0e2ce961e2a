"""Clients' diagnosis codes."""

from datetime import date

from domain.people.diagnoses import Diagnosis
from store.database import Transaction
from store.people.clients import Author

_COLUMNS = "id, code, starts_on, ends_on, position, added_by, added_at"


async def of_client(tx: Transaction, clinic: str, client: str) -> list[Diagnosis]:
    """The client's codes, past and present, in their order."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM diagnoses
        WHERE clinic_id = $1 AND person_id = $2 AND withdrawn_at IS NULL ORDER BY position, added_at, id
        """,
        clinic, client,
    )  # fmt: skip
    return [Diagnosis(**row) for row in rows]


async def find(tx: Transaction, clinic: str, client: str, id: str) -> Diagnosis | None:
    """The client's code with that id, even if it was taken back."""
    row = await tx.fetchrow(
        f"SELECT {_COLUMNS} FROM diagnoses WHERE clinic_id = $1 AND person_id = $2 AND id = $3", clinic, client, id
    )
    return Diagnosis(**row) if row else None


async def add(tx: Transaction, clinic: str, client: str, diagnosis: Diagnosis) -> None:
    """Add a code."""
    await tx.execute(
        """
        INSERT INTO diagnoses (clinic_id, id, person_id, code, starts_on, ends_on, position, added_by, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        clinic, diagnosis.id, client, diagnosis.code, diagnosis.starts_on, diagnosis.ends_on, diagnosis.position,
        diagnosis.added_by, diagnosis.added_at,
    )  # fmt: skip


async def end(tx: Transaction, clinic: str, client: str, id: str, ends_on: date | None) -> None:
    """Make this the last day on which the code holds; None: until further notice."""
    await tx.execute(
        "UPDATE diagnoses SET ends_on = $4 WHERE clinic_id = $1 AND person_id = $2 AND id = $3",
        clinic, client, id, ends_on,
    )  # fmt: skip


async def place(tx: Transaction, clinic: str, client: str, id: str, position: int) -> None:
    """Give the code this place among the client's codes."""
    await tx.execute(
        "UPDATE diagnoses SET position = $4 WHERE clinic_id = $1 AND person_id = $2 AND id = $3",
        clinic, client, id, position,
    )  # fmt: skip


async def withdraw(tx: Transaction, clinic: str, client: str, id: str, author: Author) -> None:
    """Take back a code that was never true. It stays in the database, and is shown to nobody."""
    await tx.execute(
        """
        UPDATE diagnoses SET withdrawn_by = coalesce(withdrawn_by, $4), withdrawn_at = coalesce(withdrawn_at, $5)
        WHERE clinic_id = $1 AND person_id = $2 AND id = $3
        """,
        clinic, client, id, author.by, author.at,
    )  # fmt: skip
