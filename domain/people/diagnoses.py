"""Diagnosis codes of ICD-10-CM: their form, and from when to when they hold."""

import re
from datetime import date, datetime

import msgspec

from domain.errors import InvalidInput

_FORM = re.compile(r"[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?")
"""A letter, a digit, a digit or A or B; after the point up to four more. U is for codes given provisionally."""

MALFORMED = "This is no ICD-10-CM code. It has a letter, two digits, and up to four signs after a point, as in F10.20."


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """A code that somebody gave a client. The order of several is the order on a claim; the first is the main one."""

    id: str
    code: str
    starts_on: date
    ends_on: date | None
    position: int
    added_by: str
    added_at: datetime

    def holds(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def checked_code(text: str, path: str) -> str:
    """The code as it is kept: capitals, with its point. `f1020` is `F10.20`.

    Raises:
        InvalidInput
    """
    code = text.strip().upper()
    if "." not in code and len(code) > 3:
        code = f"{code[:3]}.{code[3:]}"
    if not _FORM.fullmatch(code):
        raise InvalidInput(MALFORMED, path)
    return code


def checked_span(starts_on: date, ends_on: date | None, path: str) -> None:
    """Refuse an end before the start.

    Raises:
        InvalidInput
    """
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput("The last day is before the first. Give a later day.", path)
