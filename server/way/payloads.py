"""What the routes of dated acts and of inquiries take and answer."""

from datetime import date
from typing import Annotated

import msgspec

from domain.events.fact import Instant
from domain.programs.acts import ActKind, State
from domain.way.capacity import Beyond, Filling
from domain.way.clocks import Clock
from domain.way.eligibility import Answer, Edition, LevelOfCare, Question
from domain.way.inquiries import InquiryState, Priority, StepKind, Urgency
from server.http.payloads import Body, Few, Id, Name, Query, TypedName, View

Code = Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[a-z0-9_]*$")]
"""A code of a list that the clinic keeps; empty: none."""
Words = Annotated[str, msgspec.Meta(max_length=4_000)]
"""What a person writes beside an act. It is encrypted, and in no fact."""


class RecordAct(Body, frozen=True, kw_only=True):
    kind: ActKind
    from_on: date
    """The first day on which it holds, past or future."""
    phase: Id | None = None
    reason: Code = ""
    words: Words = ""
    replaces: Id | None = None
    """An act that this one corrects: it is withdrawn in the same step."""


class Act(View, frozen=True, kw_only=True):
    """One line of the timeline."""

    id: str
    kind: ActKind
    from_on: date
    phase: str | None
    phase_name: str | None
    reason: str
    reason_text: str
    """The clinic's own words for the reason; empty for a shipped one."""
    words: str
    by: str | None
    by_name: str | None
    recorded_at: Instant
    withdrawn_at: Instant | None
    withdrawn_by_name: str | None


class Stretch(View, frozen=True, kw_only=True):
    """Days on which nothing changes; `ends_on` null: until further notice."""

    state: State
    phase: str | None
    phase_name: str | None
    starts_on: date
    ends_on: date | None


class Timeline(View, frozen=True, kw_only=True):
    """An enrolment with everything that happened and is going to happen, and where the client stands today."""

    enrolment: str
    client: str
    program: str
    program_name: str
    timezone: str
    today: date
    """By the calendar of the program."""
    standing: State
    acts: tuple[Act, ...]
    """In the order in which they take effect; those that were withdrawn stand among them."""
    stretches: tuple[Stretch, ...]
    last_seen_on: date | None
    """The last service date with a credited second."""
    not_seen_days: int | None
    """Days since then or since the admission, while the client is present and from 90 on: a prompt to act, no more."""
    summary_due_on: date | None
    """When the summary of their discharge is due, by the rule of their home state; null without one."""


class WeekChange(View, frozen=True, kw_only=True):
    """The first week that is measured against something else; null seconds: nothing is required."""

    first_day: date
    before_s: int | None
    before_days: int | None
    after_s: int | None
    after_days: int | None


class DoorChange(View, frozen=True, kw_only=True):
    """From when on the client's link opens groups, or opens none; `until` is the last day of it, if it is known."""

    opens: bool
    from_on: date
    until: date | None


class Effects(View, frozen=True, kw_only=True):
    """What an act changes, worked out by saving it and taking it back."""

    restates: int = 0
    """Sessions of the past whose roster or required hours change."""
    groups_left: int = 0
    groups_rejoined: int = 0
    """Groups to come whose rosters the client leaves, and comes back to."""
    still_invited: int = 0
    """Later sessions that the client is invited to by name, and can enter all the same."""
    week: WeekChange | None = None
    door: DoorChange | None = None
    unsigned_notes: int = 0
    """Notes about the client that nobody has signed, when groups close to them."""
    beyond: Beyond | None = None
    """More clients in the program than it has places, when the client comes in."""


