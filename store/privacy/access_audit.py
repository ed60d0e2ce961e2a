"""The audit of access (45 CFR 164.312(b)): one row for each answer about a person's record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from store.database import Transaction


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """One read or change of records, or an attempt. `route` is the pattern; `subjects` are the ids of their persons."""

    clinic: str
    at: datetime
    actor_kind: Literal["person", "api_token", "unknown"]
    actor: str | None
    method: str
    route: str
    subjects: Sequence[str]
    status: int


async def append(tx: Transaction, access: Access) -> None:
    """Store an access."""
    await tx.execute(
        """
        INSERT INTO access_audit (clinic_id, at, actor_kind, actor_id, method, route, subjects, status)
        VALUES ($1, $2, $3, $4, $5, $6, $7::uuid[], $8)
        """,
        access.clinic, access.at, access.actor_kind, access.actor, access.method, access.route,
        access.subjects, access.status,
    )  # fmt: skip
