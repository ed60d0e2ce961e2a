"""Phases of an enrolment: what each week requires."""

from collections.abc import Sequence
from datetime import date

import msgspec

from domain.events.schedule import SessionKind
from domain.weeks import Week


class Phase(msgspec.Struct, frozen=True, kw_only=True):
    """What a phase of an enrolment requires per week, from its first day to its last (None: until further notice).

    A step-down is a phase that requires less. `kinds` lists the kinds that count toward it; empty means all.
    """

    name: str
    starts_on: date
    ends_on: date | None = None
    required_s: int
    days: int = 0
    kinds: tuple[SessionKind, ...] = ()

    def counts(self, kind: SessionKind) -> bool:
        """Whether a service of that kind counts toward the required hours."""
        return not self.kinds or kind in self.kinds


def phase_of(phases: Sequence[Phase], week: Week) -> Phase | None:
    """The phase whose hours a week is measured against: that of its first day, or the first that begins within it.

    None before the first phase and after the last. A phase that begins in mid-week requires its hours from the next
    week on, so that no week requires the hours of two phases.
    """
    ordered = sorted(phases, key=lambda phase: phase.starts_on)
    holding = [phase for phase in ordered if phase.starts_on <= week.first_day and _lasts(phase, week.first_day)]
    beginning = [phase for phase in ordered if week.holds(phase.starts_on)]
    return holding[-1] if holding else next(iter(beginning), None)


def _lasts(phase: Phase, day: date) -> bool:
    return phase.ends_on is None or day <= phase.ends_on
