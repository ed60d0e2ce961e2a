"""Who looked: the access audit in words, by person, by actor and by time."""

from datetime import timedelta
from typing import Any

import pytest

from runtime.clock import new_id
from server.privacy.who_looked import NAMED, PAGE_SIZE
from store.database import Database
from tests.server.conftest import Browser, Clock, House, SignedIn, person
from tests.server.http.test_dispatch import rows


async def asked(browser: Browser, **query: str) -> list[dict[str, Any]]:
    """The looks of the first page, without those at the page itself."""
    answer = await browser.ask("GET", "/api/who-looked?" + "&".join(f"{name}={value}" for name, value in query.items()))
    assert answer.status == 200, answer.body
    return [item for item in answer.body["items"] if item["record"] != "looks"]


def said(look: dict[str, Any]) -> tuple[str | None, str, str]:
    return (look["by"] and look["by"]["name"], look["did"], look["record"])


async def test_a_client_asks_who_looked_and_learns_names_and_kinds_of_record(
    supervisor: Browser, facilitator: Browser, administrator: Browser, visitor: Browser, house: House
) -> None:
    await facilitator.get(f"/api/sessions/{house.session}/attendance")
    await administrator.post("/api/join-links", {"enrolment": house.enrolment})
    await facilitator.post(f"/api/persons/{house.client}/deactivation")
    await visitor.post("/api/join-links/open", {"link": house.link})
    looks = await asked(supervisor, person=house.client)
    assert list(map(said, looks)) == [
        ("Pat Morrow", "changed", "link"),
        ("facilitator", "tried", "person"),
        ("administrator", "changed", "link"),
        ("facilitator", "saw", "attendance"),
    ]
    assert all(look["persons"] == [] for look in looks), "no other client's name stands on a page for this one"


async def test_a_supervisor_follows_one_member_of_staff(
    supervisor: Browser, facilitator: Browser, administrator: Browser, house: House
) -> None:
    await facilitator.get(f"/api/persons/{house.client}")
    await administrator.get(f"/api/persons/{house.client}")
    [look, signed_in] = await asked(supervisor, actor=house.facilitator)
    assert (said(look), look["persons"]) == (
        ("facilitator", "saw", "person"),
        [{"id": house.client, "name": "Pat Morrow"}],
    )
    assert signed_in["record"] == "sign_in"


async def test_looks_of_one_day(supervisor: Browser, house: House, clock: Clock) -> None:
    first = clock.now
    await supervisor.get(f"/api/persons/{house.client}")
    clock.advance(hours=1)
    await supervisor.get(f"/api/enrolments/{house.enrolment}")
    day = {"from": first.isoformat().replace("+00:00", "Z"), "to": (first + timedelta(hours=1)).isoformat()[:19] + "Z"}
    assert [look["record"] for look in await asked(supervisor, person=house.client, **day)] == ["person"]
    backwards = await supervisor.get(f"/api/who-looked?from={day['to']}&to={day['from']}")
    assert (backwards.code, backwards.body["path"]) == ("invalid_input", "$.to")


async def test_of_a_long_list_a_few_are_named(supervisor: Browser, house: House, database: Database) -> None:
    async with database.transaction() as tx:
        for n in range(6):
            await person(tx, house.clinic, f"Client {n}")
    await supervisor.get("/api/persons")
    [look] = [look for look in await asked(supervisor) if look["record"] == "list"]
    assert (len(look["persons"]), look["further"]) == (NAMED, 10 - NAMED)


async def test_pages_follow_one_another_without_gap_or_repetition(supervisor: Browser, house: House) -> None:
    for _ in range(PAGE_SIZE + 5):
        await supervisor.get(f"/api/persons/{house.client}")
    path = f"/api/who-looked?person={house.client}"
    first = (await supervisor.get(path)).body
    second = (await supervisor.get(f"{path}&after={first['next']}")).body
    ids = [item["id"] for item in first["items"] + second["items"]]
    assert len(first["items"]) == PAGE_SIZE and second["next"] is None
    assert len(ids) == len(set(ids)) == PAGE_SIZE + 5


async def test_looking_at_who_looked_is_recorded(supervisor: Browser, house: House, database: Database) -> None:
    await supervisor.get(f"/api/who-looked?person={house.client}")
    [row] = await rows(database)
    assert (row["route"], row["subjects"]) == ("/api/who-looked", [house.client])


async def test_a_program_with_a_token_is_shown_by_its_name(supervisor: Browser, visitor: Browser, house: House) -> None:
    await visitor.get("/api/feed", Authorization=f"Bearer {house.token}")
    [look] = [look for look in await asked(supervisor) if look["record"] == "feed"]
    assert (look["by"]["name"], look["by_program"]) == ("Billing", True)


async def test_another_clinics_looks_and_people_are_not_there(
    supervisor: Browser, house: House, elsewhere: House, visitor: Browser
) -> None:
    await visitor.sign_in(elsewhere.email("supervisor"))
    await visitor.get(f"/api/persons/{elsewhere.client}")
    assert (await supervisor.get(f"/api/who-looked?person={elsewhere.client}")).code == "not_found"
    assert (await supervisor.get(f"/api/who-looked?person={new_id()}")).code == "not_found"
    assert await asked(supervisor, actor=elsewhere.supervisor) == []
    assert all(look["by"]["name"] == "supervisor" for look in await asked(supervisor))


@pytest.mark.parametrize("role", ["facilitator"])
async def test_those_who_only_work_here_do_not_watch_each_other(signed_in: SignedIn, role: Any) -> None:
    assert (await (await signed_in(role)).get("/api/who-looked")).code == "forbidden"
