"""Consents on file (42 CFR Part 2): who may be told of a client, for what, until when."""

from datetime import datetime
from typing import Literal

import msgspec

from store.database import Transaction

Purpose = Literal["treatment_payment_operations", "counselling_notes", "legal"]


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A consent as signed; `recipient` is the name of whoever may be told."""

    id: str
    client: str
    recipient: str
    purpose: Purpose
    signed_at: datetime
    expires_at: datetime | None = None


async def file(tx: Transaction, clinic: str, consent: Consent) -> None:
    """Put a consent on file."""
    await tx.execute(
        """
        INSERT INTO consents (id, clinic_id, client_id, recipient, purpose, signed_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        consent.id, clinic, consent.client, consent.recipient, consent.purpose, consent.signed_at, consent.expires_at,
    )  # fmt: skip
