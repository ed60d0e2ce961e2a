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


class Look(Access, frozen=True, kw_only=True):
    """An access as it is stored."""

    id: int


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which looks are asked for: those of one actor, at one person's record, from `start` until before `end`."""

    clinic: str
    person: str | None = None
    actor: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    after: int | None = None
    """Only what is older than this row."""


async def looks(tx: Transaction, wanted: Wanted, limit: int) -> list[Look]:
    """The looks that are wanted, newest first. Each condition that is not asked for is left out of the query, so that
    the planner chooses the index of those that are."""
    conditions = {
        "subjects @> ARRAY[{}::uuid]": wanted.person,
        "actor_id = {}": wanted.actor,
        "at >= {}": wanted.start,
        "at < {}": wanted.end,
        "(at, id) < (SELECT at, id FROM access_audit WHERE clinic_id = $1 AND id = {})": wanted.after,
    }
    asked = {condition: value for condition, value in conditions.items() if value is not None}
    where = " AND ".join(condition.format(f"${number}") for number, condition in enumerate(asked, start=3))
    rows = await tx.fetch(
        f"""
        SELECT id, clinic_id AS clinic, at, actor_kind, actor_id AS actor, method, route, subjects, status
        FROM access_audit WHERE clinic_id = $1 {"AND " + where if where else ""} ORDER BY at DESC, id DESC LIMIT $2
        """,
        wanted.clinic, limit, *asked.values(),
    )  # fmt: skip
    return [Look(**row) for row in rows]
