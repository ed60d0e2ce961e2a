"""What the routes of single sign-on take and answer."""

from typing import Annotated, Literal

import msgspec

from domain.access.single_sign_on import Algorithm
from domain.events.fact import Instant
from server.http.payloads import Body, Secret, View

Issuer = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=r"^[!-~]+$")]
ClientId = Annotated[str, msgspec.Meta(min_length=1, max_length=300, pattern=r"^[ -~]+$")]
Label = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^ *[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
FactorValue = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[!-~]+$")]
OfProvider = Annotated[str, msgspec.Meta(min_length=1, max_length=4096)]
"""A text that the provider sends back with the browser."""


class ProviderDoor(View, frozen=True, kw_only=True):
    """A clinic whose staff may sign in by its provider."""

    clinic: str
    clinic_name: str
    label: str


class ProviderQuestion(View, frozen=True, kw_only=True):
    """Where the browser is to go now, and from where it is sent back."""

    address: str


class ProviderReturn(Body, frozen=True, kw_only=True):
    """With what the provider has sent the browser back: a code, or an error."""

    state: OfProvider
    code: OfProvider | None = None
    error: OfProvider | None = None
    iss: OfProvider | None = None


class OwnProvider(View, frozen=True, kw_only=True):
    """The clinic's provider, for the person who asks: null without one; `linked` since when their account is."""

    label: str | None
    linked: Instant | None = None
    last_used: Instant | None = None
    has_password: bool = True


class SetProvider(Body, frozen=True, kw_only=True):
    """A clinic's provider. Without `client_secret`, the one that is stored stays."""

    issuer: Issuer
    client_id: ClientId
    client_secret: Secret | None = None
    algorithms: Annotated[tuple[Algorithm, ...], msgspec.Meta(min_length=1, max_length=20)]
    label: Label
    factor_values: Annotated[tuple[FactorValue, ...], msgspec.Meta(max_length=20)] = ()


class ProviderSettings(View, frozen=True, kw_only=True):
    """A clinic's provider without its secret, and who depends on it."""

    issuer: str
    client_id: str
    algorithms: tuple[Algorithm, ...]
    label: str
    factor_values: tuple[str, ...]
    linked: int
    """How many people have linked an account of this issuer."""
    without_password: int
    """How many of them have no other way in."""
    methods: tuple[str, ...]
    """What tokens have said about how people proved themselves (`amr`, `acr`)."""


class ClinicProvider(View, frozen=True, kw_only=True):
    """What an administrator sets, and the two addresses that the provider must know."""

    provider: ProviderSettings | None
    return_address: str
    sign_in_address: str


ProviderFinding = Literal[
    "address_wrong", "not_https", "not_public", "away", "redirects", "too_large", "no_configuration",
    "other_issuer", "no_code_flow", "no_pkce", "no_algorithm", "no_keys", "client_refused", "secret_missing",
]  # fmt: skip


class Tried(View, frozen=True, kw_only=True):
    """What a try found: nothing if all is well."""

    findings: tuple[ProviderFinding, ...]
