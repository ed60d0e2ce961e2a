"""What a form about a client says, checked as a whole: each refusal carries its field."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import available_timezones

from domain.errors import InvalidInput
from domain.people import clients as rules
from domain.people.clients import ContactWay, EmergencyContact, ExternalId
from domain.people.contacts import checked_email, checked_phone
from domain.people.names import checked_name, tidied
from server.people.clients.payloads import Contact, Described, Emergency, IdElsewhere

_ZONES = frozenset(available_timezones())


def described(asked: Described, today: date) -> tuple[str, str]:
    """The name to use and the legal name as they are kept; empty is a legal name that is the name to use.

    Raises:
        InvalidInput
    """
    name = checked_name(asked.name, "$.name")
    legal = checked_name(asked.legal_name, "$.legal_name") if asked.legal_name.strip() else ""
    rules.checked_birth(asked.date_of_birth, today)
    rules.checked_language(asked.language)
    rules.checked_state(asked.home_state)
    if asked.timezone is not None and asked.timezone not in _ZONES:
        raise InvalidInput("This is not the IANA name of a time zone, such as America/New_York.", "$.timezone")
    return name, "" if legal == name else legal


def ways(asked: Sequence[Contact]) -> list[ContactWay]:
    """The ways of contact as they are kept.

    Raises:
        InvalidInput
    """
    return [_way(contact, f"$.contacts[{place}].value") for place, contact in enumerate(asked)]


def _way(asked: Contact, path: str) -> ContactWay:
    check = checked_email if asked.kind == "email" else checked_phone
    return ContactWay(
        kind=asked.kind,
        value=check(asked.value, path),
        may_leave_message=asked.may_leave_message,
        best_time=tidied(asked.best_time),
    )


def emergency(asked: Emergency | None) -> EmergencyContact | None:
    """Whom to call, as it is kept.

    Raises:
        InvalidInput
    """
    if asked is None:
        return None
    return EmergencyContact(
        name=checked_name(asked.name, "$.emergency.name"),
        relation=tidied(asked.relation),
        phone=checked_phone(asked.phone, "$.emergency.phone"),
    )


def ids(asked: Sequence[IdElsewhere]) -> list[ExternalId]:
    """The ids in other systems as they are kept.

    Raises:
        InvalidInput: one stands there twice.
    """
    kept = [ExternalId(system=tidied(one.system), value=tidied(one.value)) for one in asked]
    for place, one in enumerate(kept):
        if one in kept[:place]:
            raise InvalidInput("This id stands here twice. Take one of them away.", f"$.external_ids[{place}].value")
    return kept
