"""Lists of rules by version: the latest from a day on holds, and what is not set is as shipped."""

from datetime import UTC, date, datetime

from domain.people.persons import Person
from domain.way.eligibility import Question
from domain.way.rules import WayRules
from runtime.clock import new_id
from store.database import Database
from store.people import persons
from store.way import rules
from store.way.rules import Version

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


async def test_the_latest_version_from_a_day_on_holds(database: Database, clinic: str) -> None:
    ruth = Person(id=new_id(), display_name="Ruth", email=None, external_id=None, staff_roles=["administrator"])
    smoke, insured = Question(code="smoke", text="Smokes?"), Question(code="insured", text="Insured?")
    async with database.transaction() as tx:
        await persons.create(tx, clinic, ruth)
        for day, questions in ((10, (smoke,)), (20, (insured,)), (20, (insured, smoke))):
            version = Version(kind="questions", from_on=date(2026, 11, day), rules=questions, by=ruth.id, at=NOW)
            await rules.add(tx, clinic, version)
        held = [await rules.on(tx, clinic, date(2026, 11, day)) for day in (9, 10, 19, 20)]
    assert [one.questions for one in held] == [WayRules().questions, (smoke,), (smoke,), (insured, smoke)]
    assert held[3].clocks == WayRules().clocks
