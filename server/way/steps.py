"""The steps of an inquiry: screened, met, assessed, and decided about."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec

from domain.access.links import JoinLink, address
from domain.errors import InvalidInput
from domain.people.roles import may_run
from domain.schedule import plans
from domain.schedule.plans import Plan
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from domain.way import eligibility
from domain.way.eligibility import Given, LevelOfCare
from domain.way.inquiries import Inquiry, following
from runtime import policies
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.schedule import licensing, planning
from server.way import payloads
from server.way.admission import with_person
from server.way.inquiries import Taken, held, page, take
from server.way.payloads import (
    AnswerView,
    Assess,
    Decline,
    OnDay,
    PlanIntake,
    PlannedIntake,
    Refer,
    Reopen,
    Said,
    Screen,
    WaitList,
)
from store.access import join_links
from store.database import Transaction
from store.people import persons
from store.programs import programs
from store.way import rules

LINK_AFTER = timedelta(days=1)
"""How long after the intake its link still answers, so that the person is told that it is over."""


async def screen(call: Call[Screen]) -> payloads.Inquiry:
    """Write down what the first conversation found."""
    async with call.database.transaction() as tx:
        inquiry = msgspec.structs.replace(await held(tx, call), priorities=call.asked.priorities)
        return await take(tx, call, inquiry, Taken(kind="screened", said=_said(call.asked.words)))


async def plan_intake(call: Call[PlanIntake]) -> PlannedIntake:
    """Plan a session with somebody who is no client yet. Their personal link opens it, and nothing else."""
    asked, clinic = call.asked, call.staff.clinic
    ends = asked.starts + timedelta(minutes=asked.minutes)
    plan = plans.checked(Plan(starts=asked.starts, ends=ends))
    if plan.ends <= call.now:
        raise InvalidInput("That is over already. Choose a later time.", "$.starts")
    async with call.database.transaction() as tx:
        inquiry = await held(tx, call)
        following(inquiry.state, "intake_planned")
        staff = await persons.find(tx, clinic, asked.facilitator)
        if staff is None or not may_run(staff.staff_roles):
            raise InvalidInput("Choose somebody who leads sessions.", "$.facilitator")
        inquiry = await with_person(tx, clinic, inquiry)
        url = await _link(tx, call, inquiry, plan)
        session = await _session(tx, clinic, inquiry, plan)
        codes = {"session": session.id, "facilitator": staff.id}
        shown = await take(tx, call, inquiry, Taken(kind="intake_planned", codes=codes))
        places = [
            RosterPlace(person=staff.id, role="facilitator"),
            RosterPlace(person=inquiry.person or "", role="client"),
        ]
        await licensing.checked(tx, session, places, "$.facilitator")
        await planning.create(tx, session, places, call.now)
    return PlannedIntake(inquiry=shown, session=session.id, url=url)


async def assess(call: Call[Assess]) -> payloads.Inquiry:
    """Answer the clinic's questions of eligibility, and name the level of care."""
    asked = call.asked
    given = [Given(question=one.question, answer=one.answer, reason=one.reason.strip()) for one in asked.answers]
    level = LevelOfCare(
        edition=asked.level.edition,
        ratings=asked.level.ratings,
        recommended=asked.level.recommended,
        placed=asked.level.placed,
        difference=asked.level.difference.strip(),
    )
    async with call.database.transaction() as tx:
        inquiry = await held(tx, call)
        known = await rules.on(tx, call.staff.clinic, (await page(tx, call, inquiry)).today)
        eligibility.check(given, known.questions, level)
        answers = tuple(AnswerView(question=one.question, answer=one.answer, reason=one.reason) for one in given)
        said = Said(text=asked.words.strip(), answers=answers, level=level)
        codes = {"edition": level.edition, "recommended": level.recommended, "placed": level.placed}
        return await take(tx, call, inquiry, Taken(kind="assessed", codes=codes, said=said))


