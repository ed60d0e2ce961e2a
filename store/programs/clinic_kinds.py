"""Kinds of sessions that clinics name themselves."""

from domain.programs.kinds import ClinicKind
from store.database import Transaction


async def create(tx: Transaction, clinic: str, kind: ClinicKind) -> None:
    """Add a kind."""
    await tx.execute(
        "INSERT INTO clinic_kinds (clinic_id, id, name, counts_as, in_use) VALUES ($1, $2, $3, $4, $5)",
        clinic, kind.id, kind.name, kind.counts_as, kind.in_use,
    )  # fmt: skip


async def describe(tx: Transaction, clinic: str, kind: ClinicKind) -> None:
    """Store the kind's name, and whether it is in use."""
    await tx.execute(
        "UPDATE clinic_kinds SET name = $3, in_use = $4 WHERE clinic_id = $1 AND id = $2",
        clinic, kind.id, kind.name, kind.in_use,
    )  # fmt: skip


async def of_clinic(tx: Transaction, clinic: str) -> list[ClinicKind]:
    """Every kind that the clinic has named, by name."""
    rows = await tx.fetch(
        "SELECT id, name, counts_as, in_use FROM clinic_kinds WHERE clinic_id = $1 ORDER BY lower(name), id", clinic
    )
    return [ClinicKind(**row) for row in rows]


async def find(tx: Transaction, clinic: str, id: str) -> ClinicKind | None:
    """The clinic's kind with that id."""
    row = await tx.fetchrow(
        "SELECT id, name, counts_as, in_use FROM clinic_kinds WHERE clinic_id = $1 AND id = $2", clinic, id
    )
    return ClinicKind(**row) if row else None
