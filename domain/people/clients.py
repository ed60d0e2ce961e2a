"""What a clinic keeps about a client beside the chart: names, ways of contact, ids elsewhere, diagnoses."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from domain.errors import InvalidInput

ContactKind = Literal["mobile", "phone", "email"]
ClientState = Literal["current", "waiting", "discharged", "guest"]
"""How a person stands with the clinic today. Waiting: no enrolment has begun. Discharged: all have ended."""

_POSTAL = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI"
)
HOME_STATES = frozenset(_POSTAL.split())
"""Postal codes of the states, the District of Columbia and the territories: where a clinician needs a licence."""
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag (BCP 47), such as `es` or `zh-Hans`."""
OLDEST_YEARS = 120


class ContactWay(msgspec.Struct, frozen=True, kw_only=True):
    """One way to reach a client."""

    kind: ContactKind
    value: str
    may_leave_message: bool
    """Whether to leave word when somebody else, or nobody, answers."""
    best_time: str = ""
    """In the client's words: "after 6, not at work"."""


class EmergencyContact(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to call when a client is in danger."""

    name: str
    relation: str = ""
    phone: str


class ExternalId(msgspec.Struct, frozen=True, kw_only=True):
    """The client's id in another system; one client per system and id."""

    system: str
    value: str


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Who changed a record last. `by` None: it has stood so since it was made."""

    at: datetime
    by: str | None
    revision: int


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A person who is, was or may be in treatment. `name` is the name to use; `alias` is what peers see."""

    id: str
    name: str
    legal_name: str = ""
    """Empty: the same as the name to use."""
    alias: str | None = None
    date_of_birth: date | None = None
    language: str | None = None
    timezone: str | None = None
    home_state: str | None = None
    contacts: Sequence[ContactWay] = ()
    emergency: EmergencyContact | None = None
    external_ids: Sequence[ExternalId] = ()
    deactivated_at: datetime | None = None
    changed: Changed | None = None


def checked_birth(born: date | None, today: date, path: str = "$.date_of_birth") -> None:
    """Refuse a date of birth that cannot be one.

    Raises:
        InvalidInput
    """
    if born is None:
        return
    if born > today:
        raise InvalidInput("This day has not come yet. Give the day of birth.", path)
    if born.year < today.year - OLDEST_YEARS:
        raise InvalidInput(f"This is more than {OLDEST_YEARS} years ago. Check the year.", path)


def checked_state(state: str | None, path: str = "$.home_state") -> None:
    """Refuse a text that is no state's postal code.

    Raises:
        InvalidInput
    """
    if state is not None and state not in HOME_STATES:
        raise InvalidInput("Give the state's two letters, such as OH.", path)


def checked_language(language: str | None, path: str = "$.language") -> None:
    """Refuse a text that is no language tag.

    Raises:
        InvalidInput
    """
    if language is not None and not LANGUAGE.fullmatch(language):
        raise InvalidInput("Give the language's code, such as en, es or zh-Hans.", path)


def state_on(enrolments: Iterable[tuple[date, date | None]], today: date) -> ClientState:
    """How a client with these enrolments, each from its first day to its last, stands today."""
    begun = [ends for starts, ends in enrolments if starts <= today]
    if not begun:
        return "waiting"
    return "current" if any(ends is None or ends >= today for ends in begun) else "discharged"
