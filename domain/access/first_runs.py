"""The first run of a clinic: one link, which makes its first administrator and is spent."""

from datetime import datetime, timedelta

import msgspec

from domain.errors import LinkExpired, LinkRevoked

LIFE = timedelta(hours=1)
"""How long the link may be used."""
AGAIN = "Ask whoever runs the server to run `vesper create-clinic NAME --again`, which prints a new link."


class FirstRun(msgspec.Struct, frozen=True, kw_only=True):
    """What the link proves: whoever holds it may become the clinic's first administrator."""

    clinic: str
    clinic_name: str
    expires_at: datetime
    used_at: datetime | None


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """What a clinic has already of what a first run makes; what is missing is left to do."""

    second_factor: bool
    """Whether the administrator who asks has one."""
    program: str | None
    """The id of the first program."""
    kinds: int
    leaders: int
    """Staff who lead rooms."""
    clients: int
    group: str | None
    """The id of the first session."""


def check(run: FirstRun, now: datetime) -> None:
    """Refuse a link that is spent or over.

    Raises:
        LinkRevoked, LinkExpired
    """
    if run.used_at is not None:
        raise LinkRevoked("This link was used already. Sign in, and go on with what is left.")
    if now >= run.expires_at:
        raise LinkExpired(f"This link was good for one hour, which is over. {AGAIN}")
