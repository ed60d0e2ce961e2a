"""Inquiries: somebody asks, and is screened, met, assessed and decided about, in dated steps that nobody overwrites.

Somebody in an inquiry is not a client: they become one with their admission.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from domain.errors import InvalidInput

StepKind = Literal[
    "asked", "screened", "intake_planned", "assessed", "wait_listed", "interim", "admitted", "referred", "arrived",
    "declined", "reopened",
]  # fmt: skip
InquiryState = Literal["asked", "screened", "intake", "assessed", "waiting", "admitted", "referred", "declined"]
OPEN_STATES: tuple[InquiryState, ...] = ("asked", "screened", "intake", "assessed", "waiting")
Urgency = Literal["withdrawal", "harm_to_self", "harm_to_others", "unsafe_home", "court_date", "medical"]
Priority = Literal["pregnant", "with_children", "injects"]
"""Whom block grants admit first, in this order; others follow."""
PRIORITIES: tuple[Priority, ...] = ("pregnant", "with_children", "injects")

_UNDECIDED: tuple[InquiryState, ...] = ("asked", "screened", "intake", "assessed", "waiting")
_AFTER: Mapping[StepKind, Mapping[InquiryState, InquiryState]] = {
    "screened": {"asked": "screened", "screened": "screened"},
    "intake_planned": {"asked": "intake", "screened": "intake", "intake": "intake", "waiting": "waiting"},
    "assessed": {"screened": "assessed", "intake": "assessed", "assessed": "assessed", "waiting": "waiting"},
    "wait_listed": {"screened": "waiting", "intake": "waiting", "assessed": "waiting"},
    "interim": {"waiting": "waiting"},
    "admitted": {"assessed": "admitted", "waiting": "admitted"},
    "referred": {state: "referred" for state in _UNDECIDED},
    "arrived": {"referred": "referred"},
    "declined": {state: "declined" for state in _UNDECIDED},
    "reopened": {"declined": "screened", "referred": "screened"},
}
_REFUSED: Mapping[StepKind, str] = {
    "screened": "They have been screened and met already. Write what is new with the eligibility.",
    "intake_planned": "An intake can no longer be planned: they have been assessed or decided about.",
    "assessed": "Screen them first: what the eligibility rests on was not asked yet.",
    "wait_listed": "Only somebody who was screened and is not decided about can be put on the wait list.",
    "interim": "Interim services are for people on the wait list.",
    "admitted": "Answer the questions of eligibility first, then admit.",
    "referred": "This inquiry is decided already. Open it again first.",
    "arrived": "They were not referred anywhere.",
    "declined": "This inquiry is decided already. Open it again first.",
    "reopened": "Only an inquiry that was declined or referred can be opened again.",
    "asked": "An inquiry begins once.",
}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One dated step. `codes` holds what was chosen; what was written is kept apart, encrypted."""

    id: str
    kind: StepKind
    on: date
    """The day on which it happened."""
    at: datetime
    """When it was recorded, and of a first step, when they asked."""
    by: str | None = None
    codes: Mapping[str, str] = {}


class Inquiry(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who asks, and how to reach them. `person` once an intake is planned; `enrolment` once admitted."""

    id: str
    program: str
    name: str
    reach: str
    may_leave_message: bool
    heard: str
    urgencies: Sequence[str] = ()
    priorities: Sequence[str] = ()
    asked_at: datetime
    person: str | None = None
    enrolment: str | None = None
    state: InquiryState = "asked"
    """Derived from the steps, and stored beside them so that lists need not read them."""


def state_of(steps: Iterable[Step]) -> InquiryState:
    """Where an inquiry stands after these steps."""
    state: InquiryState = "asked"
    for step in steps:
        if step.kind != "asked":
            state = following(state, step.kind)
    return state


def following(state: InquiryState, kind: StepKind) -> InquiryState:
    """The state after one more step.

    Raises:
        InvalidInput: the step does not follow from where the inquiry stands.
    """
    after = _AFTER.get(kind, {}).get(state)
    if after is None:
        raise InvalidInput(_REFUSED[kind], "$")
    return after


def possible(state: InquiryState) -> tuple[StepKind, ...]:
    """The steps that can follow now, in the order in which they usually do."""
    return tuple(kind for kind, states in _AFTER.items() if state in states)


def rank(inquiry: Inquiry) -> tuple[int, datetime]:
    """The place on the wait list: by priority, then by when they asked."""
    places = [PRIORITIES.index(each) for each in inquiry.priorities if each in PRIORITIES]
    return min(places, default=len(PRIORITIES)), inquiry.asked_at
