"""The clinic's rules of intake and discharge: questions, clocks, reasons and deadlines, each from a day on."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from domain.errors import InvalidInput
from domain.people.clients import checked_state
from domain.way.clocks import ClockRule
from domain.way.eligibility import LEVELS, Question
from domain.way.rules import Reason, SummaryRule, WayRules, check_whole
from runtime.clock import new_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.way.rules.payloads import IntakeRules, RulesQuery, RuleVersion, SetRules
from store.database import Transaction
from store.people import persons
from store.way import rules
from store.way.rules import Version

Rule = TypeVar("Rule", Question, ClockRule, Reason, SummaryRule)


async def show_rules(call: Call[RulesQuery]) -> IntakeRules:
    """The clinic's lists as they hold on a day, and every version that it has set."""
    async with call.database.transaction() as tx:
        return await _page(tx, call, call.asked.on or call.today)


async def set_rules(call: Call[SetRules]) -> IntakeRules:
    """Set lists from a day on. What held before that day stays: what was decided by it is not decided anew."""
    asked, clinic = call.asked, call.staff.clinic
    if asked.from_on < call.today:
        raise InvalidInput("Choose today or a later day: what held before stays.", "$.from_on")
    if asked.from_on.year >= 2200:
        raise InvalidInput("That year is out of reach.", "$.from_on")
    for place, summary in enumerate(asked.summaries or ()):
        checked_state(summary.state, f"$.summaries[{place}].state")
    changed = _changed(asked)
    call.concerns(call.staff.clinic)
    async with call.database.transaction() as tx:
        check_whole(msgspec.structs.replace(await rules.on(tx, clinic, asked.from_on), **changed))
        for kind, listed in changed.items():
            version = Version(kind=kind, from_on=asked.from_on, rules=listed, by=call.staff.person, at=call.now)
            await rules.add(tx, clinic, version)
        return await _page(tx, call, asked.from_on)


def _changed(asked: SetRules) -> dict[Any, Sequence[Any]]:
    """The lists that are set, by their names."""
    found = {
        "questions": _rules(asked.questions, Question),
        "clocks": _rules(asked.clocks, ClockRule),
        "reasons": _rules(asked.reasons, Reason),
        "summaries": _rules(asked.summaries, SummaryRule),
    }
    return {kind: listed for kind, listed in found.items() if listed is not None}


def _rules(given: Sequence[msgspec.Struct] | None, kind: type[Rule]) -> tuple[Rule, ...] | None:
    return None if given is None else tuple(_rule(one, kind) for one in given)


def _rule(given: msgspec.Struct, kind: type[Rule]) -> Rule:
    """A rule of the domain; a new one is given its code here, so that two never have the same."""
    values = msgspec.structs.asdict(given)
    if values.get("code") == "":
        values["code"] = f"own_{new_id()[-12:]}"
    if "text" in values:
        values["text"] = values["text"].strip()
    return kind(**values)


async def _page(tx: Transaction, call: Call[Any], day: date) -> IntakeRules:
    clinic = call.staff.clinic
    known: WayRules = await rules.on(tx, clinic, day)
    versions = await rules.versions(tx, clinic)
    people = await persons.of_ids(tx, clinic, sorted({one.by for one in versions}))
    return IntakeRules(
        on=day,
        today=call.today,
        questions=known.questions,
        clocks=known.clocks,
        reasons=known.reasons,
        summaries=known.summaries,
        levels=dict(LEVELS),
        versions=tuple(
            RuleVersion(kind=one.kind, from_on=one.from_on, by_name=people[one.by].display_name, at=one.at)
            for one in versions
        ),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/intake-rules",
        handler=show_rules,
        who=Staff("programs.see"),
        audited=False,
        request=RulesQuery,
        response=IntakeRules,
    ),
    Route(
        method="POST",
        path="/api/intake-rules",
        handler=set_rules,
        who=Staff("programs.manage"),
        audited=True,
        request=SetRules,
        response=IntakeRules,
    ),
)
