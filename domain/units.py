"""From billable seconds to units. Round once, at the billing scope: sum the seconds, floor to minutes, apply the rule.

A rule is data: `["floor", 900]`. The same 53 minutes are 3, 4 or 4 quarter-hours by floor, midpoint and ceiling. All
three are in use, so none is the default.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

import msgspec

RuleName = Literal["per_diem", "per_session", "floor", "midpoint", "ceiling"]


class UnitRule(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """How seconds become units; `n` in seconds."""

    rule: RuleName
    n: Annotated[int, msgspec.Meta(ge=1)]

    def units(self, session_seconds: Sequence[int]) -> int:
        """The units of one billing scope (a client, a service date, a code), given each session's billable seconds."""
        return _RULES[self.rule](session_seconds, self.n)


def _per_diem(session_seconds: Sequence[int], n: int) -> int:
    return int(sum(session_seconds) >= n)


def _per_session(session_seconds: Sequence[int], n: int) -> int:
    return sum(seconds >= n for seconds in session_seconds)


def _floor(session_seconds: Sequence[int], n: int) -> int:
    return sum(session_seconds) // 60 * 60 // n


def _midpoint(session_seconds: Sequence[int], n: int) -> int:
    return (sum(session_seconds) // 60 + n // 120) * 60 // n


def _ceiling(session_seconds: Sequence[int], n: int) -> int:
    return -(-(sum(session_seconds) // 60 * 60) // n)


_RULES: dict[RuleName, Callable[[Sequence[int], int], int]] = {
    "per_diem": _per_diem,
    "per_session": _per_session,
    "floor": _floor,
    "midpoint": _midpoint,
    "ceiling": _ceiling,
}
