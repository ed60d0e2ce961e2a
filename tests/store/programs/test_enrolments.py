"""The payer of an enrolment on the day of a session."""

from datetime import date

import pytest

from domain.people.persons import Person
from domain.programs.enrolments import Coverage, Enrolment
from domain.programs.programs import Program
from runtime.clock import new_id
from store.database import Database
from store.people import persons
from store.programs import coverages, enrolments, programs
from tests.phases import first_phase


@pytest.fixture
async def pats(database: Database, clinic: str) -> Enrolment:
    """Pat's enrolment: acme pays until the 10th of November, then nobody, and from the 20th umbra."""
    pat, program = new_id(), new_id()
    async with database.transaction() as tx:
        await persons.create(tx, clinic, Person(id=pat, display_name="Pat", email=None, external_id=None))
        evening = Program(
            id=program, name="Evening", timezone="America/New_York", week_start="sunday", policy_id="evening-sud",
            policy_version=1,
        )  # fmt: skip
        await programs.create(tx, clinic, evening)
        enrolment = Enrolment(
            id=new_id(), program=program, client=pat, starts_on=date(2026, 11, 1), ends_on=None,
            phase=await first_phase(tx, clinic, program),
        )  # fmt: skip
        await enrolments.create(tx, clinic, enrolment)
        for payer, first, last in (("acme", 1, 10), ("umbra", 20, None)):
            coverage = Coverage(
                id=new_id(), enrolment=enrolment.id, payer=payer, policy_id="h0015-3h", policy_version=1,
                valid_from=date(2026, 11, first), valid_to=date(2026, 11, last) if last else None,
            )  # fmt: skip
            await coverages.create(tx, clinic, coverage)
    return enrolment


@pytest.mark.parametrize(
    ("day", "payer"), [(1, "acme"), (10, "acme"), (11, None), (19, None), (20, "umbra"), (30, "umbra")]
)
async def test_the_payer_depends_on_the_day(
    database: Database, clinic: str, pats: Enrolment, day: int, payer: str | None
) -> None:
    async with database.transaction() as tx:
        found = await coverages.payers(tx, clinic, [pats.id], date(2026, 11, day))
    assert found.get(pats.id) == payer
