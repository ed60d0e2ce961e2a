"""Programs that are nearly full, with the day by which block-grant programs report it."""

from typing import Any

from domain.instants import local_date, second
from domain.programs.programs import Program
from domain.way.capacity import CAPACITY_REPORT, Filling, count, reached_on
from server.http.calls import Call
from store.database import Transaction
from store.programs import programs


async def of_programs(tx: Transaction, call: Call[Any], program: str | None) -> tuple[Filling, ...]:
    """The nearly full ones among the clinic's programs, or that one if it is."""
    known = await programs.of_clinic(tx, call.staff.clinic)
    found = [await _filling(tx, call, each) for each in known if program in {None, each.id}]
    return tuple(each for each in found if each is not None)


async def _filling(tx: Transaction, call: Call[Any], program: Program) -> Filling | None:
    if program.capacity is None:
        return None
    today = local_date(second(call.now), program.timezone)
    enrolled = await programs.days_enrolled(tx, call.staff.clinic, program.id)
    reached = reached_on(enrolled, program.capacity, today)
    if reached is None:
        return None
    return Filling(
        program=program.id,
        program_name=program.name,
        clients=count(enrolled, today),
        capacity=program.capacity,
        reached_on=reached,
        report_by=reached + CAPACITY_REPORT,
        overdue=today > reached + CAPACITY_REPORT,
    )
