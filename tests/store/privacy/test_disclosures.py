"""Disclosures are recorded and cannot be changed."""

import asyncpg
import pytest

from domain.events.schedule import PolicyReference
from domain.privacy.consents import PURPOSE, Consent
from domain.privacy.disclosure import NOTICE_VERSION, Disclosure
from runtime.clock import new_id
from store.access import api_tokens
from store.access.api_tokens import ApiToken
from store.database import Database
from store.privacy import consents, disclosures
from store.privacy.disclosures import Answer
from tests.workers import evening
from tests.workers.evening import SIX


async def test_an_answers_disclosures_are_recorded_and_cannot_be_changed(database: Database) -> None:
    clinic = await evening.found(database, PolicyReference("p", 1, "d"))
    token = ApiToken(id=new_id(), clinic=clinic.id, name="Biller", scopes=("feed",), created_at=SIX, expires_at=None)
    consent = Consent(
        id=new_id(), client=clinic.pat, recipient="Biller", purpose="treatment_payment_operations", signed_at=SIX
    )
    disclosure = Disclosure(client=clinic.pat, consent=consent.id, first_position=3, last_position=9, events=4)
    async with database.transaction() as tx:
        await api_tokens.create(tx, token, b"hash")
        await consents.file(tx, clinic.id, consent)
        await disclosures.append(tx, Answer(clinic=clinic.id, api_token=token.id, at=SIX), [disclosure])
        [row] = await tx.fetch("SELECT * FROM disclosures")
    assert (row["clinic_id"], row["at"], row["client_id"]) == (clinic.id, SIX, clinic.pat)
    assert (row["api_token_id"], row["consent_id"], row["purpose"]) == (token.id, consent.id, PURPOSE)
    assert (row["first_position"], row["last_position"], row["events"]) == (3, 9, 4)
    assert row["notice_version"] == NOTICE_VERSION
    for statement in ("DELETE FROM disclosures", "UPDATE disclosures SET events = 0"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction() as tx:
                await tx.execute(statement)
