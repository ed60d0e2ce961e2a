"""Inquiries: written down, listed with the clocks that run, and shown with every step."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from domain.errors import InvalidInput, NotFound
from domain.instants import local_date, second
from domain.people.names import checked_name
from domain.way.clocks import clocks
from domain.way.inquiries import OPEN_STATES, Inquiry, Step, following, possible, rank
from domain.way.rules import WayRules
from runtime.clock import new_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.way import filling, payloads
from server.way.payloads import CreateInquiry, InquiryLine, InquiryList, InquiryQuery, Said, StepView
from server.way.words import keys_of
from store.chart import data_keys
from store.chart.data_keys import UNOPENABLE
from store.database import Transaction
from store.people import persons
from store.programs import phases, programs
from store.way import inquiries, rules
from store.way.inquiries import Sealed

MOST = 500
"""The most inquiries that one list shows; filters narrow it."""


async def create_inquiry(call: Call[CreateInquiry]) -> payloads.Inquiry:
    """Write down that somebody asks."""
    asked = call.asked
    inquiry = Inquiry(
        id=new_id(),
        program=asked.program,
        name=checked_name(asked.name, "$.name"),
        reach=asked.reach.strip(),
        may_leave_message=asked.may_leave_message,
        heard=asked.heard.strip(),
        urgencies=asked.urgencies,
        priorities=asked.priorities,
        asked_at=call.now,
    )
    call.concerns(inquiry.id)
    async with call.database.transaction() as tx:
        if await programs.find(tx, call.staff.clinic, asked.program) is None:
            raise InvalidInput("There is no such program.", "$.program")
        await inquiries.create(tx, call.staff.clinic, inquiry)
        return await take(tx, call, inquiry, Taken(kind="asked", said=Said(text=asked.words.strip())))


async def list_inquiries(call: Call[InquiryQuery]) -> InquiryList:
    """Inquiries in a state: the wait list by place, others the latest first."""
    clinic, asked = call.staff.clinic, call.asked
    async with call.database.transaction() as tx:
        states = OPEN_STATES if asked.state is None else (asked.state,)
        found = await inquiries.of_states(tx, clinic, states, asked.program, MOST)
        lines = await _lines(tx, call, found)
        counts = await inquiries.counts(tx, clinic)
        full = await filling.of_programs(tx, call, asked.program)
    call.concerns(*(line.id for line in lines))
    return InquiryList(items=tuple(lines), counts=counts, filling=full)


async def show_inquiry(call: Call[None]) -> payloads.Inquiry:
    """One inquiry, with its steps and those that can follow."""
    async with call.database.transaction() as tx:
        return await page(tx, call, await held(tx, call))


async def held(tx: Transaction, call: Call[Any]) -> Inquiry:
    """The inquiry of the address, which nobody else changes meanwhile.

    Raises:
        NotFound
    """
    inquiry = await inquiries.take(tx, call.staff.clinic, call.ids["inquiry"])
    if inquiry is None:
        raise NotFound
    call.concerns(inquiry.id, *([inquiry.person] if inquiry.person else []))
    return inquiry


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A step that staff take now: `on` is the day it happened on, if that is another than today."""

    kind: Any
    on: Any = None
    codes: Mapping[str, str] = {}
    said: Said = Said()


async def take(tx: Transaction, call: Call[Any], inquiry: Inquiry, taken: Taken) -> payloads.Inquiry:
    """Add a step to an inquiry, if it follows from where it stands; returns its page."""
    if taken.kind != "asked":
        inquiry = msgspec.structs.replace(inquiry, state=following(inquiry.state, taken.kind))
        await inquiries.follow(tx, call.staff.clinic, inquiry)
    step = Step(
        id=new_id(),
        kind=taken.kind,
        on=taken.on or call.today,
        at=call.now,
        by=call.staff.person,
        codes=taken.codes,
    )
    await inquiries.append(tx, call.staff.clinic, inquiry.id, step, await _sealed(tx, call, inquiry, step, taken.said))
    return await page(tx, call, inquiry)


