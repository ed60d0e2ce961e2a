"""Clients' days in the phases of a program: what their weeks are measured against. They follow from dated acts."""

from collections.abc import Sequence

from domain.programs.acts import replay, stays_of
from domain.programs.phases import Stay
from store.database import Transaction
from store.programs import acts, enrolments, phases


async def of_clients(tx: Transaction, clinic: str, program: str, clients: Sequence[str]) -> dict[str, list[Stay]]:
    """By client, their days in the program's phases; who was never enrolled is left out."""
    known = {phase.id: phase for phase in await phases.of_program(tx, clinic, program)}
    found = await enrolments.of_clients(tx, clinic, program, clients)
    recorded = await acts.of_enrolments(tx, clinic, [enrolment.id for enrolment in found])
    stays: dict[str, list[Stay]] = {}
    for enrolment in found:
        stays.setdefault(enrolment.client, []).extend(stays_of(replay(recorded[enrolment.id]), known))
    return stays
