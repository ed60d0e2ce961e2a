"""The columns of a file of clients, under the names that people give them, in English and in Spanish."""

from collections.abc import Sequence
from typing import Literal, get_args

from domain.errors import InvalidInput
from domain.people.folding import folded
from domain.transfer.sheets import PATH

Field = Literal[
    "external_id", "system", "name", "legal_name", "alias", "date_of_birth", "language", "timezone", "home_state",
    "mobile", "phone", "email", "may_leave_message", "best_time",
    "emergency_name", "emergency_relation", "emergency_phone",
]  # fmt: skip
FIELDS: tuple[Field, ...] = get_args(Field)
"""In the order of the template."""

_ALSO: dict[Field, tuple[str, ...]] = {
    "external_id": (
        "id", "external id", "record number", "record id", "mrn", "medical record number", "client id", "patient id",
        "chart number", "número de expediente", "expediente",
    ),
    "system": ("source", "source system", "id system", "sistema"),
    "name": ("preferred name", "name to use", "full name", "client", "client name", "patient name", "nombre"),
    "legal_name": ("legal full name", "nombre legal"),
    "alias": ("nickname", "alias for peers", "apodo"),
    "date_of_birth": ("dob", "birth date", "birthdate", "born", "birthday", "fecha de nacimiento"),
    "language": ("preferred language", "idioma"),
    "timezone": ("time zone", "zone", "zona horaria"),
    "home_state": ("state", "state of residence", "estado"),
    "mobile": ("mobile phone", "cell", "cell phone", "cellphone", "móvil", "celular"),
    "phone": ("telephone", "home phone", "phone number", "teléfono"),
    "email": ("e mail", "email address", "e mail address", "correo", "correo electrónico"),
    "may_leave_message": ("may we leave a message", "leave message", "ok to leave message", "dejar mensaje"),
    "best_time": ("best time to call", "mejor hora"),
    "emergency_name": ("emergency contact", "emergency contact name", "contacto de emergencia"),
    "emergency_relation": ("relationship", "emergency contact relation", "parentesco"),
    "emergency_phone": ("emergency contact phone", "emergency number", "teléfono de emergencia"),
}  # fmt: skip
_KNOWN: dict[str, Field] = {
    folded(name): field for field in FIELDS for name in (field.replace("_", " "), *_ALSO[field])
}


def recognised(header: Sequence[str]) -> tuple[Field | None, ...]:
    """What each column holds; None for one that is not taken.

    Raises:
        InvalidInput: the column of ids is missing, or two columns hold the same.
    """
    found = tuple(_KNOWN.get(folded(name.replace("_", " "))) for name in header)
    if "external_id" not in found:
        raise InvalidInput(
            "No column holds the client's id in your other system. Name that column external_id in the first line; "
            "it is how a client is found again when the file is imported once more.",
            PATH,
        )
    for field in FIELDS:
        if found.count(field) > 1:
            twice = " and ".join(name for name, one in zip(header, found, strict=True) if one == field)
            raise InvalidInput(f"Two columns hold the same: {twice}. Take one of them away.", PATH)
    return found
