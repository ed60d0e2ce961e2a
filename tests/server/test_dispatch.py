"""Who looked: each look at a record, each change of one and each attempt leaves a row."""

from typing import Any

from runtime.clock import new_id
from store.database import Database
from tests.server.conftest import Browser, House


async def rows(database: Database) -> list[dict[str, Any]]:
    async with database.transaction() as tx:
        found = await tx.fetch(
            "SELECT actor_kind, actor_id, method, route, subjects, status FROM access_audit ORDER BY id"
        )
    return [dict(row) for row in found]


async def test_reading_a_persons_record_says_who_read_whose(
    supervisor: Browser, house: House, database: Database
) -> None:
    assert (await supervisor.get(f"/api/persons/{house.client}")).status == 200
    assert await rows(database) == [
        {
            "actor_kind": "person",
            "actor_id": house.supervisor,
            "method": "GET",
            "route": "/api/persons/{person}",
            "subjects": [house.client],
            "status": 200,
        }
    ]


async def test_a_list_names_everybody_on_it(supervisor: Browser, house: House, database: Database) -> None:
    assert (await supervisor.get("/api/persons")).status == 200
    (row,) = await rows(database)
    staff = {house.facilitator, house.supervisor, house.administrator}
    assert set(row["subjects"]) == staff | {house.client}


async def test_an_attempt_that_was_refused_is_written_down_too(
    facilitator: Browser, supervisor: Browser, house: House, database: Database
) -> None:
    nobody = new_id()
    assert (await facilitator.get(f"/api/persons/{house.client}")).code == "forbidden"
    assert (await supervisor.get(f"/api/persons/{nobody}")).code == "not_found"
    found = await rows(database)
    assert [(row["subjects"], row["status"]) for row in found] == [([house.client], 403), ([nobody], 404)]


async def test_changes_name_the_person_also_where_the_address_does_not(
    administrator: Browser, house: House, database: Database
) -> None:
    assert (await administrator.ask("DELETE", f"/api/join-links/{house.link_id}")).status == 204
    made = await administrator.post("/api/join-links", {"enrolment": house.enrolment})
    assert made.status == 201
    assert [row["subjects"] for row in await rows(database)] == [[house.client], [house.client]]


async def test_what_is_nobodys_record_leaves_no_row(administrator: Browser, database: Database) -> None:
    for path in ("/api/me", "/api/programs", "/api/api-tokens", "/api/health"):
        assert (await administrator.get(path)).status == 200
    assert await rows(database) == []


async def test_no_row_holds_a_name_or_an_address(administrator: Browser, house: House, database: Database) -> None:
    body = {"display_name": "Sam Okonjo", "email": "sam@riverbend.example"}
    assert (await administrator.post("/api/persons", body)).status == 201
    assert "Sam" not in str(await rows(database)) and "sam@" not in str(await rows(database))
