"""Invitations of staff: one person, a link that works once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from domain.errors import LinkExpired, LinkRevoked
from domain.people.roles import StaffRole

LIFE = timedelta(hours=24)
"""How long an invitation may be accepted."""


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation of a person who is staff already and cannot sign in yet."""

    id: str
    clinic: str
    person: str
    created_at: datetime
    expires_at: datetime


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """What an invitation's link proves: who is invited, to which clinic and as what."""

    invitation: str
    clinic: str
    clinic_name: str
    person: str
    name: str
    email: str
    roles: Sequence[StaffRole]
    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None
    """When it was withdrawn, or the person's access was switched off."""


def check(invited: Invited, now: datetime) -> None:
    """Refuse an invitation that can no longer be accepted.

    Raises:
        LinkRevoked, LinkExpired
    """
    if invited.accepted_at is not None:
        raise LinkRevoked("This invitation was accepted already. Sign in with your e-mail address and password.")
    if invited.withdrawn_at is not None:
        raise LinkRevoked("This invitation was withdrawn. Ask an administrator of your clinic for a new one.")
    if now >= invited.expires_at:
        raise LinkExpired("This invitation has expired. Ask an administrator of your clinic for a new one.")
