"""Dated acts of enrolments: recorded and withdrawn, never changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.programs.acts import Act, Withdrawal
from store.database import Transaction

_COLUMNS = """id, enrolment_id AS enrolment, kind, from_on, number, phase_id AS phase, reason, by_id AS by, recorded_at,
              withdrawn_at, withdrawn_by"""


async def record(tx: Transaction, clinic: str, act: Act) -> Act:
    """Add an act; returns it with its place in the order of recording."""
    number = await tx.fetchval(
        """
        INSERT INTO acts (clinic_id, id, enrolment_id, kind, from_on, phase_id, reason, by_id, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING number
        """,
        clinic, act.id, act.enrolment, act.kind, act.from_on, act.phase, act.reason, act.by, act.recorded_at,
    )  # fmt: skip
    return msgspec.structs.replace(act, number=number)


async def withdraw(tx: Transaction, clinic: str, id: str, by: str, at: datetime) -> None:
    """Say that an act does not count; an earlier withdrawal stays."""
    await tx.execute(
        """
        UPDATE acts SET withdrawn_at = $3, withdrawn_by = $4
        WHERE clinic_id = $1 AND id = $2 AND withdrawn_at IS NULL
        """,
        clinic, id, at, by,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Act | None:
    """The clinic's act with that id."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM acts WHERE clinic_id = $1 AND id = $2", clinic, id)
    return _act(row.items()) if row else None


async def of_enrolment(tx: Transaction, clinic: str, enrolment: str) -> list[Act]:
    """The enrolment's acts, in the order of recording."""
    return (await of_enrolments(tx, clinic, [enrolment]))[enrolment]


async def of_enrolments(tx: Transaction, clinic: str, enrolments: Sequence[str]) -> dict[str, list[Act]]:
    """By enrolment, its acts in the order of recording."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM acts WHERE clinic_id = $1 AND enrolment_id = ANY($2::uuid[]) ORDER BY number",
        clinic, enrolments,
    )  # fmt: skip
    found: dict[str, list[Act]] = {enrolment: [] for enrolment in enrolments}
    for row in rows:
        found[row["enrolment"]].append(_act(row.items()))
    return found


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What was written beside an act, encrypted, and the id of the key."""

    act: str
    data_key: str
    sealed: bytes


async def keep_words(tx: Transaction, clinic: str, words: Words) -> None:
    """Store what was written beside an act."""
    await tx.execute(
        "INSERT INTO act_words (clinic_id, act_id, data_key_id, words) VALUES ($1, $2, $3, $4)",
        clinic, words.act, words.data_key, words.sealed,
    )  # fmt: skip


async def words_of(tx: Transaction, clinic: str, acts: Sequence[str]) -> list[Words]:
    """What was written beside these acts."""
    rows = await tx.fetch(
        """
        SELECT act_id AS act, data_key_id AS data_key, words AS sealed FROM act_words
        WHERE clinic_id = $1 AND act_id = ANY($2::uuid[]) ORDER BY act_id
        """,
        clinic, acts,
    )  # fmt: skip
    return [Words(**row) for row in rows]


def _act(row: Iterable[tuple[str, Any]]) -> Act:
    values = dict(row)
    at, by = values.pop("withdrawn_at"), values.pop("withdrawn_by")
    return Act(**values, withdrawn=None if at is None else Withdrawal(by=by, at=at))
