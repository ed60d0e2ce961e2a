"""Phases of a program: what each asks of a week, from which day on, and which of them a week is measured against."""

from collections.abc import Sequence
from datetime import date

import msgspec

from domain.events.schedule import SessionKind
from domain.weeks import Week


class Requirement(msgspec.Struct, frozen=True, kw_only=True):
    """What a phase asks of each week from a day on: credited seconds, and days with credit.

    `kinds` lists the kinds that count toward it; empty means all.
    """

    from_on: date
    required_s: int
    days_per_week: int
    kinds: tuple[SessionKind, ...] = ()

    def counts(self, kind: SessionKind) -> bool:
        """Whether a service of that kind counts toward the required hours."""
        return not self.kinds or kind in self.kinds


class Phase(msgspec.Struct, frozen=True, kw_only=True):
    """One phase of a program. A step-down is a phase that requires less.

    `requirements` is sorted by day, and among those of one day by when they were saved.
    """

    id: str
    program: str
    position: int
    name: str
    usual_weeks: int | None = None
    requirements: tuple[Requirement, ...]

    def on(self, day: date) -> Requirement:
        """What is required on that day: the last that began by then. The first holds for the time before it, too."""
        begun = [one for one in self.requirements if one.from_on <= day]
        return begun[-1] if begun else self.requirements[0]


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """A client's time in a phase, from its first day to its last (None: until further notice)."""

    phase: Phase
    starts_on: date
    ends_on: date | None = None


def requirement_of(stays: Sequence[Stay], week: Week) -> Requirement | None:
    """What a week is measured against: the phase of its first day, or the first that begins within it.

    None before the first stay and after the last. What begins in mid-week, a phase or a change of its numbers, requires
    its hours from the next week on, so that no week requires the hours of two.
    """
    ordered = sorted(stays, key=lambda stay: stay.starts_on)
    holding = [stay for stay in ordered if stay.starts_on <= week.first_day and _lasts(stay, week.first_day)]
    beginning = [stay for stay in ordered if week.holds(stay.starts_on)]
    if holding:
        return holding[-1].phase.on(week.first_day)
    return beginning[0].phase.on(beginning[0].starts_on) if beginning else None


def _lasts(stay: Stay, day: date) -> bool:
    return stay.ends_on is None or day <= stay.ends_on
