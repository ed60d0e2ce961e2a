"""Consents on file (42 CFR Part 2): to whom a client's record may be disclosed, for what, until when.

A guest's release is one of them: its recipient is a person, and its purpose covers no billing.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

Purpose = Literal["treatment_payment_operations", "counselling_notes", "legal", "involvement_in_care"]
PURPOSE: Purpose = "treatment_payment_operations"
"""The only purpose that covers billing; it covers no counselling notes and no legal proceedings (2.31)."""
INVOLVEMENT: Purpose = "involvement_in_care"
"""The purpose of a release: somebody close to the client, or their interpreter, takes part (45 CFR 164.510(b))."""
ANY_RECIPIENT = "any"
"""The recipient of a consent to everyone who treats, pays or helps to operate."""
ReleaseScope = Literal["attend", "hear_progress", "emergency_only"]
"""How much a release allows: to come to sessions, to hear how treatment goes, or only to be called in an emergency."""
Given = Literal["browser", "paper"]
"""How it was given: by the client in the browser, or on paper, which staff filed."""


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """A client's written consent. `expires_at` None: valid until revoked."""

    id: str
    client: str
    recipient: str | None = None
    """The name of a system that reads the feed; None if the recipient is a person."""
    recipient_id: str | None = None
    """The person who may take part."""
    purpose: Purpose
    scopes: tuple[ReleaseScope, ...] = ()
    signed_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    text_version: str | None = None
    text_digest: str | None = None
    """SHA-256 (hex) of the text that was signed."""
    given: Given | None = None
    filed_by: str | None = None
    filed_at: datetime | None = None
    revoked_by: str | None = None

    def covers(self, recipient: str, now: datetime) -> bool:
        """Whether the consent covers disclosure to `recipient` for billing at `now`."""
        return self.purpose == PURPOSE and self.recipient in {recipient, ANY_RECIPIENT} and self.stands(now)

    def lets_attend(self, person: str, now: datetime) -> bool:
        """Whether it is a release by which this person may come to sessions at `now`."""
        return (
            self.purpose == INVOLVEMENT and self.recipient_id == person and "attend" in self.scopes and self.stands(now)
        )

    def stands(self, now: datetime) -> bool:
        """Whether it was signed, and neither has expired nor was revoked."""
        return (
            self.signed_at <= now
            and (self.expires_at is None or now < self.expires_at)
            and (self.revoked_at is None or now < self.revoked_at)
        )


def in_force(consents: Iterable[Consent], recipient: str, now: datetime) -> dict[str, Consent]:
    """By client, the consent that covers disclosure to `recipient` at `now`; of several, the latest signed."""
    ordered = sorted(consents, key=lambda consent: (consent.signed_at, consent.id))
    return {consent.client: consent for consent in ordered if consent.covers(recipient, now)}
