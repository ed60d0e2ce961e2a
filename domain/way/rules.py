"""Lists of rules that a clinic keeps by version, each from a day on; what is shipped holds until it sets its own."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec

from domain.errors import InvalidInput
from domain.way import clocks, eligibility
from domain.way.clocks import ClockRule
from domain.way.eligibility import Question

RuleKind = Literal["questions", "clocks", "reasons", "summaries"]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A reason of discharge: one of the seven national ones, or a local one that counts as one of them."""

    code: str
    national: Literal["completed", "dropped_out", "terminated", "transferred", "incarcerated", "died", "other"]
    text: str = ""
    """The clinic's own words; a shipped reason has none, and its words are in the catalogues."""


class SummaryRule(msgspec.Struct, frozen=True, kw_only=True):
    """When the summary of a discharge is due in a state; `reasons` (none: any) are national codes."""

    state: str
    from_on: date
    days: int
    working_days: bool = False
    reasons: tuple[str, ...] = ()
    source: str = ""


REASONS: tuple[Reason, ...] = (
    Reason(code="completed", national="completed"),
    Reason(code="dropped_out", national="dropped_out"),
    Reason(code="terminated", national="terminated"),
    Reason(code="transferred", national="transferred"),
    Reason(code="incarcerated", national="incarcerated"),
    Reason(code="died", national="died"),
    Reason(code="other", national="other"),
    Reason(code="commitment_completed", national="completed"),
    Reason(code="moved", national="other"),
    Reason(code="against_advice", national="dropped_out"),
    Reason(code="not_seen_90_days", national="dropped_out"),
)
_SINCE = date(2020, 1, 1)
SUMMARIES: tuple[SummaryRule, ...] = (
    SummaryRule(state="GA", from_on=_SINCE, days=10, working_days=True, reasons=("completed",), source="111-8-19-.17"),
    SummaryRule(state="GA", from_on=_SINCE, days=7, working_days=True, source="111-8-19-.17"),
    SummaryRule(state="IL", from_on=_SINCE, days=15, source="77 Ill. Adm. Code 2060.480"),
    SummaryRule(state="TX", from_on=_SINCE, days=30, source="37 TAC 353.314"),
    SummaryRule(state="MI", from_on=_SINCE, days=14, source="R 325.14909"),
)
"""Of several rules of a state the first that fits the reason holds."""


class WayRules(msgspec.Struct, frozen=True, kw_only=True):
    """All lists of a clinic, as they hold on a day."""

    questions: tuple[Question, ...] = eligibility.SHIPPED
    clocks: tuple[ClockRule, ...] = clocks.SHIPPED
    reasons: tuple[Reason, ...] = REASONS
    summaries: tuple[SummaryRule, ...] = SUMMARIES


def check_whole(rules: WayRules) -> None:
    """Refuse lists with which nobody could work: nothing to choose, or two entries that cannot be told apart.

    Raises:
        InvalidInput: names the list, or its entry.
    """
    if not rules.questions or not rules.reasons:
        path = "$.reasons" if rules.questions else "$.questions"
        raise InvalidInput("Keep at least one: staff choose from this list.", path)
    check_texts(rules.questions, eligibility.SHIPPED, "$.questions")
    check_texts(rules.clocks, clocks.SHIPPED, "$.clocks")
    check_texts(rules.reasons, REASONS, "$.reasons")
    for place, question in enumerate(rules.questions):
        if not question.answers or not set(question.good) <= set(question.answers):
            raise InvalidInput("A favourable answer must be one of the answers.", f"$.questions[{place}].good")


Worded = Question | ClockRule | Reason


def check_texts(listed: Sequence[Worded], shipped: Sequence[Worded], path: str) -> None:
    """Refuse an entry without words, and one that is there twice.

    Raises:
        InvalidInput: names the entry.
    """
    known = {one.code for one in shipped}
    seen: set[str] = set()
    for place, one in enumerate(listed):
        if not one.text and one.code not in known:
            raise InvalidInput("Say it in words.", f"{path}[{place}].text")
        if not seen.isdisjoint({one.code, one.text.casefold()} - {""}):
            raise InvalidInput("This is in the list already.", f"{path}[{place}].text")
        seen |= {one.code, one.text.casefold()}


def national(code: str, reasons: tuple[Reason, ...]) -> str | None:
    """The national code that a reason counts as; None if the clinic does not know it."""
    return next((reason.national for reason in reasons if reason.code == code), None)


def summary_due(rules: WayRules, state: str, reason: str, discharged: date) -> date | None:
    """The day on which the summary of a discharge is due in that state; None without a rule."""
    counts_as = national(reason, rules.reasons)
    fitting = (
        rule
        for rule in rules.summaries
        if rule.state == state and rule.from_on <= discharged and (not rule.reasons or counts_as in rule.reasons)
    )
    rule = next(fitting, None)
    return None if rule is None else _after(discharged, rule)


def _after(day: date, rule: SummaryRule) -> date:
    """Working days leave out weekends, and no holidays: a clinic's calendar of holidays is not known here."""
    if not rule.working_days:
        return day + timedelta(days=rule.days)
    left = rule.days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
