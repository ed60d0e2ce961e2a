"""What passkeys are asked to sign, once each."""

from datetime import datetime
from typing import Literal

import msgspec

from store.database import Transaction


class Challenge(msgspec.Struct, frozen=True, kw_only=True):
    """Random bytes for one passkey of one person, for one purpose."""

    clinic: str
    person: str
    purpose: Literal["enrol", "confirm"]
    challenge: bytes
    expires_at: datetime


async def add(tx: Transaction, challenge: Challenge, now: datetime) -> None:
    """Remember a challenge, and drop the person's expired ones."""
    await tx.execute(
        "DELETE FROM passkey_challenges WHERE clinic_id = $1 AND person_id = $2 AND expires_at <= $3",
        challenge.clinic, challenge.person, now,
    )  # fmt: skip
    await tx.execute(
        """
        INSERT INTO passkey_challenges (clinic_id, person_id, purpose, challenge, expires_at)
        VALUES ($1, $2, $3, $4, $5)
        """,
        challenge.clinic, challenge.person, challenge.purpose, challenge.challenge, challenge.expires_at,
    )  # fmt: skip


async def use(tx: Transaction, challenge: Challenge, now: datetime) -> bool:
    """Use a challenge up; False when there is no such challenge of this person, or it has expired."""
    used = await tx.fetchval(
        """
        DELETE FROM passkey_challenges
        WHERE clinic_id = $1 AND person_id = $2 AND purpose = $3 AND challenge = $4 AND expires_at > $5 RETURNING true
        """,
        challenge.clinic, challenge.person, challenge.purpose, challenge.challenge, now,
    )  # fmt: skip
    return bool(used)
