"""The accounting of disclosures (42 CFR 2.25): appended in the transaction that reads what is disclosed."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.privacy.consents import PURPOSE
from domain.privacy.disclosure import NOTICE_VERSION, Disclosure
from store.database import Transaction


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Which clinic answered which API token, when."""

    clinic: str
    api_token: str
    at: datetime


async def append(tx: Transaction, answer: Answer, disclosures: Sequence[Disclosure]) -> None:
    """Keep what this answer tells of whom."""
    await tx.executemany(
        """
        INSERT INTO disclosures (clinic_id, at, client_id, api_token_id, consent_id, purpose, first_position,
                                 last_position, events, notice_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        [
            (
                answer.clinic, answer.at, told.client, answer.api_token, told.consent, PURPOSE, told.first_position,
                told.last_position, told.events, NOTICE_VERSION,
            )
            for told in disclosures
        ],
    )  # fmt: skip