async def refer(call: Call[Refer]) -> payloads.Inquiry:
    """Refer to another place, with the day on which the papers were sent."""
    asked = call.asked
    said = Said(text=asked.words.strip(), to=asked.to.strip())
    return await _simple(call, Taken(kind="referred", on=asked.sent_on, codes={"reason": asked.reason}, said=said))


async def confirm_arrival(call: Call[OnDay]) -> payloads.Inquiry:
    """Confirm that somebody who was referred has arrived there."""
    return await _simple(call, Taken(kind="arrived", on=call.asked.on, said=_said(call.asked.words)))


async def wait_list(call: Call[WaitList]) -> payloads.Inquiry:
    """Put somebody on the wait list."""
    async with call.database.transaction() as tx:
        inquiry = msgspec.structs.replace(await held(tx, call), priorities=call.asked.priorities)
        return await take(tx, call, inquiry, Taken(kind="wait_listed", said=_said(call.asked.words)))


async def give_interim(call: Call[OnDay]) -> payloads.Inquiry:
    """Write down that interim services were given while somebody waits."""
    return await _simple(call, Taken(kind="interim", on=call.asked.on, said=_said(call.asked.words)))


async def decline(call: Call[Decline]) -> payloads.Inquiry:
    """Decline, or note that they no longer want to come, with a reason."""
    if not call.asked.reason:
        raise InvalidInput("Choose the reason.", "$.reason")
    return await _simple(
        call, Taken(kind="declined", codes={"reason": call.asked.reason}, said=_said(call.asked.words))
    )


async def reopen(call: Call[Reopen]) -> payloads.Inquiry:
    """Open an inquiry again that was declined or referred."""
    return await _simple(call, Taken(kind="reopened", said=_said(call.asked.words)))


async def _simple(call: Call[Any], taken: Taken) -> payloads.Inquiry:
    if taken.on is not None and not 2000 <= taken.on.year < 2200:
        raise InvalidInput("That year is out of reach.", "$.sent_on" if taken.kind == "referred" else "$.on")
    async with call.database.transaction() as tx:
        return await take(tx, call, await held(tx, call), taken)


def _said(words: str) -> Said:
    return Said(text=words.strip())


async def _link(tx: Transaction, call: Call[Any], inquiry: Inquiry, plan: Plan) -> str:
    secret = random_secrets.new()
    link = JoinLink(
        id=new_id(),
        clinic=call.staff.clinic,
        person=inquiry.person or "",
        created_at=call.now,
        expires_at=plan.ends + LINK_AFTER,
    )
    await join_links.create(tx, link, random_secrets.digest(secret))
    return address(call.settings.public_origin, secret)


async def _session(tx: Transaction, clinic: str, inquiry: Inquiry, plan: Plan) -> Session:
    program = await programs.find(tx, clinic, inquiry.program)
    if program is None:
        raise InvalidInput("There is no such program.", "$.program")
    _, policy = policies.load(program.policy_id, program.policy_version)
    return Session(
        id=new_id(),
        clinic=clinic,
        program=program.id,
        program_name=program.name,
        kind="intake",
        title="",
        timezone=program.timezone,
        starts=plan.starts,
        ends=plan.ends,
        policy=policy,
    )


def _route(path: str, handler: Callable[[Call[Any]], Awaitable[Any]], request: Any) -> Route:
    deciding = path in {"decline", "referral"}
    return Route(
        method="POST",
        path=f"/api/inquiries/{{inquiry}}/{path}",
        handler=handler,
        who=Staff("enrolments.decide" if deciding else "intake.work"),
        audited=True,
        request=request,
        response=PlannedIntake if request is PlanIntake else payloads.Inquiry,
    )


ROUTES = (
    _route("screening", screen, Screen),
    _route("intake", plan_intake, PlanIntake),
    _route("eligibility", assess, Assess),
    _route("referral", refer, Refer),
    _route("arrival", confirm_arrival, OnDay),
    _route("waiting", wait_list, WaitList),
    _route("interim", give_interim, OnDay),
    _route("decline", decline, Decline),
    _route("reopening", reopen, Reopen),
)
