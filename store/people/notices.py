"""Notices for persons, stored until they are mailed."""

from datetime import datetime
from typing import Literal

import msgspec

from store.database import Transaction
from store.people.persons import SignsIn

Kind = Literal["invited_elsewhere"]
"""`invited_elsewhere`: another clinic invited somebody with this person's address."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One mail to be sent to a person of a clinic."""

    id: str
    kind: Kind
    at: datetime


async def add(tx: Transaction, to: SignsIn, notice: Notice) -> None:
    """Store a notice for a person."""
    await tx.execute(
        "INSERT INTO notices (id, clinic_id, person_id, kind, at) VALUES ($1, $2, $3, $4, $5)",
        notice.id, to.clinic, to.person, notice.kind, notice.at,
    )  # fmt: skip
