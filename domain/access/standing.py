"""What a sign-in may do now: everything, or first a confirmation, or first a second factor; and when it is over."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from domain.people.roles import StaffRole

Standing = Literal["open", "locked", "factor_missing"]
"""`locked`: the person must confirm the sign-in first. `factor_missing`: they must add a second factor first."""
Required = Literal["never", "by_role", "always"]
"""Whom a clinic asks for a second factor."""

LOCKS_AFTER = timedelta(minutes=15)
"""Without the person's own input for this long, a sign-in locks."""
IDLE = timedelta(hours=4)
"""A sign-in unused for this long ends."""
ABSOLUTE = timedelta(hours=12)
"""A sign-in ends after this long, however often it is used."""
AFTER_SESSION = timedelta(hours=1)
"""A sign-in outlives the session that it entered by this much, whatever the two limits above say."""
FRESH = timedelta(minutes=5)
"""For dangerous acts, a confirmation counts for this long."""


class FactorPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a clinic asks for a second factor, since when."""

    required: Required = "never"
    roles: tuple[StaffRole, ...] = ()
    """With `by_role`: who has one of these."""
    since: datetime | None = None

    def asks(self, roles: Collection[str]) -> bool:
        """Whether staff with these roles need a second factor."""
        return self.required == "always" or (self.required == "by_role" and not set(self.roles).isdisjoint(roles))


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """The instants of a sign-in that its standing follows from."""

    begun: datetime
    used: datetime
    active: datetime
    locked: datetime | None = None
    """When the person locked it by hand."""


def locks_at(active: datetime, locked: datetime | None) -> datetime:
    """When a sign-in with this last input locks, or has locked. Only a confirmation moves an instant that is past."""
    return active + LOCKS_AFTER if locked is None else min(locked, active + LOCKS_AFTER)


def standing(times: Times, *, asked: bool, has_factor: bool, since: datetime | None, now: datetime) -> Standing:
    """The standing at `now`; `asked` is whether the clinic asks this person for a factor, `since` from when on.

    A sign-in from before the policy goes on: nobody is stopped in the middle of a group.
    """
    if now >= locks_at(times.active, times.locked):
        return "locked"
    if asked and not has_factor and (since is None or times.begun >= since):
        return "factor_missing"
    return "open"


def lasts_until(times: Times, session_ends: datetime | None) -> datetime:
    """When the sign-in is over; `session_ends` is the end of the session that it entered last, as extended."""
    own = min(times.begun + ABSOLUTE, times.used + IDLE)
    return own if session_ends is None else max(own, session_ends + AFTER_SESSION)


def is_fresh(at: datetime | None, now: datetime) -> bool:
    """Whether a confirmation at `at` still counts for dangerous acts."""
    return at is not None and now - at <= FRESH
