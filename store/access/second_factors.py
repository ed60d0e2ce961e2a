"""Second factors of staff: one-time codes and passkeys. Secrets of codes are stored as the caller encrypted them."""

from datetime import datetime
from typing import Literal

import msgspec

from store.database import Transaction

Kind = Literal["one_time_code", "passkey"]


class Factor(msgspec.Struct, frozen=True, kw_only=True):
    """A factor of a person. What its kind does not have is None."""

    id: str
    clinic: str
    person: str
    kind: Kind
    name: str
    created_at: datetime
    last_used_at: datetime | None = None
    secret: bytes | None = None
    last_step: int | None = None
    """No one-time code of this step or an earlier one works any more."""
    credential_id: bytes | None = None
    public_key: bytes | None = None
    sign_count: int | None = None


_COLUMNS = """id, clinic_id AS clinic, person_id AS person, kind, name, created_at, last_used_at, secret, last_step,
              credential_id, public_key, sign_count"""


async def add(tx: Transaction, factor: Factor) -> None:
    """Add a factor."""
    await tx.execute(
        """
        INSERT INTO second_factors (clinic_id, id, person_id, kind, name, created_at, secret, last_step,
                                    credential_id, public_key, sign_count)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        factor.clinic, factor.id, factor.person, factor.kind, factor.name, factor.created_at, factor.secret,
        factor.last_step, factor.credential_id, factor.public_key, factor.sign_count,
    )  # fmt: skip


async def of_person(tx: Transaction, clinic: str, person: str) -> list[Factor]:
    """The person's factors, the oldest first."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM second_factors WHERE clinic_id = $1 AND person_id = $2 ORDER BY created_at, id",
        clinic, person,
    )  # fmt: skip
    return [Factor(**row) for row in rows]


async def use_step(tx: Transaction, factor: Factor, step: int, now: datetime) -> bool:
    """Use up the codes of a step and of all steps before it; False when somebody used that step meanwhile."""
    used = await tx.fetchval(
        """
        UPDATE second_factors SET last_step = $3, last_used_at = $4
        WHERE clinic_id = $1 AND id = $2 AND last_step < $3 RETURNING true
        """,
        factor.clinic, factor.id, step, now,
    )  # fmt: skip
    return bool(used)


async def use_passkey(tx: Transaction, factor: Factor, sign_count: int, now: datetime) -> None:
    """Record the use of a passkey, with its counter."""
    await tx.execute(
        "UPDATE second_factors SET sign_count = $3, last_used_at = $4 WHERE clinic_id = $1 AND id = $2",
        factor.clinic, factor.id, sign_count, now,
    )  # fmt: skip


async def rename(tx: Transaction, clinic: str, person: str, id: str, name: str) -> bool:
    """Give a person's factor another name; False when they have no such factor."""
    found = await tx.fetchval(
        "UPDATE second_factors SET name = $4 WHERE clinic_id = $1 AND person_id = $2 AND id = $3 RETURNING true",
        clinic, person, id, name,
    )  # fmt: skip
    return bool(found)


async def remove(tx: Transaction, clinic: str, person: str, id: str) -> bool:
    """Remove a person's factor; False when they have no such factor."""
    found = await tx.fetchval(
        "DELETE FROM second_factors WHERE clinic_id = $1 AND person_id = $2 AND id = $3 RETURNING true",
        clinic, person, id,
    )  # fmt: skip
    return bool(found)
