"""What the routes of a clinic's rules of intake and discharge take and answer."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from domain.events.fact import Instant
from domain.way.clocks import ClockRule, Scope
from domain.way.eligibility import Answer, Edition, Question
from domain.way.inquiries import Priority, StepKind
from domain.way.rules import Reason, RuleKind, SummaryRule
from server.http.payloads import Body, Few, Query, View
from server.way.payloads import Code, Line

National = Literal["completed", "dropped_out", "terminated", "transferred", "incarcerated", "died", "other"]
Hours = Annotated[int, msgspec.Meta(ge=1, le=8_784)]
"""At most a year."""
SummaryDays = Annotated[int, msgspec.Meta(ge=0, le=366)]
TwoLetters = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$", max_length=2)]


class RulesQuery(Query, frozen=True, kw_only=True):
    """The rules as they hold on a day; without one, today."""

    on: date | None = None


class SetQuestion(Body, frozen=True, kw_only=True):
    """A question of eligibility. Without a `code` it is new. A shipped question has no `text`."""

    code: Code = ""
    text: Line = ""
    good: Annotated[tuple[Answer, ...], Few] = ("yes",)
    answers: Annotated[tuple[Answer, ...], Few] = ("yes", "no")


class SetClock(Body, frozen=True, kw_only=True):
    """A rule about waiting. No `priorities`: it is for everybody."""

    code: Code = ""
    text: Line = ""
    scope: Scope
    of: Line = ""
    from_on: date
    until_on: date | None = None
    hours: Hours
    priorities: Annotated[tuple[Priority, ...], Few] = ()
    met_by: Annotated[tuple[StepKind, ...], Few] = ("admitted", "referred")
    eased_by: Annotated[tuple[StepKind, ...], Few] = ()
    source: Line = ""


class SetReason(Body, frozen=True, kw_only=True):
    """A reason of discharge, and the national one as which it counts."""

    code: Code = ""
    text: Line = ""
    national: National


class SetSummary(Body, frozen=True, kw_only=True):
    """Within how many days the summary of a discharge is due in a state. No `reasons`: of any."""

    state: TwoLetters
    from_on: date
    days: SummaryDays
    working_days: bool = False
    reasons: Annotated[tuple[National, ...], Few] = ()
    source: Line = ""


class SetRules(Body, frozen=True, kw_only=True):
    """Lists that hold from a day on, today or later. A list that is not given stays as it is."""

    from_on: date
    questions: Annotated[tuple[SetQuestion, ...], Few] | None = None
    clocks: Annotated[tuple[SetClock, ...], Few] | None = None
    reasons: Annotated[tuple[SetReason, ...], Few] | None = None
    summaries: Annotated[tuple[SetSummary, ...], Few] | None = None


class RuleVersion(View, frozen=True, kw_only=True):
    """A list that the clinic has set: from when it holds, who set it, and when."""

    kind: RuleKind
    from_on: date
    by_name: str | None
    at: Instant


class IntakeRules(View, frozen=True, kw_only=True):
    """Every list as it holds on the day `on`; what the clinic has not set is as shipped."""

    on: date
    today: date
    questions: tuple[Question, ...]
    clocks: tuple[ClockRule, ...]
    reasons: tuple[Reason, ...]
    summaries: tuple[SummaryRule, ...]
    levels: dict[Edition, tuple[str, ...]]
    """Levels of care by edition of the criteria; these are not the clinic's to change."""
    versions: tuple[RuleVersion, ...]
