"""Personal join links: one person, expiring, revocable; with an enrolment, or before one."""

from datetime import datetime

import msgspec

from domain.programs.acts import Stretch


class JoinLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link and its owner. Somebody who has not been admitted has no enrolment yet: rosters alone let them in."""

    id: str
    clinic: str
    person: str
    enrolment: str | None = None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class LinkHolder(msgspec.Struct, frozen=True, kw_only=True):
    """What a link proves: the person, and the days on which an enrolment lets them into their program's groups."""

    link: str
    clinic: str
    clinic_name: str
    person: str
    name: str
    enrolment: str | None
    program: str | None
    program_name: str
    timezone: str | None = None
    """The program's, by whose calendar the days begin."""
    days: tuple[Stretch, ...] = ()
    expires_at: datetime
    revoked_at: datetime | None


def address(public_origin: str, secret: str) -> str:
    """The link itself. Its secret is in the fragment, which browsers send to no server."""
    return f"{public_origin}/join#{secret}"
