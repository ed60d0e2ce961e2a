"""Phases of a program: added, described, put in order, and given new numbers from a day on."""

from collections.abc import Sequence
from typing import Any

import msgspec

from domain.errors import InvalidInput, NotFound
from domain.events.schedule import MUTUAL_HELP, SessionKind
from domain.people.names import checked_name
from domain.programs.phases import Phase, Requirement
from runtime.clock import new_id
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.programs.payloads import CreatePhase, DescribePhase, NewRequirement
from store.database import Transaction
from store.programs import phases, programs

MOST = 100
"""The most phases of a program, and the most requirements of a phase."""


async def list_phases(call: Call[None]) -> Page[Phase]:
    """The program's phases in their order, each with everything that it has required."""
    async with call.database.transaction() as tx:
        found = await _of_program(tx, call)
    return Page(items=tuple(found), next=None)


async def create_phase(call: Call[CreatePhase]) -> Phase:
    """Add a phase behind the program's others."""
    program = call.ids["program"]
    _check_kinds(call.asked.required.kinds, "$.required.kinds")
    async with call.database.transaction() as tx:
        await programs.lock(tx, call.staff.clinic, program)
        others = await _of_program(tx, call)
        call.concerns(program)
        if len(others) >= MOST:
            raise InvalidInput(f"A program has at most {MOST} phases.", "$.name")
        name = _checked_name(call.asked.name, others)
        phase = Phase(
            id=new_id(),
            program=program,
            position=len(others) + 1,
            name=name,
            usual_weeks=call.asked.usual_weeks,
            requirements=(_requirement(call.asked.required),),
        )
        await phases.create(tx, call.staff.clinic, phase, call.staff.person)
    return phase


async def describe_phase(call: Call[DescribePhase]) -> Page[Phase]:
    """Change a phase's name, usual length or place. The answer lists the program's phases in their new order."""
    clinic, asked = call.staff.clinic, call.asked
    async with call.database.transaction() as tx:
        phase, all_of_it = await _locked(tx, call)
        others = [other for other in all_of_it if other.id != phase.id]
        name = _checked_name(asked.name, others)
        changed = msgspec.structs.replace(phase, name=name, usual_weeks=asked.usual_weeks)
        ordered = [*others[: asked.position - 1], changed, *others[asked.position - 1 :]]
        placed = [msgspec.structs.replace(each, position=at) for at, each in enumerate(ordered, 1)]
        for each in placed:
            await phases.describe(tx, clinic, each)
    return Page(items=tuple(placed), next=None)


async def change_requirement(call: Call[NewRequirement]) -> Phase:
    """Let a phase require something else from a day on. What it required before stays in its list."""
    clinic, requirement = call.staff.clinic, _requirement(call.asked)
    _check_kinds(requirement.kinds, "$.kinds")
    async with call.database.transaction() as tx:
        phase, _ = await _locked(tx, call)
        if len(phase.requirements) >= MOST:
            raise InvalidInput(f"A phase has at most {MOST} changes: add a new phase.", "$.from_on")
        if requirement.from_on < phase.requirements[0].from_on:
            first = phase.requirements[0].from_on
            raise InvalidInput(f"The phase's first numbers are from {first}: nothing is changed before.", "$.from_on")
        await phases.require(tx, clinic, phase.id, requirement, call.staff.person)
        changed = await phases.find(tx, clinic, phase.id)
    if changed is None:
        raise NotFound
    return changed


async def _of_program(tx: Transaction, call: Call[Any]) -> list[Phase]:
    clinic, program = call.staff.clinic, call.ids["program"]
    if await programs.find(tx, clinic, program) is None:
        raise NotFound
    return await phases.of_program(tx, clinic, program)


async def _locked(tx: Transaction, call: Call[Any]) -> tuple[Phase, list[Phase]]:
    """The phase, and all phases of its program, which nobody else changes meanwhile."""
    clinic = call.staff.clinic
    phase = await phases.find(tx, clinic, call.ids["phase"])
    if phase is None:
        raise NotFound
    call.concerns(phase.program)
    await programs.lock(tx, clinic, phase.program)
    all_of_it = await phases.of_program(tx, clinic, phase.program)
    return next(each for each in all_of_it if each.id == phase.id), all_of_it


def _checked_name(typed: str, others: list[Phase]) -> str:
    name = checked_name(typed, "$.name")
    if name.casefold() in {other.name.casefold() for other in others}:
        raise InvalidInput("Another phase of this program has that name.", "$.name")
    return name


def _check_kinds(kinds: Sequence[SessionKind], path: str) -> None:
    if MUTUAL_HELP in kinds:
        raise InvalidInput("Nothing is kept of mutual help, so it cannot count toward hours.", path)


def _requirement(asked: NewRequirement) -> Requirement:
    return Requirement(
        from_on=asked.from_on,
        required_s=asked.required_s,
        days_per_week=asked.days_per_week,
        kinds=tuple(sorted(set(asked.kinds))),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/programs/{program}/phases",
        handler=list_phases,
        who=Staff("programs.see"),
        audited=False,
        response=Page[Phase],
    ),
    Route(
        method="POST",
        path="/api/programs/{program}/phases",
        handler=create_phase,
        who=Staff("programs.manage"),
        audited=True,
        request=CreatePhase,
        response=Phase,
        status=201,
    ),
    Route(
        method="PUT",
        path="/api/phases/{phase}",
        handler=describe_phase,
        who=Staff("programs.manage"),
        audited=True,
        request=DescribePhase,
        response=Page[Phase],
    ),
    Route(
        method="POST",
        path="/api/phases/{phase}/requirements",
        handler=change_requirement,
        who=Staff("programs.manage"),
        audited=True,
        request=NewRequirement,
        response=Phase,
        status=201,
    ),
)
