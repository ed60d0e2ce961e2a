"""Persons: staff and clients alike; a person with a staff role is staff."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from domain.people.roles import StaffRole

StaffState = Literal["invited", "active", "off"]
"""Where a member of staff stands: invited and not here yet, at work, or with their access switched off."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person of a clinic."""

    id: str
    display_name: str
    email: str | None
    external_id: str | None
    staff_roles: Sequence[StaffRole] = ()
    deactivated_at: datetime | None = None
    """When this person lost the right to sign in and to use a link; None while they have it."""
    auditor_until: datetime | None = None
    """When an auditor's role ends; None for all others."""
