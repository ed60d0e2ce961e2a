"""What the routes of sign-in, tokens, personal links and tickets take and answer."""

from typing import Annotated, Literal

import msgspec

from domain.access.relay_credentials import RelayCredentials
from domain.events.fact import Instant
from domain.mail.mails import Language
from domain.people.roles import Permission, StaffRole
from domain.programs.acts import State
from server.http.payloads import Body, Email, Id, Name, Secret, View
from server.schedule.payloads import Session


class SignIn(Body, frozen=True, kw_only=True):
    email: Email
    password: Secret


class Me(View, frozen=True, kw_only=True):
    """Who is signed in."""

    person: str
    clinic: str
    clinic_name: str
    name: str
    roles: tuple[StaffRole, ...]
    permissions: tuple[Permission, ...]
    """What these roles may do, sorted."""


class CreateJoinLink(Body, frozen=True, kw_only=True):
    enrolment: Id
    expires: Instant | None = None
    """Default: 14 days from now."""


class JoinLink(View, frozen=True, kw_only=True):
    """`url` is shown once, at creation; its secret is in the fragment, which browsers send to no server."""

    id: str
    person: str
    enrolment: str | None
    expires: Instant
    revoked: bool
    url: str | None = None


class OpenJoinLink(Body, frozen=True, kw_only=True):
    link: Secret


class Invitation(View, frozen=True, kw_only=True):
    """What a personal link opens: who you are here, and the session that is on now or next."""

    person: str
    name: str
    clinic_name: str
    program_name: str
    session: Session | None
    """The session whose lobby is open now (from 30 minutes before its start to its end), else the next one, else null.
    Its roster is empty: a client does not learn who else is expected."""
    lobby_opens: Instant | None
    may_enter: bool
    standing: State | None = None
    """Where the person stands in the program today; null before any enrolment."""
    now: Instant
    """By the service's clock, which decides when the door opens; the device's clock does not."""


class RequestTicket(Body, frozen=True, kw_only=True):
    """Staff send nothing (their sign-in says who they are); a client sends the personal link's secret."""

    link: Secret | None = None


class TicketView(View, frozen=True, kw_only=True):
    """Send `ticket` as the first message to the socket at `url`, within a minute."""

    ticket: str
    url: str
    ice_servers: tuple[RelayCredentials, ...]


class CreateApiToken(Body, frozen=True, kw_only=True):
    name: Name
    scopes: Annotated[tuple[Literal["feed"], ...], msgspec.Meta(min_length=1, max_length=100)]
    expires: Instant | None = None


class ApiToken(View, frozen=True, kw_only=True):
    """`secret` is shown once, at creation."""

    id: str
    name: str
    scopes: tuple[str, ...]
    expires: Instant | None
    revoked: bool
    secret: str | None = None


class AskForCode(Body, frozen=True, kw_only=True):
    link: Secret
    language: Language = "en"
    """The language of the mail."""


class GiveCode(Body, frozen=True, kw_only=True):
    link: Secret
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    """The six digits of the newest mail; spaces between them do not matter."""


class SetIdentityContact(Body, frozen=True, kw_only=True):
    address: Email


class IdentityContact(View, frozen=True, kw_only=True):
    """Where codes go. `shared`: another client has the same address. Then, and when `locked`, none are sent."""

    address: str
    set_at: Instant
    set_by: str
    set_by_name: str
    shared: bool
    locked: bool
    """Whether too many wrong codes were given."""


class RememberedBrowser(View, frozen=True, kw_only=True):
    id: str
    identified_at: Instant
    expires_at: Instant


class Identity(View, frozen=True, kw_only=True):
    """How a client proves who they are, and the browsers in which they have."""

    contact: IdentityContact | None
    browsers: tuple[RememberedBrowser, ...]