Line = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A line of text that may be blank."""


Ratings = Annotated[dict[Annotated[str, msgspec.Meta(max_length=1)], Line], msgspec.Meta(max_length=6)]


class CreateInquiry(Body, frozen=True, kw_only=True):
    """Somebody asks. `reach` is a number or an address, as they gave it."""

    program: Id
    name: TypedName
    reach: Name
    may_leave_message: bool = False
    heard: Line = ""
    urgencies: Annotated[tuple[Urgency, ...], Few] = ()
    priorities: Annotated[tuple[Priority, ...], Few] = ()
    words: Words = ""


class Screen(Body, frozen=True, kw_only=True):
    """What the first conversation found. The priorities replace those that were known before."""

    priorities: Annotated[tuple[Priority, ...], Few] = ()
    words: Words = ""


class PlanIntake(Body, frozen=True, kw_only=True):
    """A session of kind intake with one member of staff."""

    facilitator: Id
    starts: Instant
    minutes: Annotated[int, msgspec.Meta(ge=15, le=240)] = 60


class GivenAnswer(Body, frozen=True, kw_only=True):
    question: Code
    answer: Answer
    reason: Words = ""


class GivenLevel(Body, frozen=True, kw_only=True):
    """The level of care; ratings are texts by dimension, since the 4th edition rates with symbols."""

    edition: Edition
    ratings: Ratings = msgspec.field(default_factory=dict)
    recommended: Line
    placed: Line
    difference: Words = ""


class Assess(Body, frozen=True, kw_only=True):
    answers: Annotated[tuple[GivenAnswer, ...], Few]
    level: GivenLevel
    words: Words = ""


class Admit(Body, frozen=True, kw_only=True):
    phase: Id
    from_on: date
    words: Words = ""


class Refer(Body, frozen=True, kw_only=True):
    """Where to and why, and the day on which the papers were sent."""

    to: Name
    reason: Code
    sent_on: date
    words: Words = ""


class OnDay(Body, frozen=True, kw_only=True):
    on: date
    words: Words = ""


class WaitList(Body, frozen=True, kw_only=True):
    priorities: Annotated[tuple[Priority, ...], Few] = ()
    words: Words = ""


class Decline(Body, frozen=True, kw_only=True):
    reason: Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[a-z0-9_]+$")]
    words: Words = ""


class Reopen(Body, frozen=True, kw_only=True):
    words: Words = ""


class InquiryQuery(Query, frozen=True, kw_only=True):
    """Inquiries in one state, or all that are not decided; of one program, or of all."""

    state: InquiryState | None = None
    program: Id | None = None


class InquiryLine(View, frozen=True, kw_only=True):
    """One line of the list. `place`: on the wait list, by priority and then by when they asked."""

    id: str
    name: str
    program: str
    program_name: str
    state: InquiryState
    asked_at: Instant
    urgencies: tuple[str, ...]
    priorities: tuple[str, ...]
    clocks: tuple[Clock, ...]
    place: int | None


class AnswerView(View, frozen=True, kw_only=True):
    question: Code
    answer: Answer
    reason: str = ""


class Said(View, frozen=True, kw_only=True, omit_defaults=True):
    """What was written and answered at a step: stored encrypted, as one text."""

    text: str = ""
    to: str = ""
    answers: tuple[AnswerView, ...] = ()
    level: LevelOfCare | None = None


class StepView(View, frozen=True, kw_only=True):
    id: str
    kind: StepKind
    on: date
    at: Instant
    by_name: str | None
    codes: dict[str, str]
    said: Said | None


class PhaseChoice(View, frozen=True, kw_only=True):
    id: str
    name: str


class Inquiry(View, frozen=True, kw_only=True):
    """The page of one inquiry: what happened, and what can happen next."""

    line: InquiryLine
    reach: str
    may_leave_message: bool
    heard: str
    person: str | None
    enrolment: str | None
    steps: tuple[StepView, ...]
    possible: tuple[StepKind, ...]
    questions: tuple[Question, ...]
    phases: tuple[PhaseChoice, ...]
    today: date
    """By the calendar of the program."""
    timezone: str


class PlannedIntake(View, frozen=True, kw_only=True):
    """`url` is the personal link, shown this once."""

    inquiry: Inquiry
    session: str
    url: str


class InquiryList(View, frozen=True, kw_only=True):
    items: tuple[InquiryLine, ...]
    counts: dict[InquiryState, int]
    """How many inquiries are in each state, whatever was asked for."""
    filling: tuple[Filling, ...]
    """Programs that have reached the share of their capacity at which it is reported."""
