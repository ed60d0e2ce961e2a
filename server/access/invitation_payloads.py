"""What the routes of staff's invitations take and answer."""

from typing import Annotated

import msgspec

from domain.events.fact import Instant
from domain.people.roles import StaffRole
from server.http.payloads import Body, Email, Name, Secret, View


class InviteStaff(Body, frozen=True, kw_only=True):
    name: Name
    email: Email
    roles: Annotated[tuple[StaffRole, ...], msgspec.Meta(min_length=1, max_length=100)]
    auditor_until: Instant | None = None
    """When an auditor's role ends."""


class OpenInvitation(Body, frozen=True, kw_only=True):
    link: Secret


class StaffInvitation(View, frozen=True, kw_only=True):
    """What a link invites to."""

    clinic_name: str
    name: str
    email: str
    """Signs in with the password that is set now."""
    roles: tuple[StaffRole, ...]
    expires: Instant


class AcceptInvitation(Body, frozen=True, kw_only=True):
    link: Secret
    name: Name
    password: Secret
