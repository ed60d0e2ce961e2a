"""Licences of staff: which ones the kinds of sessions ask for, who holds them on a day, and when they run out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from domain.errors import InvalidInput
from domain.events.schedule import SessionKind

LicenceKind = Literal[
    "counsellor", "addiction_counsellor", "social_worker", "marriage_family", "psychologist", "nurse",
    "nurse_practitioner", "physician_assistant", "physician", "peer_specialist",
]  # fmt: skip
Asked = Literal["none", "clinician", "prescriber"]
"""What a kind of session asks for: no licence, that of a clinician, or that of somebody who prescribes."""
LicencePolicy = Literal["warn", "refuse"]
"""What a clinic does where it is missing."""

PRESCRIBERS: frozenset[LicenceKind] = frozenset({"physician", "nurse_practitioner", "physician_assistant"})
MEETS: Mapping[Asked, frozenset[LicenceKind]] = {
    "prescriber": PRESCRIBERS,
    "clinician": PRESCRIBERS
    | {"counsellor", "addiction_counsellor", "social_worker", "marriage_family", "psychologist"},
}
"""The licences that meet what is asked."""
WARNED_BEFORE = (60, 30, 7)
"""So many days before a licence runs out it is listed, and then more urgently."""
LISTED_AFTER = timedelta(days=60)
"""How long a licence that ran out stays listed."""
_YEARS = range(1950, 2200)


class Licence(msgspec.Struct, frozen=True, kw_only=True):
    """A licence of a member of staff, issued by a state, for the days from `from_on` to `to_on`, both included."""

    id: str
    person: str
    kind: LicenceKind
    state: str
    number: str
    npi: str | None = None
    """The holder's National Provider Identifier."""
    from_on: date
    to_on: date | None = None


class LicenceRule(msgspec.Struct, frozen=True, kw_only=True):
    """From that day on, sessions and blocks of this kind ask for that."""

    kind: SessionKind
    asked: Asked
    from_on: date


BEGINNING = date(2000, 1, 1)
DEFAULTS: tuple[LicenceRule, ...] = (
    *(
        LicenceRule(kind=kind, asked="clinician", from_on=BEGINNING)
        for kind in ("group", "individual", "family", "intake", "intervention")
    ),
    LicenceRule(kind="medication", asked="prescriber", from_on=BEGINNING),
)
"""What is asked until a clinic says otherwise. Kinds that are not named ask for none."""


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of the session asks for a licence that nobody who leads it holds on its day."""

    kind: SessionKind
    asked: Asked


class Expiring(msgspec.Struct, frozen=True, kw_only=True):
    """A licence that runs out soon, or did."""

    licence: Licence
    days: int
    """From today to its last day; negative when it is over."""
    within: int
    """The smallest of `WARNED_BEFORE` that it is within; 0 when it is over."""


def holds(licence: Licence, asked: Asked, day: date) -> bool:
    """Whether the licence meets what is asked on that day."""
    return licence.kind in MEETS[asked] and in_force(licence, day)


def in_force(licence: Licence, day: date) -> bool:
    """Whether the licence is in force on that day."""
    return licence.from_on <= day and (licence.to_on is None or day <= licence.to_on)


def asked_of(kind: SessionKind, rules: Iterable[LicenceRule], day: date) -> Asked:
    """What sessions of that kind ask for on that day: the clinic's last rule, else the default."""
    begun = [rule for rule in (*DEFAULTS, *rules) if rule.kind == kind and rule.from_on <= day]
    return max(begun, key=lambda rule: rule.from_on).asked if begun else "none"


def missing(
    kinds: Iterable[SessionKind], rules: Sequence[LicenceRule], held: Collection[Licence], day: date
) -> list[Missing]:
    """What these kinds ask for on that day and none of the licences meets, each once."""
    asked = {kind: asked_of(kind, rules, day) for kind in kinds}
    return [
        Missing(kind=kind, asked=what)
        for kind, what in asked.items()
        if what != "none" and not any(holds(licence, what, day) for licence in held)
    ]


def expiring(licences: Sequence[Licence], today: date) -> list[Expiring]:
    """The licences that run out within 60 days or did lately and have no successor, the first to run out first."""
    soon = today + timedelta(days=WARNED_BEFORE[0])
    found = [
        (licence.to_on, licence)
        for licence in licences
        if licence.to_on is not None
        and today - LISTED_AFTER <= licence.to_on <= soon
        and not any(_succeeds(other, licence) for other in licences)
    ]
    return [_expiring(licence, (to_on - today).days) for to_on, licence in sorted(found, key=lambda one: one[0])]


def _expiring(licence: Licence, days: int) -> Expiring:
    within = min(step for step in WARNED_BEFORE if days <= step) if days >= 0 else 0
    return Expiring(licence=licence, days=days, within=within)


def _succeeds(other: Licence, licence: Licence) -> bool:
    """Whether the other is the same licence for later days."""
    same = (other.person, other.kind, other.state) == (licence.person, licence.kind, licence.state)
    later = other.to_on is None or (licence.to_on is not None and other.to_on > licence.to_on)
    return same and other.id != licence.id and later


def check(licence: Licence) -> None:
    """Refuse a licence that cannot be right.

    Raises:
        InvalidInput
    """
    for path, day in (("$.from_on", licence.from_on), ("$.to_on", licence.to_on)):
        if day is not None and day.year not in _YEARS:
            raise InvalidInput("That year is out of reach.", path)
    if licence.to_on is not None and licence.to_on < licence.from_on:
        raise InvalidInput("The last day comes before the first.", "$.to_on")
    if licence.npi is not None and not is_npi(licence.npi):
        raise InvalidInput("This is not an NPI: it has ten digits, and the last checks the others.", "$.npi")


def is_npi(typed: str) -> bool:
    """Whether it is a National Provider Identifier: ten digits that pass the Luhn check behind the prefix 80840."""
    if len(typed) != 10 or not (typed.isascii() and typed.isdigit()) or typed[0] not in "12":
        return False
    digits = [int(digit) for digit in reversed("80840" + typed)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
