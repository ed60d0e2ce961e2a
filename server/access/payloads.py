"""What the routes of sign-in, tokens, personal links and tickets take and answer."""

from typing import Annotated, Literal

import msgspec

from domain.access.standing import Required, Standing
from domain.events.fact import Instant
from domain.mail.mails import Language
from domain.people.roles import Permission, StaffRole
from domain.programs.acts import State
from server.access.guest_payloads import AliasOffer, GuestInvitation
from server.http.payloads import Body, Email, Few, Id, Secret, TypedName, View
from server.schedule.payloads import Session

OneTimeCode = Annotated[str, msgspec.Meta(max_length=6, pattern=r"^[0-9]{6}$")]
RecoveryCode = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
PasskeyAnswer = Annotated[str, msgspec.Meta(min_length=2, max_length=16_384)]
"""What the browser answers for a passkey: its JSON, as text."""
FactorName = Annotated[str, msgspec.Meta(max_length=60)]
"""As it was typed, like `TypedName`."""
NewPassword = Annotated[str, msgspec.Meta(min_length=12, max_length=512)]


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
    standing: Standing
    """`locked`: confirm the sign-in first. `factor_missing`: add a second factor first."""
    locks: Instant
    """When the sign-in locks without input of the person, or since when it is locked."""
    second_factor: Literal["missing", "present", "not_asked"]
    """`missing`: the clinic asks this person for a second factor, and they have none."""
    recovery_codes: int
    """How many are left."""


class FactorWanted(View, frozen=True, kw_only=True):
    """The password was right; now the second factor. `pending` goes with it, within ten minutes."""

    pending: str
    one_time_code: bool
    """Whether the person has an authenticator app."""
    recovery_code: bool
    passkey: str | None
    """What the browser is to ask a passkey, as JSON; null if the person has none."""


class SignInAnswer(View, frozen=True, kw_only=True):
    """Either who is signed in now, or the second factor that is still wanted."""

    me: Me | None = None
    factor: FactorWanted | None = None


class FactorProof(Body, frozen=True, kw_only=True):
    """The second step of a sign-in: exactly one of the three."""

    pending: Secret
    code: OneTimeCode | None = None
    recovery_code: RecoveryCode | None = None
    passkey: PasskeyAnswer | None = None


class Proof(Body, frozen=True, kw_only=True):
    """A confirmation of one's own sign-in: exactly one of the four."""

    password: Secret | None = None
    code: OneTimeCode | None = None
    recovery_code: RecoveryCode | None = None
    passkey: PasskeyAnswer | None = None


class Activity(Body, frozen=True, kw_only=True):
    """The person used the page, this many seconds ago. Sent at most once a minute."""

    seconds_ago: Annotated[int, msgspec.Meta(ge=0, le=900)] = 0


class PasskeyOffer(View, frozen=True, kw_only=True):
    """What the browser is to ask for, as JSON."""

    options: str


class OneTimeCodeOffer(View, frozen=True, kw_only=True):
    """A secret for an authenticator app, as text, as an address, and as a picture of that address (a data URI)."""

    secret: str
    address: str
    picture: str


class AddOneTimeCode(Body, frozen=True, kw_only=True):
    """The offered secret, and the code that the app shows for it now."""

    name: FactorName
    secret: Annotated[str, msgspec.Meta(max_length=32, pattern=r"^[A-Z2-7]{32}$")]
    code: OneTimeCode


class AddPasskey(Body, frozen=True, kw_only=True):
    name: FactorName
    passkey: PasskeyAnswer


class RenameFactor(Body, frozen=True, kw_only=True):
    name: FactorName


class SecondFactor(View, frozen=True, kw_only=True):
    id: str
    kind: Literal["one_time_code", "passkey"]
    name: str
    added: Instant
    last_used: Instant | None


class SecondFactors(View, frozen=True, kw_only=True):
    """The caller's own factors. `codes` are new recovery codes, shown this once; null when none were made."""

    factors: tuple[SecondFactor, ...]
    asked: bool
    """Whether the clinic asks this person for one, so that the last cannot be removed."""
    recovery_codes: int
    codes: tuple[str, ...] | None = None


class OwnSignIn(View, frozen=True, kw_only=True):
    id: str
    begun: Instant
    used: Instant
    browser: str
    """Coarse words such as "Firefox, Windows"; empty if unknown."""
    this: bool
    """Whether it is the one that asks."""


class ChangePassword(Body, frozen=True, kw_only=True):
    current: Secret
    password: NewPassword


class AskForReset(Body, frozen=True, kw_only=True):
    email: Email


class ResetPassword(Body, frozen=True, kw_only=True):
    link: Secret
    password: NewPassword


class ChangeFactorPolicy(Body, frozen=True, kw_only=True):
    """Whom the clinic asks for a second factor; `roles` only with `by_role`."""

    required: Required
    roles: Annotated[tuple[StaffRole, ...], Few] = ()


class FactorPolicy(View, frozen=True, kw_only=True):
    required: Required
    roles: tuple[StaffRole, ...]


class CreateJoinLink(Body, frozen=True, kw_only=True):
    enrolment: Id
    expires: Instant | None = None
    """Default: 14 days from now."""


class JoinLink(View, frozen=True, kw_only=True):
    """`url` is shown once, at creation; its secret is in the fragment, which browsers send to no server."""

    id: str
    person: str
    enrolment: str | None
    created: Instant
    expires: Instant
    revoked: bool
    url: str | None = None


class LinkPlace(View, frozen=True, kw_only=True):
    """An enrolment for which a link can be made."""

    enrolment: str
    program_name: str


class ClientLinks(View, frozen=True, kw_only=True):
    links: tuple[JoinLink, ...]
    places: tuple[LinkPlace, ...]


class OpenJoinLink(Body, frozen=True, kw_only=True):
    link: Secret


class Invitation(View, frozen=True, kw_only=True):
    """What a personal link opens: who you are here, and the session that is on now or next."""

    person: str
    name: str
    seen_as: str
    """What others in a session see."""
    guest: GuestInvitation | None
    """Of a client's guest; null for a client."""
    clinic_name: str
    program_name: str
    alias: AliasOffer
    session: Session | None
    """The session whose lobby is open now (from 30 minutes before its start to its end), else the next one, else null.
    Its roster is empty: a client does not learn who else is expected."""
    lobby_opens: Instant | None
    may_enter: bool
    standing: State | None = None
    """Where the person stands in the program today; null before any enrolment."""
    now: Instant
    """By the service's clock, which decides when the door opens; the device's clock does not."""


class CreateApiToken(Body, frozen=True, kw_only=True):
    name: TypedName
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


class ChangeIdentityContact(Body, frozen=True, kw_only=True):
    link: Secret
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    """From the newest mail to the present address."""
    address: Email
    language: Language = "en"
    """The language of the notice to the present address."""


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
