"""Coverages: the payer of an enrolment, from one day to another."""

from collections.abc import Sequence
from datetime import date

from domain.programs.enrolments import Coverage
from store.database import Transaction


async def create(tx: Transaction, clinic: str, coverage: Coverage) -> None:
    """Add a coverage."""
    await tx.execute(
        """
        INSERT INTO coverages (id, clinic_id, enrolment_id, payer, policy_id, policy_version, valid_from, valid_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        coverage.id, clinic, coverage.enrolment, coverage.payer, coverage.policy_id, coverage.policy_version,
        coverage.valid_from, coverage.valid_to,
    )  # fmt: skip


async def payers(tx: Transaction, clinic: str, enrolments: Sequence[str], on: date) -> dict[str, str]:
    """The payer of each of these enrolments on that day; an enrolment without coverage is left out."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT ON (enrolment_id) enrolment_id, payer FROM coverages
        WHERE clinic_id = $1 AND enrolment_id = ANY($2::uuid[])
          AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3)
        ORDER BY enrolment_id, valid_from DESC, id DESC
        """,
        clinic, enrolments, on,
    )  # fmt: skip
    return {row["enrolment_id"]: row["payer"] for row in rows}
