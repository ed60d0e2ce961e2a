"""What a clinic keeps longer than what ships. A row is added for each decision; the latest counts."""

from datetime import datetime

import msgspec

from domain.privacy.retention import RecordType
from store.database import Transaction


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """To keep a kind of record for so long, in the unit of its rule."""

    record: RecordType
    keep: int
    by: str
    at: datetime


async def longer(tx: Transaction, clinic: str) -> dict[str, int]:
    """By kind of record, the clinic's own time, in the unit of its rule."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT ON (record) record, keep FROM retention_rules WHERE clinic_id = $1
        ORDER BY record, number DESC
        """,
        clinic,
    )
    return {row["record"]: row["keep"] for row in rows}


async def decide(tx: Transaction, clinic: str, decision: Decision) -> None:
    """Keep a kind of record for so long from now on."""
    await tx.execute(
        "INSERT INTO retention_rules (clinic_id, record, keep, by_id, recorded_at) VALUES ($1, $2, $3, $4, $5)",
        clinic, decision.record, decision.keep, decision.by, decision.at,
    )  # fmt: skip
