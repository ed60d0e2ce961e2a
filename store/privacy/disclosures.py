"""The accounting of disclosures (42 CFR 2.25): appended in the transaction that reads the disclosed facts."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.privacy.consents import PURPOSE
from domain.privacy.disclosure import NOTICE_VERSION, Disclosure
from store.database import Transaction


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to an API token: the clinic, the token, the instant."""

    clinic: str
    api_token: str
    at: datetime


async def append(tx: Transaction, answer: Answer, disclosures: Sequence[Disclosure]) -> None:
    """Store the disclosures of this answer."""
    await tx.executemany(
        """
        INSERT INTO disclosures (clinic_id, at, client_id, api_token_id, consent_id, purpose, first_position,
                                 last_position, events, notice_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        [
            (
                answer.clinic, answer.at, each.client, answer.api_token, each.consent, PURPOSE, each.first_position,
                each.last_position, each.events, NOTICE_VERSION,
            )
            for each in disclosures
        ],
    )  # fmt: skip
