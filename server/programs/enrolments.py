"""Enrolments of the caller's clinic: a client in a program."""

from domain.errors import InvalidInput, NotFound
from domain.programs.enrolments import Enrolment
from runtime.clock import new_id
from server.http.calls import Call
from server.http.pages import PAGE_SIZE, page
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.programs import admissions
from server.programs.payloads import CreateEnrolment, EnrolmentQuery
from store.people import persons, ties
from store.programs import enrolments, phases, programs


async def create_enrolment(call: Call[CreateEnrolment]) -> Enrolment:
    """Enrol a client in a phase of a program."""
    asked = call.asked
    call.concerns(asked.client)
    if not 2000 <= asked.starts_on.year < 2200:
        raise InvalidInput("That year is out of reach.", "$.starts_on")
    if asked.ends_on is not None and asked.ends_on < asked.starts_on:
        raise InvalidInput("The end must not come before the start.", "$.ends_on")
    enrolment = Enrolment(
        id=new_id(),
        program=asked.program,
        client=asked.client,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        phase=asked.phase,
    )
    clinic = call.staff.clinic
    async with call.database.transaction() as tx:
        if await programs.find(tx, clinic, asked.program) is None:
            raise InvalidInput("There is no such program.", "$.program")
        if await persons.find(tx, clinic, asked.client) is None:
            raise InvalidInput("There is no such person.", "$.client")
        if await ties.of_guest(tx, clinic, asked.client) is not None:
            raise InvalidInput("This person is a client's guest. Add them as a client of their own first.", "$.client")
        phase = await phases.find(tx, clinic, asked.phase)
        if phase is None or phase.program != asked.program:
            raise InvalidInput("The program has no such phase.", "$.phase")
        await admissions.enrol(tx, clinic, enrolment, call.staff.person, call.now)
    return enrolment


async def list_enrolments(call: Call[EnrolmentQuery]) -> Page[Enrolment]:
    """The clinic's enrolments, page by page."""
    asked = call.asked
    async with call.database.transaction() as tx:
        found = await enrolments.after(tx, call.staff.clinic, asked.after, PAGE_SIZE + 1, asked.program)
    listed = page(found, lambda enrolment: enrolment.id)
    call.concerns(*(enrolment.client for enrolment in listed.items))
    return listed


async def show_enrolment(call: Call[None]) -> Enrolment:
    """One enrolment."""
    async with call.database.transaction() as tx:
        enrolment = await enrolments.find(tx, call.staff.clinic, call.ids["enrolment"])
    if enrolment is None:
        raise NotFound
    call.concerns(enrolment.client)
    return enrolment


ROUTES = (
    Route(
        method="POST",
        path="/api/enrolments",
        handler=create_enrolment,
        who=Staff("enrolments.decide"),
        audited=True,
        request=CreateEnrolment,
        response=Enrolment,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/enrolments",
        handler=list_enrolments,
        who=Staff("clients.see"),
        audited=True,
        request=EnrolmentQuery,
        response=Page[Enrolment],
    ),
    Route(
        method="GET",
        path="/api/enrolments/{enrolment}",
        handler=show_enrolment,
        who=Staff("clients.see"),
        audited=True,
        response=Enrolment,
    ),
)
