"""Recovery codes of staff, as digests; a used one is gone."""

from collections.abc import Sequence

from store.database import Transaction


async def replace(tx: Transaction, clinic: str, person: str, hashes: Sequence[bytes]) -> None:
    """Make these the person's recovery codes; all others stop working."""
    await tx.execute("DELETE FROM recovery_codes WHERE clinic_id = $1 AND person_id = $2", clinic, person)
    await tx.executemany(
        "INSERT INTO recovery_codes (clinic_id, person_id, hash) VALUES ($1, $2, $3)",
        [(clinic, person, hash) for hash in hashes],
    )


async def use(tx: Transaction, clinic: str, person: str, hash: bytes) -> bool:
    """Use a code up; False when the person has no such code."""
    used = await tx.fetchval(
        "DELETE FROM recovery_codes WHERE clinic_id = $1 AND person_id = $2 AND hash = $3 RETURNING true",
        clinic, person, hash,
    )  # fmt: skip
    return bool(used)


async def left(tx: Transaction, clinic: str, person: str) -> int:
    """How many codes the person has left."""
    count: int = await tx.fetchval(
        "SELECT count(*) FROM recovery_codes WHERE clinic_id = $1 AND person_id = $2", clinic, person
    )
    return count
