"""Consents on file (42 CFR Part 2): to whom a client's record may be disclosed, for what, until when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

Purpose = Literal["treatment_payment_operations", "counselling_notes", "legal"]
PURPOSE: Purpose = "treatment_payment_operations"
"""The only purpose that covers billing; it covers no counselling notes and no legal proceedings (2.31)."""
ANY_RECIPIENT = "any"
"""The recipient of a consent to everyone who treats, pays or helps to operate."""


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A client's written consent. `expires_at` None: valid until revoked."""

    id: str
    client: str
    recipient: str
    purpose: Purpose
    signed_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def covers(self, recipient: str, now: datetime) -> bool:
        """Whether the consent covers disclosure to `recipient` for billing at `now`."""
        return (
            self.purpose == PURPOSE
            and self.recipient in {recipient, ANY_RECIPIENT}
            and self.signed_at <= now
            and (self.expires_at is None or now < self.expires_at)
            and (self.revoked_at is None or now < self.revoked_at)
        )


def in_force(consents: Iterable[Consent], recipient: str, now: datetime) -> dict[str, Consent]:
    """By client, the consent that covers disclosure to `recipient` at `now`; of several, the latest signed."""
    ordered = sorted(consents, key=lambda consent: (consent.signed_at, consent.id))
    return {consent.client: consent for consent in ordered if consent.covers(recipient, now)}
