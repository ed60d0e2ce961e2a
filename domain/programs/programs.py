"""Programs of a clinic, with their texts and their attendance policy from a day on."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from domain.events.fact import Instant
from domain.policy import Weekday

TextKind = Literal["welcome", "rules"]
"""What a program says to clients: welcome, and the rules of its groups."""


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A program: its time zone, its week, the attendance policy that it began with, and for whom it is.

    `tags` say for whom it is meant, such as "women" or "first responders". No `capacity`: it takes everybody.
    """

    id: str
    name: str
    timezone: str
    week_start: Weekday
    policy_id: str
    policy_version: int
    capacity: int | None = None
    tags: tuple[str, ...] = ()


class PolicyFrom(msgspec.Struct, frozen=True, kw_only=True):
    """The attendance policy of the sessions from a day on."""

    from_on: date
    policy_id: str
    policy_version: int


class ProgramText(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a program's text. Versions count from 1, and none is ever changed."""

    kind: TextKind
    version: int
    text: str
    digest: str
    by: str | None
    at: Instant


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided something about a program, and when."""

    by: str
    at: Instant


def policy_on(program: Program, changes: Sequence[PolicyFrom], day: date) -> tuple[str, int]:
    """Id and version of the policy of sessions on that day. `changes` are in the order of their days, and of saving."""
    begun = [change for change in changes if change.from_on <= day]
    last = begun[-1] if begun else program
    return last.policy_id, last.policy_version


def digest_of(text: str) -> str:
    """The SHA-256 (hex) by which a version of a text is known."""
    return hashlib.sha256(text.encode()).hexdigest()
