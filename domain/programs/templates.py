"""Programs that a new clinic can begin with: usual frames, which it changes afterwards as it likes."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from domain.events.schedule import SessionKind
from domain.programs.phases import Requirement

TemplateName = Literal["evening_sud", "adolescent", "mental_health_days"]

_COUNTING: tuple[SessionKind, ...] = ("education", "expressive", "family", "group", "individual", "skills")


class PhaseTemplate(msgspec.Struct, frozen=True):
    """A phase: the hours and days that it asks of a week, and how many weeks it usually takes."""

    name: str
    hours: int
    days: int
    weeks: int

    def requirement(self, from_on: date) -> Requirement:
        """What the phase asks of a week from a day on."""
        return Requirement(from_on=from_on, required_s=self.hours * 3600, days_per_week=self.days, kinds=_COUNTING)


TEMPLATES: Mapping[TemplateName, tuple[PhaseTemplate, ...]] = {
    "evening_sud": (
        PhaseTemplate("Phase 1", 9, 3, 4),
        PhaseTemplate("Phase 2", 9, 3, 4),
        PhaseTemplate("Bridge", 6, 2, 2),
        PhaseTemplate("Aftercare", 3, 1, 2),
    ),
    "adolescent": (PhaseTemplate("Phase 1", 6, 2, 8), PhaseTemplate("Aftercare", 3, 1, 4)),
    "mental_health_days": (PhaseTemplate("Days", 9, 5, 6), PhaseTemplate("Step-down", 6, 3, 2)),
}
"""The phases of each template, in their order."""
