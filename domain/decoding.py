"""Decoding files that people may have edited; errors name the path to the wrong field."""

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

from domain.errors import InvalidInput

Decoded = TypeVar("Decoded")
_AT = re.compile(r"(?P<complaint>.*?) - at `\$(?P<path>.*)`$", re.DOTALL)
_QUOTED = re.compile(r"""(?P<complaint>Invalid (?:enum )?value) (['"]).*\2""", re.DOTALL)
_UNKNOWN_FIELD = re.compile(r"unknown field `.*`", re.DOTALL)
"""The name of an unknown field is the sender's text, so it may be private."""
_ABOUT_A_FIELD = (
    (re.compile(r"Object missing required field `(?P<field>.*)`$"), "required, and not there"),
    (re.compile(r"Object contains unknown field `(?P<field>.*)`$"), "no such field"),
)


def decoded(decode: Callable[[bytes], Decoded], body: bytes, path: str = "") -> Decoded:
    """The result of `decode(body)`; `path` is the place of `body` in its file, for errors.

    Raises:
        InvalidInput: `sessions[0].events[3].at: Expected …` for a field; a sentence if the body is not JSON.
    """
    try:
        return decode(body)
    except msgspec.ValidationError as error:
        raise InvalidInput(_sentence(str(error), path)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path or 'the file'}: not JSON ({error})") from None
    except RecursionError:
        raise InvalidInput(f"{path or 'the file'}: nested too deeply to be read") from None


def without_values(error: msgspec.ValidationError) -> str:
    """The error's text without the sender's values, since refusals are kept in logs and reports."""
    said = _QUOTED.sub(lambda found: found["complaint"], str(error))
    return _UNKNOWN_FIELD.sub("an unknown field", said)


def _sentence(complaint: str, path: str) -> str:
    placed = _AT.match(complaint)
    what, where = (placed["complaint"], path + placed["path"]) if placed else (complaint, path)
    for pattern, plainly in _ABOUT_A_FIELD:
        if named := pattern.match(what):
            what, where = plainly, f"{where}.{named['field']}"
    return f"{where.removeprefix('.') or 'the file'}: {what}"
