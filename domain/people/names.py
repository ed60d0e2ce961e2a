"""Names are anybody's: any script, one word or five. Refused is only what nobody can read, or what hides something.

A name is kept in NFC, with single spaces, and without the invisible characters that pasting leaves behind. Emoji stay
whole, and so do the joiners of Persian and of Indic scripts.
"""

import re
import unicodedata

from domain.errors import InvalidInput

LONGEST_NAME = 200
"""The most code points of a name."""
_JOINERS = "\u200c\u200d"
_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159")
"""Letters and signs without ink."""
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn around the text that follows."""
_TAGS = range(0xE0020, 0xE0080)
_VARIANTS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
"""Variation selectors: marks that only choose how the sign before them is drawn."""

BLANK = "This name has nothing in it that can be seen. Type the name."
CONTROL = "This name has control characters in it, such as a line break or a tab. Type it again as one line."
TURNED = "This name has invisible characters in it that turn text around. Type it again instead of pasting it."
BROKEN = "This name has characters in it that are no characters. Type it again instead of pasting it."
LONG = f"This name is longer than {LONGEST_NAME} characters. Shorten it."


def checked_name(text: str, path: str) -> str:
    """The name as it is kept.

    Raises:
        InvalidInput: it is blank or invisible, or holds what hides something; carries the path.
    """
    if refused := _refusal(text):
        raise InvalidInput(refused, path)
    name = tidied(text)
    if not is_visible(name):
        raise InvalidInput(BLANK, path)
    if len(name) > LONGEST_NAME:
        raise InvalidInput(LONG, path)
    return name


def tidied(text: str) -> str:
    """The text in NFC, with single spaces, and without stray invisible characters."""
    kept = ""
    for one in unicodedata.normalize("NFC", text):
        if one.isspace() or unicodedata.category(one) != "Cf" or _belongs(one, kept):
            kept += one
    return re.sub(r"\s+", " ", kept).strip()


def is_visible(text: str) -> bool:
    """Whether a text has a letter, a digit or a sign with ink; marks and joiners alone have none to sit on."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _FILLERS for one in text)


def _refusal(text: str) -> str | None:
    kinds = {unicodedata.category(one) for one in text}
    if "Cc" in kinds or not kinds.isdisjoint({"Zl", "Zp"}):
        return CONTROL
    if not _OVERRIDES.isdisjoint(text):
        return TURNED
    return None if kinds.isdisjoint({"Cs", "Co", "Cn"}) else BROKEN


def _belongs(one: str, before: str) -> bool:
    """Whether a format character is part of the writing: a joiner after a letter or sign, or a tag of a flag."""
    if one in _JOINERS:
        return bool(before) and not before[-1].isspace() and before[-1] not in _JOINERS
    return ord(one) in _TAGS and bool(before) and (before[-1] == "\U0001f3f4" or ord(before[-1]) in _TAGS)
