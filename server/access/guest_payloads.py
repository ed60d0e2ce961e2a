"""What the door takes from guests and says to them, and what it says of aliases."""

from typing import Annotated

import msgspec

from domain.events.schedule import GuestRole
from domain.people.ties import Relation
from domain.privacy.texts import Text
from server.http.payloads import Body, Secret, View


class AgreedText(View, frozen=True, kw_only=True):
    """A text that people agree to, in each language."""

    version: str
    en: str
    es: str


def agreed_text(text: Text) -> AgreedText:
    """The text as the API shows it."""
    return AgreedText(version=text.version, en=text.words["en"], es=text.words["es"])


class AgreeToRule(Body, frozen=True, kw_only=True):
    """A guest agrees to this version of the rule of confidentiality."""

    link: Secret
    version: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class GuestInvitation(View, frozen=True, kw_only=True):
    """What a guest's link says besides the session."""

    invited_by: str
    """The client, as others in a session see them."""
    relation: Relation
    role: GuestRole
    rule: AgreedText
    """The rule of confidentiality; no ticket is given before the guest has agreed to this version."""
    agreed: bool


class AliasOffer(View, frozen=True, kw_only=True):
    """What peers will see of the link's holder, and what else they may be called."""

    alias: str
    confirmed: bool
    """Whether the holder agreed to it before; if not, the door asks."""
    others: tuple[str, ...]


class ConfirmAlias(Body, frozen=True, kw_only=True):
    link: Secret
    alias: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    """The one they have, or one of the others offered."""
