"""The page of retention: the policy, what comes next, holds, postponements, and what was done."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from store.database import Database
from store.privacy import erasures
from tests.server.conftest import Browser, Clock, House

PAGE = "/api/clinic/retention"


@pytest.fixture
async def listed(database: Database, house: House, clock: Clock) -> None:
    """Pat was discharged seven years ago, and is due in ten days."""
    async with database.transaction() as tx:
        due = clock.now.date() + timedelta(days=10)
        await erasures.list_for_erasing(tx, house.clinic, {house.client: due})


async def shown(browser: Browser) -> dict[str, Any]:
    answer = await browser.get(PAGE)
    assert answer.status == 200, answer.body
    return dict(answer.body)


def rule(page: dict[str, Any], record: str) -> dict[str, Any]:
    [found] = [one for one in page["rules"] if one["record"] == record]
    return dict(found)


def coming(page: dict[str, Any], record: str) -> tuple[int, int]:
    [found] = [one for one in page["upcoming"] if one["record"] == record]
    return found["in_30_days"], found["in_90_days"]


async def test_the_page_says_what_ships_and_who_is_next(
    administrator: Browser, house: House, listed: None, clock: Clock
) -> None:
    page = await shown(administrator)
    client = rule(page, "client")
    assert (client["keep"], client["unit"], client["minors_until"]) == (7, "years", 25)
    assert client["states"] == [{"state": "NC", "keep": 11, "minors_until": 30}]
    assert (rule(page, "ledger")["keep"], rule(page, "ledger")["fixed"]) == (None, True)
    [pat] = page["clients"]
    assert (pat["person"], pat["name"], pat["held"]) == (house.client, "Pat Morrow", False)
    assert coming(page, "client")[1] == 1


async def test_rows_that_age_are_counted_for_thirty_and_ninety_days(
    administrator: Browser, house: House, owner_url: str, clock: Clock
) -> None:
    before = coming(await shown(administrator), "mail")
    owner = await asyncpg.connect(owner_url)
    for days in (61, 10):
        await owner.execute(
            "INSERT INTO mails (clinic_id, id, kind, address, state, queued_at, next_try_at)"
            " VALUES ($1, gen_random_uuid(), 'invitation', 'a@mail.example', 'sent', $2, $2)",
            house.clinic, clock.now - timedelta(days=days),
        )  # fmt: skip
    await owner.close()
    assert before == (0, 0)
    assert coming(await shown(administrator), "mail") == (1, 2)


async def test_a_clinic_keeps_longer_and_is_told_why_not_shorter(administrator: Browser) -> None:
    assert (await administrator.ask("PUT", PAGE, {"record": "client", "keep": 10})).status == 204
    client = rule(await shown(administrator), "client")
    assert (client["keep"], client["shortest"]) == (10, 7)
    refused = await administrator.ask("PUT", PAGE, {"record": "client", "keep": 5})
    assert (refused.status, refused.body["path"]) == (422, "$.keep")
    assert refused.body["detail"] == "This is shorter than 7 years. Give 7 or more."
    assert rule(await shown(administrator), "client")["keep"] == 10


async def test_a_hold_is_put_listed_and_released(administrator: Browser, house: House, listed: None) -> None:
    path = f"/api/clients/{house.client}/holds"
    assert (await administrator.post(path, {"reason": "  "})).body["path"] == "$.reason"
    assert (await administrator.post(path, {"reason": "a subpoena of 3 May"})).status == 204
    page = await shown(administrator)
    [hold] = page["holds"]
    assert (hold["name"], hold["reason"], hold["held_by_name"]) == (
        "Pat Morrow",
        "a subpoena of 3 May",
        "administrator",
    )
    assert page["clients"][0]["held"] and coming(page, "client") == (0, 0)
    assert (await administrator.ask("DELETE", f"/api/holds/{hold['id']}")).status == 204
    page = await shown(administrator)
    assert (page["holds"], page["clients"][0]["held"]) == ([], False)


async def test_an_erasing_is_postponed_to_a_day_to_come(
    administrator: Browser, house: House, listed: None, clock: Clock
) -> None:
    path, today = f"/api/clients/{house.client}/erasing", clock.now.date()
    refused = await administrator.ask("PUT", path, {"until": str(today)})
    assert refused.body["detail"] == "This day is not in the future. Give a day to come."
    until = str(today + timedelta(days=400))
    assert (await administrator.ask("PUT", path, {"until": until})).status == 204
    [pat] = (await shown(administrator))["clients"]
    assert (pat["erased_on"], pat["postponed_until"]) == (until, until)


async def test_who_is_not_listed_cannot_be_postponed(administrator: Browser, house: House, clock: Clock) -> None:
    until = str(clock.now.date() + timedelta(days=40))
    answer = await administrator.ask("PUT", f"/api/clients/{house.client}/erasing", {"until": until})
    assert (answer.status, answer.body["detail"]) == (
        409, "They are not listed to be erased, so there is nothing to postpone."
    )  # fmt: skip


async def test_the_erased_are_called_so_wherever_their_id_is_left(
    administrator: Browser, facilitator: Browser, supervisor: Browser, house: House, owner_url: str
) -> None:
    await facilitator.get(f"/api/sessions/{house.session}/attendance")
    owner = await asyncpg.connect(owner_url)
    await owner.execute("SELECT destroy_person($1, $2)", house.clinic, house.client)
    await owner.close()
    attendance = await facilitator.get(f"/api/sessions/{house.session}/attendance")
    assert [one["name"] for one in attendance.body["clients"]] == ["[erased]"]
    looks = await supervisor.get(f"/api/who-looked?person={house.client}")
    assert looks.body["person"]["name"] == "[erased]" and looks.body["items"]
    assert (await administrator.get(f"/api/clients/{house.client}")).status == 404
    people = (await administrator.get("/api/persons")).body["items"]
    assert house.client not in {one["id"] for one in people}
    held = await administrator.post(f"/api/clients/{house.client}/holds", {"reason": "too late"})
    assert (held.status, held.body["detail"]) == (409, "This person was erased. There is nothing left to hold.")
    assert (await facilitator.post("/api/join-links/open", {"link": house.link})).status >= 400
