"""Personal join links: one person, one enrolment, expiring, revocable."""

from datetime import date, datetime

import msgspec


class JoinLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link and its owner."""

    id: str
    clinic: str
    person: str
    enrolment: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class LinkHolder(msgspec.Struct, frozen=True, kw_only=True):
    """What a link proves: the person, and the enrolment that lets them in."""

    link: str
    clinic: str
    clinic_name: str
    person: str
    name: str
    enrolment: str
    program: str
    program_name: str
    starts_on: date
    ends_on: date | None
    expires_at: datetime
    revoked_at: datetime | None
