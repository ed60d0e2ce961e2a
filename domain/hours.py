"""Hours: a client's seconds by week and by kind of service, against what the phase of the enrolment asks for."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from domain.events import SessionKind
from domain.policy import Weekday
from domain.records import BlockCredit
from domain.weeks import Week, first_day


class Attended(msgspec.Struct, frozen=True, kw_only=True):
    """One client's record in one session, as far as hours go."""

    client: str
    service_date: date
    blocks: tuple[BlockCredit, ...]


class TotalKey(msgspec.Struct, frozen=True, order=True):
    """What an hour total is of. `week` is the week's first day."""

    client: str
    week: date
    kind: SessionKind


class HourTotal(msgspec.Struct, frozen=True):
    """Seconds, and in how many sessions they were credited."""

    credited_s: int
    billable_s: int
    sessions: int


class Phase(msgspec.Struct, frozen=True, kw_only=True):
    """What a phase of an enrolment asks for each week, from its first day to its last (None: until further notice).

    A step-down is a phase that asks for less. `kinds` are those that count toward it; empty means all.
    """

    name: str
    starts_on: date
    ends_on: date | None = None
    required_s: int
    days: int = 0
    kinds: tuple[SessionKind, ...] = ()

    def counts(self, kind: SessionKind) -> bool:
        """Whether a service of that kind counts toward the hours asked for."""
        return not self.kinds or kind in self.kinds


def totals(attended: Iterable[Attended], week_start: Weekday) -> dict[TotalKey, HourTotal]:
    """Seconds by client, week and kind, in the order of their keys; kinds without a credited second are left out."""
    sums: dict[TotalKey, HourTotal] = {}
    for one in attended:
        week = first_day(one.service_date, week_start)
        for kind, seconds in _by_kind(one.blocks).items():
            key = TotalKey(one.client, week, kind)
            sums[key] = _plus(sums.get(key), seconds)
    return dict(sorted(sums.items()))


def phase_of(phases: Sequence[Phase], week: Week) -> Phase | None:
    """The phase whose hours a week is measured against: that of its first day, or the first that begins within it.

    None before the first phase and after the last. A phase that begins in mid-week asks for its hours from the next
    week on, so that nobody is asked for two phases' hours in one.
    """
    ordered = sorted(phases, key=lambda phase: phase.starts_on)
    holding = [phase for phase in ordered if phase.starts_on <= week.first_day and _lasts(phase, week.first_day)]
    beginning = [phase for phase in ordered if week.holds(phase.starts_on)]
    return holding[-1] if holding else next(iter(beginning), None)


def spoken(seconds: int) -> str:
    """A length of time without rounding: `8 h 58 min 45 s`. 75 seconds short of nine hours is never "9.0 h"."""
    parts = (seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s")
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def _by_kind(blocks: Iterable[BlockCredit]) -> dict[SessionKind, HourTotal]:
    """One session's seconds; two blocks of a kind are one session."""
    by_kind: dict[SessionKind, HourTotal] = {}
    for block in blocks:
        if block.credited_s:
            before = by_kind.get(block.kind, HourTotal(0, 0, 1))
            credited_s, billable_s = before.credited_s + block.credited_s, before.billable_s + block.billable_s
            by_kind[block.kind] = HourTotal(credited_s, billable_s, 1)
    return by_kind


def _plus(before: HourTotal | None, more: HourTotal) -> HourTotal:
    if before is None:
        return more
    return HourTotal(
        before.credited_s + more.credited_s, before.billable_s + more.billable_s, before.sessions + more.sessions
    )


def _lasts(phase: Phase, day: date) -> bool:
    return phase.ends_on is None or day <= phase.ends_on