async def _sealed(tx: Transaction, call: Call[Any], inquiry: Inquiry, step: Step, said: Said) -> Sealed | None:
    if said == Said():
        return None
    key = await data_keys.for_owner(tx, keys_of(call.settings), call.staff.clinic, inquiry.id)
    return Sealed(data_key=key.id, said=key.encrypt(msgspec.json.encode(said).decode(), step.id))


async def page(tx: Transaction, call: Call[Any], inquiry: Inquiry) -> payloads.Inquiry:
    """The inquiry as its page shows it."""
    clinic = call.staff.clinic
    program = await programs.find(tx, clinic, inquiry.program)
    if program is None:
        raise NotFound
    today = local_date(second(call.now), program.timezone)
    steps = (await inquiries.steps(tx, clinic, [inquiry.id]))[inquiry.id]
    [line] = await _lines(tx, call, [inquiry])
    return payloads.Inquiry(
        line=line,
        reach=inquiry.reach,
        may_leave_message=inquiry.may_leave_message,
        heard=inquiry.heard,
        person=inquiry.person,
        enrolment=inquiry.enrolment,
        steps=await _steps(tx, call, inquiry, steps),
        possible=possible(inquiry.state),
        questions=(await rules.on(tx, clinic, today)).questions,
        phases=tuple(
            payloads.PhaseChoice(id=phase.id, name=phase.name)
            for phase in await phases.of_program(tx, clinic, program.id)
        ),
        today=today,
        timezone=program.timezone,
    )


async def _steps(tx: Transaction, call: Call[Any], inquiry: Inquiry, steps: Sequence[Step]) -> tuple[StepView, ...]:
    said = await _said(tx, call, inquiry)
    people = await persons.of_ids(tx, call.staff.clinic, sorted({step.by for step in steps if step.by}))
    return tuple(
        StepView(
            id=step.id,
            kind=step.kind,
            on=step.on,
            at=step.at,
            by_name=people[step.by].display_name if step.by in people else None,
            codes=dict(step.codes),
            said=said.get(step.id),
        )
        for step in steps
    )


async def _said(tx: Transaction, call: Call[Any], inquiry: Inquiry) -> dict[str, Said]:
    sealed = await inquiries.sealed(tx, call.staff.clinic, inquiry.id)
    if not sealed:
        return {}
    try:
        key = await data_keys.for_owner(tx, keys_of(call.settings), call.staff.clinic, inquiry.id)
        return {step: msgspec.json.decode(key.decrypt(said, step), type=Said) for step, said in sealed.items()}
    except UNOPENABLE:
        return {}


async def _lines(tx: Transaction, call: Call[Any], found: Sequence[Inquiry]) -> list[InquiryLine]:
    clinic = call.staff.clinic
    steps = await inquiries.steps(tx, clinic, [inquiry.id for inquiry in found])
    names = {program.id: program.name for program in await programs.of_clinic(tx, clinic)}
    known: WayRules = await rules.on(tx, clinic, call.today)
    waiting = sorted((one for one in found if one.state == "waiting"), key=rank)
    places = {inquiry.id: place for place, inquiry in enumerate(waiting, 1)}
    lines = [
        InquiryLine(
            id=one.id,
            name=one.name,
            program=one.program,
            program_name=names[one.program],
            state=one.state,
            asked_at=one.asked_at,
            urgencies=tuple(one.urgencies),
            priorities=tuple(one.priorities),
            clocks=tuple(clocks(one, steps[one.id], known.clocks, call.now)) if one.state in OPEN_STATES else (),
            place=places.get(one.id),
        )
        for one in found
    ]
    return sorted(lines, key=lambda line: (line.place is not None, line.place or 0))


_SEES, _WORKS = Staff("intake.see"), Staff("intake.work")

ROUTES = (
    Route(
        method="POST",
        path="/api/inquiries",
        handler=create_inquiry,
        who=_WORKS,
        audited=True,
        request=CreateInquiry,
        response=payloads.Inquiry,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/inquiries",
        handler=list_inquiries,
        who=_SEES,
        audited=True,
        request=InquiryQuery,
        response=InquiryList,
    ),
    Route(
        method="GET",
        path="/api/inquiries/{inquiry}",
        handler=show_inquiry,
        who=_SEES,
        audited=True,
        response=payloads.Inquiry,
    ),
)
