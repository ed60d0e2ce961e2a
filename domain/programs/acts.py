"""The dated acts of an enrolment, past and future, and what they make of each day.

An act is never changed. What holds on a day is worked out by replaying all acts that were not withdrawn, in the order
of their days and, on one day, in the order in which they were recorded. So it makes no difference which was recorded
first, and a future act takes effect at local midnight without anybody doing anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from domain.errors import InvalidInput
from domain.programs.phases import Phase, Stay

ActKind = Literal["admitted", "phase", "leave", "returned", "discharged", "readmitted"]
State = Literal["ahead", "present", "on_leave", "discharged"]
"""Where a client stands in the program: before the admission, in it, away with leave, or after it."""

_DAY = timedelta(days=1)
_AFTER: Mapping[tuple[State, ActKind], State] = {
    ("ahead", "admitted"): "present",
    ("present", "phase"): "present",
    ("present", "leave"): "on_leave",
    ("present", "discharged"): "discharged",
    ("on_leave", "phase"): "on_leave",
    ("on_leave", "returned"): "present",
    ("on_leave", "discharged"): "discharged",
    ("discharged", "readmitted"): "present",
}
"""The state after an act, by the state before it. What is not here contradicts."""
_NAMES: Mapping[ActKind, str] = {
    "admitted": "admission",
    "phase": "change of phase",
    "leave": "leave of absence",
    "returned": "return from leave",
    "discharged": "discharge",
    "readmitted": "readmission",
}
_STATES: Mapping[State, str] = {
    "ahead": "not been admitted",
    "present": "been in the program",
    "on_leave": "been on leave",
    "discharged": "been discharged",
}
WITH_PHASE: frozenset[ActKind] = frozenset({"admitted", "phase", "readmitted"})
"""The acts that say in which phase the client is from then on."""


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """A later act that says that an act does not count."""

    by: str | None
    at: datetime


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One dated act. `number` is its place in the order of recording; `phase` and `reason` are an id and a code."""

    id: str
    enrolment: str
    kind: ActKind
    from_on: date
    number: int
    phase: str | None = None
    reason: str = ""
    by: str | None = None
    recorded_at: datetime
    withdrawn: Withdrawal | None = None


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which nothing changes, from the first to the last (None: until further notice)."""

    state: State
    phase: str | None
    starts_on: date
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def in_force(acts: Iterable[Act]) -> list[Act]:
    """The acts that count, in the order in which they take effect."""
    return sorted((act for act in acts if act.withdrawn is None), key=lambda act: (act.from_on, act.number))


def replay(acts: Iterable[Act]) -> tuple[Stretch, ...]:
    """The days of an enrolment, from its admission on.

    Raises:
        InvalidInput: two acts contradict each other.
    """
    state: State = "ahead"
    phase: str | None = None
    stretches: list[Stretch] = []
    for act in in_force(acts):
        following = _AFTER.get((state, act.kind))
        if following is None:
            raise InvalidInput(_contradiction(act, state), "$.from_on")
        state, phase = following, act.phase or phase
        stretches = _cut(stretches, act.from_on)
        stretches.append(Stretch(state=state, phase=phase, starts_on=act.from_on))
    return tuple(stretches)


def standing(stretches: Sequence[Stretch], day: date) -> State:
    """Where the client stands on that day."""
    return next((stretch.state for stretch in stretches if stretch.holds(day)), "ahead")


def phase_on(stretches: Sequence[Stretch], day: date) -> str | None:
    """The client's phase on that day: the last one that began; before the first, the first."""
    begun = [stretch.phase for stretch in stretches if stretch.starts_on <= day]
    return begun[-1] if begun else next((stretch.phase for stretch in stretches), None)


def stays_of(stretches: Iterable[Stretch], phases: Mapping[str, Phase]) -> list[Stay]:
    """The client's days in each phase, which weeks are measured against; days of leave require nothing."""
    return [
        Stay(phase=phases[stretch.phase], starts_on=stretch.starts_on, ends_on=stretch.ends_on)
        for stretch in stretches
        if stretch.state == "present" and stretch.phase is not None and stretch.phase in phases
    ]


def last_day(stretches: Sequence[Stretch]) -> date | None:
    """The last day before a discharge that stands; None while the end is open."""
    if not stretches or stretches[-1].state != "discharged":
        return None
    return stretches[-1].starts_on - _DAY


def _cut(stretches: list[Stretch], day: date) -> list[Stretch]:
    """The stretches before `day`; one that would hold no day is dropped."""
    if not stretches:
        return []
    *before, last = stretches
    return before if last.starts_on >= day else [*before, msgspec.structs.replace(last, ends_on=day - _DAY)]


def _contradiction(act: Act, state: State) -> str:
    return (
        f"By {act.from_on.day} {act.from_on:%B %Y} they would have {_STATES[state]}, and there is a {_NAMES[act.kind]} "
        "on that day. Choose another day, or withdraw the act that does not fit."
    )
