"""Consents in the ledger: each one given and each one revoked is a fact about its client."""

from datetime import datetime

from domain.events.fact import Event
from domain.events.privacy import ConsentGiven, ConsentRevoked
from domain.ledger.streams import consent_stream
from domain.privacy.consents import Consent
from runtime.clock import fact_id
from store.database import Transaction
from store.ledger import streams
from store.privacy import consents


async def record_given(tx: Transaction, clinic: str, consent: Consent, now: datetime) -> None:
    """Record that a consent was put on file. Call it last in the transaction that files it."""
    given = ConsentGiven(
        id=fact_id(),
        at=now,
        consent=consent.id,
        client=consent.client,
        recipient=consent.recipient_id,
        purpose=consent.purpose,
        scopes=consent.scopes,
        signed_at=consent.signed_at,
        expires=consent.expires_at,
        text_version=consent.text_version or "",
        text_digest=consent.text_digest or "",
        by=consent.filed_by,
    )
    await _record(tx, clinic, consent.client, given)


async def revoke(tx: Transaction, clinic: str, consent: Consent, now: datetime, by: str | None) -> None:
    """End a consent and record it; one that was revoked before stays as it is. Call it last in the transaction."""
    if await consents.revoke(tx, clinic, consent.id, now, by):
        revoked = ConsentRevoked(id=fact_id(), at=now, consent=consent.id, client=consent.client, by=by)
        await _record(tx, clinic, consent.client, revoked)


async def _record(tx: Transaction, clinic: str, client: str, event: Event) -> None:
    await streams.record(tx, clinic, consent_stream(client), event, client)
