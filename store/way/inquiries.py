"""Inquiries and their steps: added, never changed. What was said is stored encrypted."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from domain.way.inquiries import Inquiry, InquiryState, Step
from store.database import Transaction

_COLUMNS = """inquiries.id, program_id AS program, inquiries.name, reach, may_leave_message, heard, urgencies,
              priorities, asked_at, state, person_id AS person, enrolment_id AS enrolment"""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """What was said at a step, encrypted, and the id of its key."""

    data_key: str
    said: bytes


async def create(tx: Transaction, clinic: str, inquiry: Inquiry) -> None:
    """Add an inquiry."""
    await tx.execute(
        """
        INSERT INTO inquiries (clinic_id, id, program_id, name, reach, may_leave_message, heard, urgencies, priorities,
                               asked_at, state, person_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """,
        clinic, inquiry.id, inquiry.program, inquiry.name, inquiry.reach, inquiry.may_leave_message, inquiry.heard,
        inquiry.urgencies, inquiry.priorities, inquiry.asked_at, inquiry.state, inquiry.person,
    )  # fmt: skip


async def follow(tx: Transaction, clinic: str, inquiry: Inquiry) -> None:
    """Store where the inquiry stands after a step."""
    await tx.execute(
        """
        UPDATE inquiries SET state = $3, person_id = $4, enrolment_id = $5, priorities = $6
        WHERE clinic_id = $1 AND id = $2
        """,
        clinic, inquiry.id, inquiry.state, inquiry.person, inquiry.enrolment, inquiry.priorities,
    )  # fmt: skip


async def take(tx: Transaction, clinic: str, id: str) -> Inquiry | None:
    """The clinic's inquiry with that id, which nobody else changes until the transaction ends."""
    row = await tx.fetchrow(
        f"SELECT {_COLUMNS} FROM inquiries WHERE clinic_id = $1 AND id = $2 FOR NO KEY UPDATE", clinic, id
    )
    return Inquiry(**row) if row else None


async def of_states(
    tx: Transaction, clinic: str, states: Sequence[InquiryState], program: str | None, limit: int
) -> list[Inquiry]:
    """Inquiries in one of these states (for that program), the latest first, at most `limit`."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM inquiries
        WHERE clinic_id = $1 AND state = ANY($2::text[]) AND ($3::uuid IS NULL OR program_id = $3)
        ORDER BY asked_at DESC, id LIMIT $4
        """,
        clinic, states, program, limit,
    )  # fmt: skip
    return [Inquiry(**row) for row in rows]


async def counts(tx: Transaction, clinic: str) -> dict[InquiryState, int]:
    """How many inquiries are in each state; states without any are left out."""
    rows = await tx.fetch("SELECT state, count(*) AS n FROM inquiries WHERE clinic_id = $1 GROUP BY state", clinic)
    return {row["state"]: row["n"] for row in rows}


async def append(tx: Transaction, clinic: str, inquiry: str, step: Step, sealed: Sealed | None = None) -> None:
    """Add a step, with what was said, if anything."""
    await tx.execute(
        """
        INSERT INTO inquiry_steps (clinic_id, id, inquiry_id, kind, on_day, at, by_id, codes, data_key_id, said)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        clinic, step.id, inquiry, step.kind, step.on, step.at, step.by, msgspec.json.encode(step.codes).decode(),
        sealed and sealed.data_key, sealed and sealed.said,
    )  # fmt: skip


async def steps(tx: Transaction, clinic: str, inquiries: Sequence[str]) -> dict[str, list[Step]]:
    """By inquiry, its steps in the order in which they were recorded."""
    rows = await tx.fetch(
        """
        SELECT inquiry_id, id, kind, on_day AS on, at, by_id AS by, codes FROM inquiry_steps
        WHERE clinic_id = $1 AND inquiry_id = ANY($2::uuid[]) ORDER BY number
        """,
        clinic, inquiries,
    )  # fmt: skip
    found: dict[str, list[Step]] = {inquiry: [] for inquiry in inquiries}
    for row in rows:
        inquiry, *values = row.items()
        found[inquiry[1]].append(_step(values))
    return found


async def sealed(tx: Transaction, clinic: str, inquiry: str) -> dict[str, bytes]:
    """By step, what was said at it, encrypted."""
    rows = await tx.fetch(
        "SELECT id, said FROM inquiry_steps WHERE clinic_id = $1 AND inquiry_id = $2 AND said IS NOT NULL",
        clinic, inquiry,
    )  # fmt: skip
    return {row["id"]: row["said"] for row in rows}


def _step(values: Iterable[tuple[str, Any]]) -> Step:
    known = dict(values)
    return Step(**known | {"codes": msgspec.json.decode(known["codes"], type=dict[str, str])})
