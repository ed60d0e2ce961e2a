"""Persons: staff and clients alike; a staff role makes somebody staff."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.people.roles import StaffRole


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of a clinic."""

    id: str
    display_name: str
    email: str | None
    external_id: str | None
    staff_roles: Sequence[StaffRole] = ()
    deactivated_at: datetime | None = None
    """Since when this person may neither sign in nor come by a link; None while they may."""
