"""The accounting of disclosures (42 CFR 2.25): appended in the transaction that reads the disclosed facts."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.privacy.consents import PURPOSE
from domain.privacy.disclosure import NOTICE_VERSION, Disclosure
from store.database import Transaction

EXPORT_PURPOSE = "clinic_export"
"""The purpose of a whole export, which two administrators decided on."""


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


class Accounted(msgspec.Struct, frozen=True, kw_only=True):
    """A disclosure as its client's accounting lists it. `recipient`: the program that read; None: a whole export."""

    at: datetime
    recipient: str | None
    purpose: str
    events: int


async def account_export(tx: Transaction, clinic: str, export: str, clients: Sequence[str], at: datetime) -> None:
    """Note in each client's accounting that their whole record left in this export."""
    await tx.execute(
        """
        INSERT INTO disclosures (clinic_id, at, client_id, export_id, purpose, events, notice_version)
        SELECT $1, $2, client, $3, $4, 0, $5 FROM unnest($6::uuid[]) AS client
        """,
        clinic, at, export, EXPORT_PURPOSE, NOTICE_VERSION, clients,
    )  # fmt: skip


async def of_client(tx: Transaction, clinic: str, client: str) -> list[Accounted]:
    """The client's accounting, newest first."""
    rows = await tx.fetch(
        """
        SELECT disclosures.at, api_tokens.name AS recipient, purpose, events FROM disclosures
        LEFT JOIN api_tokens ON api_tokens.clinic_id = disclosures.clinic_id AND api_tokens.id = api_token_id
        WHERE disclosures.clinic_id = $1 AND client_id = $2 ORDER BY disclosures.at DESC, disclosures.id DESC
        """,
        clinic, client,
    )  # fmt: skip
    return [Accounted(**row) for row in rows]
