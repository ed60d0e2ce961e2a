"""Clients whom an older release made are found, and have an alias, soon after the update."""

from datetime import UTC, datetime

from domain.people.persons import Person
from runtime.clock import new_id
from store.database import Database
from store.people import aliases, persons, search
from tests.workers.evening import Clinic
from workers.people import take_in

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


async def test_whoever_was_a_client_before_is_taken_in_once(database: Database, clinic: Clinic) -> None:
    names = ["Pat Morrow", "Pat Morrow", "王小明"]
    async with database.transaction() as tx:
        for name in names:
            person = Person(id=new_id(), display_name=name, email=None, external_id=None)
            await persons.create(tx, clinic.id, person)
            insert = "INSERT INTO client_records (clinic_id, person_id) VALUES ($1, $2)"
            await tx.execute(insert, clinic.id, person.id)
        before = sum(map(len, (await search.missing(tx, 100)).values()))
        assert await take_in(tx, NOW) == before >= len(names)
        assert await take_in(tx, NOW) == 0
        rows = await tx.fetch("SELECT person_id FROM person_search WHERE words LIKE '%morrow%'")
        named = await aliases.of_people(tx, clinic.id, [row["person_id"] for row in rows])
    assert len(set(named.values())) == 2
