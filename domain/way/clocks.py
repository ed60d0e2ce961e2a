"""The clocks that run while somebody waits: rules with a scope and a date from which they hold, as data."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from domain.way.inquiries import Inquiry, Step, StepKind

Scope = Literal["federal_block_grant", "state", "payer"]


class ClockRule(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must have happened some time after they asked.

    `priorities` says for whom (none: for everybody); `met_by` which steps stop the clock; `eased_by` which steps
    put this rule out of force because another, longer one takes its place.
    """

    code: str
    text: str = ""
    """The clinic's own words; a shipped rule has none, and its words are in the catalogues."""
    scope: Scope
    of: str = ""
    """The state or the payer whose rule it is."""
    from_on: date
    until_on: date | None = None
    hours: int
    priorities: tuple[str, ...] = ()
    met_by: tuple[StepKind, ...]
    eased_by: tuple[StepKind, ...] = ()
    source: str = ""

    def holds(self, day: date) -> bool:
        """Whether the rule is in force on that day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """One rule for one inquiry: when it is due, and whether it is met or overdue."""

    code: str
    text: str
    scope: Scope
    of: str
    due: datetime
    met: bool
    overdue: bool


SHIPPED: tuple[ClockRule, ...] = (
    ClockRule(
        code="interim_48h", scope="federal_block_grant", from_on=date(1993, 10, 1), hours=48,
        priorities=("pregnant", "injects"), met_by=("interim", "admitted", "referred"), source="45 CFR 96.126, 96.131",
    ),
    ClockRule(
        code="admit_14d", scope="federal_block_grant", from_on=date(1993, 10, 1), hours=14 * 24,
        priorities=("injects",), met_by=("admitted", "referred"), eased_by=("interim",), source="45 CFR 96.126",
    ),
    ClockRule(
        code="admit_120d", scope="federal_block_grant", from_on=date(1993, 10, 1), hours=120 * 24,
        priorities=("injects",), met_by=("admitted", "referred"), source="45 CFR 96.126",
    ),
)  # fmt: skip
"""The rules of a clinic that has none of its own. A clinic that takes no block grant replaces them."""


def clocks(inquiry: Inquiry, steps: Sequence[Step], rules: Sequence[ClockRule], now: datetime) -> list[Clock]:
    """The clocks of an inquiry, the next one due first; those that are met come last."""
    done = {step.kind for step in steps}
    found = [_clock(rule, inquiry, done, now) for rule in rules if _applies(rule, inquiry, done)]
    return sorted(found, key=lambda clock: (clock.met, clock.due, clock.code))


def _applies(rule: ClockRule, inquiry: Inquiry, done: set[StepKind]) -> bool:
    for_them = not rule.priorities or not set(rule.priorities).isdisjoint(inquiry.priorities)
    return for_them and rule.holds(inquiry.asked_at.date()) and done.isdisjoint(rule.eased_by)


def _clock(rule: ClockRule, inquiry: Inquiry, done: set[StepKind], now: datetime) -> Clock:
    due = inquiry.asked_at + timedelta(hours=rule.hours)
    met = not done.isdisjoint(rule.met_by)
    return Clock(
        code=rule.code,
        text=rule.text,
        scope=rule.scope,
        of=rule.of,
        due=due,
        met=met,
        overdue=not met and now > due,
    )
