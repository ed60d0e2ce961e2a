"""The fields of every fact. Each event type is a Struct named after it: `connection.closed` is `ConnectionClosed`.

Facts carry ids, never a name and never prose. Old and newer releases must stay readable, so unknown fields are
ignored, every field added later has a default, and an unknown type decodes as `UnknownEvent`.
"""

import re
from datetime import datetime
from typing import Annotated

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment with its UTC offset; a naive time is refused."""
Span = tuple[Instant, Instant]
"""A half-open interval `[start, end)`."""


def _dotted(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", ".", name).lower()


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="type", tag=_dotted):
    """The fields of every fact. Facts hold no reference cycles; `gc=False` keeps the collector from walking millions.

    `id` is a UUIDv7, unique for ever (in a case file without ids, `seq` replaces it); `seq` orders the facts of one
    stream; `at` is the time by the recording node's clock; `session` is empty in a case file, where the session
    encloses its events; `v` is the version of the type's shape.
    """

    id: str = ""
    seq: int = 0
    at: Instant
    session: str = ""
    v: int = 1


class UnknownEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of a type that this release does not know: kept, but ignored by the arithmetic."""

    id: str = ""
    seq: int = 0
    at: Instant
    session: str = ""
    type: str
