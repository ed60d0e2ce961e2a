"""A policy: every number of the attendance rules, as data with an effective date, never as a constant in code.

The defaults are those of the case format. A policy file adds a name, version, sources and dates. The ledger names the
file by the SHA-256 of its bytes, so a minute can be derived again with the same numbers.
"""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from domain.events.schedule import PolicyReference, Role
from domain.units import UnitRule

LateEffect = Literal["credit_not_bill", "deny", "warn"]
FacilitatorIn = Literal["session", "breakout"]
GroupCount = Literal["distinct", "concurrent"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Seconds = Annotated[int, msgspec.Meta(ge=0)]
Head = Annotated[int, msgspec.Meta(ge=0)]

STANDARD_UNITS: dict[str, UnitRule] = {
    "PD180": UnitRule("per_diem", 10_800),
    "PD120": UnitRule("per_diem", 7_200),
    "Q15F": UnitRule("floor", 900),
    "Q15M": UnitRule("midpoint", 900),
    "GRP45": UnitRule("per_session", 2_700),
}


class GroupLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many clients a payer allows in a group (None: any number), and how it counts them."""

    group_max: Head | None = None
    group_count: GroupCount = "distinct"


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers of the rules. A misspelt name is refused, not ignored."""

    bridge_max_s: Seconds = 120
    """A gap of at most this many seconds may be bridged."""
    bridge_credit: bool = True
    """Whether clients are bridged; facilitators always are."""
    late_cutoff_s: Seconds = 900
    """Arriving more than this many seconds after the scheduled start has the `late_effect`."""
    late_effect: LateEffect = "credit_not_bill"
    came_min_s: Annotated[int, msgspec.Meta(ge=1)] = 1
    """A client came if their connections lived for at least this many seconds of the window, outside breaks."""
    present_ratio: Decimal = Decimal("0.90")
    """The least share of the scheduled net length with which a client counts as present; an exact decimal."""
    qualified_roles: tuple[Role, ...] = ("facilitator", "co_facilitator")
    facilitator_in: FacilitatorIn = "session"
    """Where a qualified person must be: anywhere in the session, or in the client's own breakout."""
    group_max: Head | None = None
    group_count: GroupCount = "distinct"
    payer_groups: dict[str, GroupLimit] = {}
    """Limits of single payers (by id), instead of `group_max` and `group_count`."""
    week_start: Weekday = "sunday"
    units: dict[str, UnitRule] = msgspec.field(default_factory=lambda: dict(STANDARD_UNITS))

    def __post_init__(self) -> None:
        """Refuse a ratio outside 0 to 1; msgspec adds the field's path."""
        if not (self.present_ratio.is_finite() and 0 <= self.present_ratio <= 1):
            raise ValueError("`present_ratio` must be a decimal between 0 and 1")

    def group_limit(self, payer: str | None) -> GroupLimit:
        """The limit for clients of `payer` (None: no payer on file)."""
        own = self.payer_groups.get(payer) if payer is not None else None
        return own or GroupLimit(self.group_max, self.group_count)


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The source of a rule, and when it was written or consulted."""

    name: str
    dated: date
    address: str = ""


class Versioned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of every policy file."""

    id: str
    version: Annotated[int, msgspec.Meta(ge=1)]
    title: str
    confirm: str
    """A sentence that asks the reader to confirm the numbers with their biller."""
    sources: tuple[Source, ...]
    effective_from: date
    effective_to: date | None = None
    """The last day on which it applies; None: until further notice."""
    comments: tuple[str, ...] = ()


class AttendancePolicy(Versioned, frozen=True, kw_only=True, tag="attendance"):
    """One version of a program's attendance policy, as the package ships it."""

    attendance: Policy


def digest(body: bytes) -> str:
    """The name of these bytes in the ledger: their SHA-256 in hex."""
    return hashlib.sha256(body).hexdigest()


def decode(body: bytes) -> tuple[Policy, PolicyReference]:
    """The policy in a file's bytes, and the reference that plans name it by.

    Raises:
        msgspec.ValidationError: a field is missing or malformed, or this release does not know its name.
    """
    file = msgspec.json.decode(body, type=AttendancePolicy)
    return file.attendance, PolicyReference(id=file.id, version=file.version, digest=digest(body))
