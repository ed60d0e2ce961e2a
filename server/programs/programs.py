"""Programs of the caller's clinic."""

from typing import Any
from zoneinfo import available_timezones

import msgspec

from domain.errors import InvalidInput, NotFound
from domain.instants import local_date, second
from domain.people.names import checked_name
from domain.programs.programs import Program
from runtime import policies
from runtime.clock import new_id
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.programs.payloads import CreateProgram, DescribeProgram, Occupancy, PhaseOccupancy
from store.database import Transaction
from store.programs import phases, programs

_ZONES = frozenset(available_timezones())


async def create_program(call: Call[CreateProgram]) -> Program:
    """Add a program, with its zone and its attendance policy."""
    async with call.database.transaction() as tx:
        return await new_program(tx, call, call.asked)


async def new_program(tx: Transaction, call: Call[Any], asked: CreateProgram) -> Program:
    """Add the program that is asked for.

    Raises:
        InvalidInput
    """
    if asked.timezone not in _ZONES:
        raise InvalidInput("This is not the IANA name of a time zone, such as America/New_York.", "$.timezone")
    if not policies.known(asked.policy_id, asked.policy_version):
        raise InvalidInput("There is no such policy with that version.", "$.policy_id")
    program = Program(
        id=new_id(),
        name=checked_name(asked.name, "$.name"),
        timezone=asked.timezone,
        week_start=asked.week_start,
        policy_id=asked.policy_id,
        policy_version=asked.policy_version,
        capacity=asked.capacity,
        tags=_tags(asked.tags),
    )
    call.concerns(program.id)
    _check_name(program, await programs.of_clinic(tx, call.staff.clinic))
    await programs.create(tx, call.staff.clinic, program)
    return program


async def describe_program(call: Call[DescribeProgram]) -> Program:
    """Change a program's name, how many it takes, and for whom it is. Its zone and week stay: hours depend on them."""
    clinic, asked = call.staff.clinic, call.asked
    async with call.database.transaction() as tx:
        await programs.lock(tx, clinic, call.ids["program"])
        program = await found(tx, call)
        changed = msgspec.structs.replace(
            program, name=checked_name(asked.name, "$.name"), capacity=asked.capacity, tags=_tags(asked.tags)
        )
        _check_name(changed, await programs.of_clinic(tx, clinic))
        await programs.describe(tx, clinic, changed)
    return changed


async def list_programs(call: Call[None]) -> Page[Program]:
    """The clinic's programs."""
    async with call.database.transaction() as tx:
        listed = await programs.of_clinic(tx, call.staff.clinic)
    return Page(items=tuple(listed), next=None)


async def show_program(call: Call[None]) -> Program:
    """One program."""
    async with call.database.transaction() as tx:
        return await found(tx, call)


async def show_occupancy(call: Call[None]) -> Occupancy:
    """How many clients are in the program today, phase by phase, beside how many it takes."""
    clinic = call.staff.clinic
    async with call.database.transaction() as tx:
        program = await found(tx, call)
        enrolled = await programs.enrolled_on(tx, clinic, program.id, local_date(second(call.now), program.timezone))
        listed = await phases.of_program(tx, clinic, program.id)
    by_phase = tuple(PhaseOccupancy(phase=phase.id, clients=enrolled.get(phase.id, 0)) for phase in listed)
    return Occupancy(clients=sum(enrolled.values()), capacity=program.capacity, phases=by_phase)


async def found(tx: Transaction, call: Call[Any]) -> Program:
    """The program that the call's path names.

    Raises:
        NotFound
    """
    program = await programs.find(tx, call.staff.clinic, call.ids["program"])
    if program is None:
        raise NotFound
    return program


def _check_name(program: Program, others: list[Program]) -> None:
    names = {other.name.casefold() for other in others if other.id != program.id}
    if program.name.casefold() in names:
        raise InvalidInput("Another program has that name.", "$.name")


def _tags(asked: tuple[str, ...]) -> tuple[str, ...]:
    """The tags without repetition, in the order in which they were typed."""
    return tuple({tag.strip().casefold(): tag.strip() for tag in asked}.values())


ROUTES = (
    Route(
        method="POST",
        path="/api/programs",
        handler=create_program,
        who=Staff("programs.manage"),
        audited=True,
        request=CreateProgram,
        response=Program,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/programs",
        handler=list_programs,
        who=Staff("programs.see"),
        audited=False,
        response=Page[Program],
    ),
    Route(
        method="GET",
        path="/api/programs/{program}",
        handler=show_program,
        who=Staff("programs.see"),
        audited=False,
        response=Program,
    ),
    Route(
        method="PUT",
        path="/api/programs/{program}",
        handler=describe_program,
        who=Staff("programs.manage"),
        audited=True,
        request=DescribeProgram,
        response=Program,
    ),
    Route(
        method="GET",
        path="/api/programs/{program}/occupancy",
        handler=show_occupancy,
        who=Staff("programs.see"),
        audited=False,
        response=Occupancy,
    ),
)
