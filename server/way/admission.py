"""Admission: somebody who asked becomes a client, after a look at what that changes."""

from typing import Any

import msgspec

from domain.errors import InvalidInput
from domain.people.clients import Client, ContactWay
from domain.people.persons import Person
from domain.programs.acts import replay
from domain.programs.enrolments import Enrolment
from domain.way.inquiries import Inquiry, following
from runtime.clock import new_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.programs import admissions
from server.way import effects, payloads, timelines
from server.way.effects import Change
from server.way.inquiries import Taken, held, take
from server.way.payloads import Admit, Effects, Said
from store.database import Transaction
from store.people import clients, persons
from store.people.clients import Author
from store.programs import phases


class _Undone(Exception):
    """Raised to roll a preview back."""


async def admit(call: Call[Admit]) -> payloads.Inquiry:
    """Admit: the person becomes a client, enrolled in a phase of the program from a day on."""
    async with call.database.transaction() as tx:
        shown, _ = await _admit(tx, call)
    return shown


async def preview_admission(call: Call[Admit]) -> Effects:
    """What the admission would change: it is saved in full, and taken back."""
    found = Effects()
    try:
        async with call.database.transaction() as tx:
            _, found = await _admit(tx, call)
            raise _Undone
    except _Undone:
        return found


async def _admit(tx: Transaction, call: Call[Admit]) -> tuple[payloads.Inquiry, Effects]:
    asked, clinic = call.asked, call.staff.clinic
    inquiry = await held(tx, call)
    following(inquiry.state, "admitted")
    if not 2000 <= asked.from_on.year < 2200:
        raise InvalidInput("That year is out of reach.", "$.from_on")
    phase = await phases.find(tx, clinic, asked.phase)
    if phase is None or phase.program != inquiry.program:
        raise InvalidInput("The program has no such phase.", "$.phase")
    inquiry = await with_person(tx, clinic, inquiry)
    await clients.take_in(tx, clinic, _client(inquiry), Author(by=call.staff.person, at=call.now))
    enrolment = Enrolment(
        id=new_id(),
        program=inquiry.program,
        client=inquiry.person or "",
        starts_on=asked.from_on,
        ends_on=None,
        phase=phase.id,
    )
    enrolled = msgspec.structs.replace(inquiry, enrolment=enrolment.id)
    await admissions.enrol(tx, clinic, enrolment, call.staff.person, call.now)
    codes = {"enrolment": enrolment.id, "phase": phase.id}
    said = Said(text=asked.words.strip())
    shown = await take(tx, call, enrolled, Taken(kind="admitted", on=asked.from_on, codes=codes, said=said))
    return shown, await _effects(tx, call, enrolment)


async def _effects(tx: Transaction, call: Call[Any], enrolment: Enrolment) -> Effects:
    """What the enrolment, which was just added, brings with it."""
    begun = await timelines.held(tx, call.staff.clinic, enrolment)
    change = Change(
        clinic=call.staff.clinic,
        enrolment=enrolment,
        program=begun.program,
        phases=begun.phases,
        before=(),
        after=replay(begun.acts),
        by=call.staff.person,
        now=call.now,
    )
    return await effects.carry_out(tx, change)


async def with_person(tx: Transaction, clinic: str, inquiry: Inquiry) -> Inquiry:
    """The inquiry with a person who can stand on a roster; without an enrolment they are no client."""
    if inquiry.person is not None:
        return inquiry
    person = Person(id=new_id(), display_name=inquiry.name, email=None, external_id=None)
    await persons.create(tx, clinic, person)
    return msgspec.structs.replace(inquiry, person=person.id)


def _client(inquiry: Inquiry) -> Client:
    """The record that they begin with: their name, and the way in which they were reached."""
    contact = ContactWay(
        kind="email" if "@" in inquiry.reach else "phone",
        value=inquiry.reach,
        may_leave_message=inquiry.may_leave_message,
    )
    return Client(id=inquiry.person or "", name=inquiry.name, contacts=[contact])


_DECIDES = Staff("enrolments.decide")

ROUTES = (
    Route(
        method="POST",
        path="/api/inquiries/{inquiry}/admission",
        handler=admit,
        who=_DECIDES,
        audited=True,
        request=Admit,
        response=payloads.Inquiry,
    ),
    Route(
        method="POST",
        path="/api/inquiries/{inquiry}/admission/preview",
        handler=preview_admission,
        who=_DECIDES,
        audited=True,
        request=Admit,
        response=Effects,
    ),
)
