"""Notices for persons, kept until something mails them."""

from datetime import datetime
from typing import Literal

import msgspec

from store.database import Transaction

Kind = Literal["invited_elsewhere"]
"""`invited_elsewhere`: another clinic wanted to make somebody sign in with this person's address."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One mail to be sent to a person of a clinic."""

    id: str
    kind: Kind
    at: datetime


async def add(tx: Transaction, person: str, notice: Notice) -> None:
    """Keep a notice for the person."""
    await tx.execute(
        """
        INSERT INTO notices (id, clinic_id, person_id, kind, at)
        SELECT $1, clinic_id, id, $3, $4 FROM persons WHERE id = $2
        """,
        notice.id, person, notice.kind, notice.at,
    )  # fmt: skip
