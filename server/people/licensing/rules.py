"""Which licences a clinic's sessions ask for, and what happens where one is missing."""

from typing import Any, get_args

from domain.errors import InvalidInput
from domain.events.schedule import MUTUAL_HELP, SessionKind
from domain.people.licences import LicenceRule, asked_of
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.people.licensing.licences import writer
from server.people.licensing.payloads import AskedNow, LicenceRules, SetLicencePolicy, SetLicenceRule
from store.database import Transaction
from store.people import licences

YEARS = range(2000, 2200)


async def show_licence_rules(call: Call[None]) -> LicenceRules:
    """Which licences the kinds of sessions ask for, and what the clinic does where one is missing."""
    async with call.database.transaction() as tx:
        return await _rules(tx, call)


async def set_policy(call: Call[SetLicencePolicy]) -> LicenceRules:
    """Warn where a licence is missing, or refuse."""
    call.concerns(call.staff.clinic)
    async with call.database.transaction() as tx:
        await licences.set_policy(tx, call.staff.clinic, call.asked.policy, writer(call))
        return await _rules(tx, call)


async def set_rule(call: Call[SetLicenceRule]) -> LicenceRules:
    """Change what a kind asks for, from a day on."""
    asked = call.asked
    call.concerns(call.staff.clinic)
    if asked.kind == MUTUAL_HELP:
        raise InvalidInput("A mutual-help meeting has no roster, so it asks for no licence.", "$.kind")
    if asked.from_on.year not in YEARS:
        raise InvalidInput("That year is out of reach.", "$.from_on")
    rule = LicenceRule(kind=asked.kind, asked=asked.asked, from_on=asked.from_on)
    async with call.database.transaction() as tx:
        await licences.set_rule(tx, call.staff.clinic, rule, writer(call))
        return await _rules(tx, call)


async def _rules(tx: Transaction, call: Call[Any]) -> LicenceRules:
    clinic, today = call.staff.clinic, call.today
    rules = await licences.rules_of(tx, clinic)
    kinds = [kind for kind in get_args(SessionKind) if kind != MUTUAL_HELP]
    return LicenceRules(
        policy=await licences.policy_of(tx, clinic),
        today=tuple(AskedNow(kind=kind, asked=asked_of(kind, rules, today)) for kind in kinds),
        changes=tuple(rules),
    )


ROUTES = (
    Route(
        method="GET", path="/api/clinic/licences", handler=show_licence_rules, who=Staff("clinic.see"), audited=False,
        response=LicenceRules,
    ),
    Route(
        method="PUT", path="/api/clinic/licences/policy", handler=set_policy, who=Staff("clinic.manage"), audited=True,
        request=SetLicencePolicy, response=LicenceRules,
    ),
    Route(
        method="POST", path="/api/clinic/licences/rules", handler=set_rule, who=Staff("clinic.manage"), audited=True,
        request=SetLicenceRule, response=LicenceRules,
    ),
)  # fmt: skip
