"""What the routes of licences take and answer."""

from datetime import date
from typing import Annotated

import msgspec

from domain.events.schedule import SessionKind
from domain.people.licences import Asked, Licence, LicenceKind, LicencePolicy, LicenceRule
from server.http.payloads import Body, Name, View


class WriteLicence(Body, frozen=True, kw_only=True):
    kind: LicenceKind
    state: Annotated[str, msgspec.Meta(max_length=2, pattern=r"^[A-Z]{2}$")]
    """Two letters, such as NY."""
    number: Name
    npi: Annotated[str, msgspec.Meta(max_length=10, pattern=r"^[0-9]{10}$")] | None = None
    from_on: date
    to_on: date | None = None
    """Its last day."""


class Licences(View, frozen=True, kw_only=True):
    """A member's licences, the last to begin first."""

    items: tuple[Licence, ...]


class ExpiringLicence(View, frozen=True, kw_only=True):
    """A licence that runs out within 60 days, or did."""

    name: str
    """Its holder's."""
    licence: Licence
    days: int
    """From today to its last day; negative when it is over."""
    within: int
    """60, 30 or 7: how soon it runs out; 0 when it is over."""


class ExpiringLicences(View, frozen=True, kw_only=True):
    """The first to run out first."""

    items: tuple[ExpiringLicence, ...]


class AskedNow(View, frozen=True, kw_only=True):
    """What sessions and blocks of a kind ask for today."""

    kind: SessionKind
    asked: Asked


class LicenceRules(View, frozen=True, kw_only=True):
    """What the clinic asks for, and what it does where a licence is missing."""

    policy: LicencePolicy
    today: tuple[AskedNow, ...]
    changes: tuple[LicenceRule, ...]
    """What the clinic has set, past and to come, by kind and day."""


class SetLicencePolicy(Body, frozen=True, kw_only=True):
    policy: LicencePolicy


class SetLicenceRule(Body, frozen=True, kw_only=True):
    """From that day on, sessions and blocks of this kind ask for that."""

    kind: SessionKind
    asked: Asked
    from_on: date
