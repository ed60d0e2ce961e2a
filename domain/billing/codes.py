"""From a client's day to the codes of a claim (screens will follow): which services make which code, and which code
is tried first.

A billing policy is data: its codes are tried in order, each on the remaining services. A code that gets units absorbs
the services that it bundles, so nothing is billed twice. A code without units leaves them to the next code, its
fallback. The numbers differ by payer: have your biller confirm them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

import msgspec

from domain.events.schedule import SessionKind
from domain.policy import Versioned
from domain.units import UnitRule

Positive = Annotated[int, msgspec.Meta(ge=1)]
NotBilled = Literal["not_payable", "group_too_small", "group_too_large"]


class Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One service of a client on a service date: a block of a session, with its billable seconds."""

    session: str
    kind: SessionKind
    billable_s: Annotated[int, msgspec.Meta(ge=0)]
    participants: int = 1
    """The clients with credited time, this one included."""
    client_present: bool = True
    """False for a family's hour without the client."""


class Band(msgspec.Struct, frozen=True, array_like=True):
    """One unit of `code`, from `from_minutes` up to the next band."""

    from_minutes: Positive
    code: str


class Bands(msgspec.Struct, frozen=True, tag_field="rule", tag="bands", forbid_unknown_fields=True):
    """One unit of one code: that of the highest band that the day's minutes reach."""

    bands: tuple[Band, ...]

    def units(self, session_seconds: Sequence[int]) -> dict[str, int]:
        """Units by code; empty below the first band."""
        minutes = sum(session_seconds) // 60
        reached = [band for band in self.bands if band.from_minutes <= minutes]
        return {max(reached, key=lambda band: band.from_minutes).code: 1} if reached else {}


class ServiceCount(msgspec.Struct, frozen=True, tag_field="rule", tag="service_count", forbid_unknown_fields=True):
    """One unit of one code, by the number of services of at least `minimum_s` seconds on the day."""

    minimum_s: Positive
    counts: tuple[tuple[Positive, str], ...]
    """(least number of services, code)."""

    def units(self, session_seconds: Sequence[int]) -> dict[str, int]:
        """Units by code; empty below the first count."""
        services = sum(seconds >= self.minimum_s for seconds in session_seconds)
        reached = [(count, code) for count, code in self.counts if count <= services]
        return {max(reached)[1]: 1} if reached else {}


class Timed(msgspec.Struct, frozen=True, tag_field="rule", tag="timed", forbid_unknown_fields=True):
    """Units of one code by a unit rule over the day's seconds, at most `most`."""

    code: str
    by: UnitRule
    most: Positive | None = None

    def units(self, session_seconds: Sequence[int]) -> dict[str, int]:
        """Units by code; empty when the rule gives none."""
        units = self.by.units(session_seconds)
        units = units if self.most is None else min(units, self.most)
        return {self.code: units} if units else {}


class Charge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way to bill: the services it counts, how they become units, and which kinds it bundles."""

    kinds: tuple[SessionKind, ...]
    units: Bands | ServiceCount | Timed
    bundles: tuple[SessionKind, ...] = ()
    """Other kinds that may not be billed beside it, in addition to its own."""
    client_present: bool = True
    group_min: Positive | None = None
    group_max: Positive | None = None

    def takes(self, service: Service) -> bool:
        """Whether the service may be part of this charge."""
        return service.kind in self.kinds and service.client_present == self.client_present

    def refuses(self, service: Service) -> NotBilled | None:
        """Why a service does not count although its kind fits: its group is too small or too large. Else None."""
        if self.group_min is not None and service.participants < self.group_min:
            return "group_too_small"
        if self.group_max is not None and service.participants > self.group_max:
            return "group_too_large"
        return None


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day, and its units under the policy that contains this example."""

    name: str
    services: tuple[Service, ...]
    units: dict[str, int]
    not_billed: dict[str, NotBilled] = {}


class BillingPolicy(Versioned, frozen=True, kw_only=True, tag="billing"):
    """One version of a payer's rules for billing a day."""

    charges: tuple[Charge, ...]
    payable: bool = True
    """False where the payer does not cover the service: units are tracked and nothing is billed."""
    examples: tuple[Example, ...] = ()


class Day(msgspec.Struct, frozen=True):
    """The units of a client's service date, and what is not billed."""

    service_date: date
    units: dict[str, int]
    """By code; only codes with units."""
    made_of: dict[str, tuple[str, ...]]
    """By code, the ids of the sessions whose seconds it counts."""
    not_billed: dict[str, NotBilled]
    """By code or session id, why it is counted but not billed."""


def bill(policy: BillingPolicy, service_date: date, services: Sequence[Service]) -> Day:
    """The units of one client's service date under one policy; the order of the services does not matter."""
    left = sorted(services, key=lambda service: (service.session, service.kind, service.billable_s))
    units: dict[str, int] = {}
    made_of: dict[str, tuple[str, ...]] = {}
    not_billed: dict[str, NotBilled] = {}
    for charge in policy.charges:
        taken = [service for service in left if charge.takes(service)]
        refused = {service.session: why for service in taken if (why := charge.refuses(service))}
        counted = [service for service in taken if charge.refuses(service) is None]
        not_billed |= refused
        charged = charge.units.units([service.billable_s for service in counted])
        if charged:
            units |= charged
            made_of |= dict.fromkeys(charged, tuple(dict.fromkeys(service.session for service in counted)))
            left = [service for service in left if service.kind not in (*charge.kinds, *charge.bundles)]
    if not policy.payable:
        not_billed |= dict.fromkeys(units, "not_payable")
    return Day(service_date, units, made_of, not_billed)
