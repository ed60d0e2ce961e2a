"""What the routes of guests take and answer."""

from datetime import date
from typing import Annotated

import msgspec

from domain.events.fact import Instant
from domain.events.schedule import GuestRole, SessionKind
from domain.people.ties import Relation
from domain.privacy.consents import Given, ReleaseScope
from domain.privacy.texts import Language
from server.access.guest_payloads import AgreedText
from server.http.payloads import Body, Email, Id, TypedName, View

Phone = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^ *[+(0-9][-+()./ 0-9]*$")]
Scopes = Annotated[tuple[ReleaseScope, ...], msgspec.Meta(min_length=1, max_length=3)]


class Release(Body, frozen=True, kw_only=True):
    """The client's release as they signed it on paper."""

    scopes: Scopes
    signed_on: date
    expires_on: date
    """Its last day, in the clinic's zone."""
    language: Language = "en"
    """The language of the text that the client signed."""


class Guardian(Body, frozen=True, kw_only=True):
    """A guardian's consent that a minor comes."""

    name: TypedName
    signed_on: date


class OfKind(Body, frozen=True, kw_only=True):
    """Every session of this program and kind, up to a day."""

    program: Id
    kind: SessionKind
    until: date


class GuestFor(Body, frozen=True, kw_only=True):
    """What a link opens: one session, or all of one kind."""

    session: Id | None = None
    of_kind: OfKind | None = None
    by_mail: bool = False
    """Send it to the guest's e-mail address. Otherwise its address is shown once, to be passed on."""


class InviteGuest(Body, frozen=True, kw_only=True):
    """A guest and the release they come on; without `link` they get no way in."""

    name: TypedName
    relation: Relation
    email: Email | None = None
    phone: Phone | None = None
    language: Language = "en"
    """The language in which the guest is written to."""
    minor: bool = False
    guardian: Guardian | None = None
    release: Release
    link: GuestFor | None = None


class FileRelease(Body, frozen=True, kw_only=True):
    """Another release of a guest whose last one has ended; without `link` they get no way in."""

    release: Release
    link: GuestFor | None = None


class SessionChoice(View, frozen=True, kw_only=True):
    """A session that the client may come to, or came to."""

    id: str
    title: str
    kind: SessionKind
    program: str
    program_name: str
    timezone: str
    starts: Instant
    ends: Instant


class LinkOfKind(View, frozen=True, kw_only=True):
    program: str
    program_name: str
    kind: SessionKind
    until: date


class GuestLink(View, frozen=True, kw_only=True):
    """`url` is shown once, at creation."""

    id: str
    session: SessionChoice | None
    of_kind: LinkOfKind | None
    created: Instant
    revoked: bool
    agreed: Instant | None
    """When the guest agreed to the rule of confidentiality."""
    url: str | None = None


class GuestRelease(View, frozen=True, kw_only=True):
    id: str
    scopes: tuple[ReleaseScope, ...]
    signed_on: date
    expires: Instant | None
    last_day: date | None
    """In the clinic's zone, as is the day of the signature."""
    revoked: Instant | None
    stands: bool
    text_version: str | None
    given: Given | None
    filed_by: str | None
    """The name of the member of staff who filed it."""
    revoked_by: str | None


class Guest(View, frozen=True, kw_only=True):
    id: str
    name: str
    seen_as: str
    """What others in a session see."""
    relation: Relation
    role: GuestRole
    email: str | None
    phone: str | None
    guardian: str | None
    release: GuestRelease
    links: tuple[GuestLink, ...]


class Guests(View, frozen=True, kw_only=True):
    """A client's guests, and what an invitation may choose from."""

    client: str
    client_name: str
    guests: tuple[Guest, ...]
    sessions: tuple[SessionChoice, ...]
    """The sessions ahead that the client may come to."""
    release_text: AgreedText
    may_manage: bool
    """Whether you may invite this client's guests and end their releases."""
