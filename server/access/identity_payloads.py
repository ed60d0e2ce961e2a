"""What the routes of identity codes take and answer."""

from typing import Annotated

import msgspec

from domain.events.fact import Instant
from domain.mail.mails import Language
from server.http.payloads import Body, Email, Secret, View


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
