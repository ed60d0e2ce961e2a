"""The phase in which a test's clients are."""

from datetime import date

from domain.programs.phases import Phase, Requirement
from runtime.clock import new_id
from store.database import Transaction
from store.programs import phases

NINE_HOURS = Requirement(from_on=date(2020, 1, 1), required_s=32_400, days_per_week=3)


async def first_phase(tx: Transaction, clinic: str, program: str, required: Requirement = NINE_HOURS) -> str:
    """The id of the program's first phase; made if it has none, with nine hours on three days."""
    found = await phases.of_program(tx, clinic, program)
    if found:
        return found[0].id
    phase = Phase(id=new_id(), program=program, position=1, name="Phase 1", requirements=(required,))
    await phases.create(tx, clinic, phase)
    return phase.id
