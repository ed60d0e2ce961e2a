"""Single sign-on: what a clinic's own provider (OpenID Connect) may prove, for whom, and for how long."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from domain.access.standing import LOCKS_AFTER
from domain.errors import TokenTooOld

Purpose = Literal["sign_in", "invitation", "link", "confirm"]
"""Why somebody is sent to the provider; `link` and `confirm` are for those who are signed in already."""
Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519"]
"""How a token may be signed: by key pairs only, so that nobody but the provider can sign."""

ATTEMPT_LIFE = timedelta(minutes=10)
"""How long the way to the provider and back may take."""
LEEWAY = timedelta(seconds=60)
"""How far the provider's clock may be off."""
SILENT = LOCKS_AFTER
"""A provider that asked the person within this time may sign them in without asking again. With a longer time, whoever
finds a locked page could sign out and be let in by the provider."""


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """The provider of one clinic."""

    clinic: str
    clinic_name: str
    issuer: str
    client_id: str
    client_secret: bytes
    """As it is stored, encrypted."""
    algorithms: tuple[Algorithm, ...]
    label: str
    """What it is called on the button."""
    factor_values: tuple[str, ...]
    """With one of these in `acr` or `amr`, a token says that a second factor was given."""

    def counts_as_factor(self, vouched: "Vouched") -> bool:
        """Whether the clinic takes what the provider says for a second factor."""
        return not set(self.factor_values).isdisjoint(vouched.methods)


class Vouched(msgspec.Struct, frozen=True, kw_only=True):
    """What a checked token says: which account of which provider, who proved how and when to be its owner."""

    issuer: str
    subject: str
    at: datetime | None
    """`auth_time`: when the provider last asked the person."""
    methods: tuple[str, ...]
    """`amr` and `acr`."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's way to the provider and back, which works once."""

    id: str
    clinic: str
    purpose: Purpose
    person: str | None = None
    """Of an invitation, a link or a confirmation."""
    sign_in: str | None = None
    invitation: str | None = None
    begun_at: datetime
    expires_at: datetime

    @property
    def asks_again(self) -> bool:
        """Whether the provider must ask the person now, whoever is signed in there."""
        return self.purpose != "sign_in"

    @property
    def max_age(self) -> timedelta:
        """How long ago the provider may have asked the person."""
        return timedelta(0) if self.asks_again else SILENT


class Questions(msgspec.Struct, frozen=True):
    """What follows from the secret that the browser keeps on the way. None of it is stored."""

    state: str
    nonce: str
    verifier: str


def questions(secret: str) -> Questions:
    """The state, the nonce and the verifier (PKCE) of the attempt with that secret."""
    return Questions(*(_derived(secret, name) for name in ("state", "nonce", "verifier")))


def return_address(public_origin: str, clinic: str) -> str:
    """Where the provider sends people back. Each clinic has its own, so that providers cannot be mixed up."""
    return f"{sign_in_address(public_origin, clinic)}/return"


def sign_in_address(public_origin: str, clinic: str) -> str:
    """The clinic's own page to sign in by its provider."""
    return f"{public_origin}/sign-in/{clinic}"


def check_recent(attempt: Attempt, vouched: Vouched, now: datetime) -> datetime:
    """When the provider asked the person, which must be recent enough for the attempt.

    Raises:
        TokenTooOld
    """
    earliest = (attempt.begun_at if attempt.asks_again else now - SILENT) - LEEWAY
    if vouched.at is None or vouched.at < earliest:
        raise TokenTooOld
    return min(vouched.at, now)


def _derived(secret: str, name: str) -> str:
    digest = hmac.digest(secret.encode(), f"provider {name}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
