"""What the routes of people take and answer."""

from typing import Annotated

import msgspec

from domain.events.fact import Instant
from domain.people.persons import StaffState
from domain.people.roles import StaffRole
from server.http.payloads import Body, Email, Name, Secret, TypedName, View


class CreatePerson(Body, frozen=True, kw_only=True):
    display_name: Name
    email: Email | None = None
    external_id: Name | None = None


class Person(View, frozen=True, kw_only=True):
    id: str
    display_name: str
    email: str | None
    external_id: str | None
    staff_roles: tuple[StaffRole, ...]
    auditor_until: Instant | None
    """From then on the auditor's role permits nothing."""
    deactivated: bool
    """Whether this person's access is switched off: no sign-in, no link."""


class StaffMember(View, frozen=True, kw_only=True):
    """Somebody who works here."""

    id: str
    name: str
    email: str | None
    roles: tuple[StaffRole, ...]
    auditor_until: Instant | None
    state: StaffState
    invited_until: Instant | None
    """Of somebody invited: until when the link works, or worked; null if the invitation was withdrawn."""


class StaffMembers(View, frozen=True, kw_only=True):
    """Everybody who works here, or did, by name."""

    items: tuple[StaffMember, ...]


class ChangeRoles(Body, frozen=True, kw_only=True):
    """All roles of a member of staff from now on."""

    roles: Annotated[tuple[StaffRole, ...], msgspec.Meta(min_length=1, max_length=100)]
    auditor_until: Instant | None = None
    """When an auditor's role ends."""


class InviteStaff(Body, frozen=True, kw_only=True):
    name: TypedName
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
    provider: str | None
    """What the clinic's own sign-in is called, if it has one: the invitation may be accepted with it instead."""


class AcceptInvitation(Body, frozen=True, kw_only=True):
    link: Secret
    name: TypedName
    password: Secret
