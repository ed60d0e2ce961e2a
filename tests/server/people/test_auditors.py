"""Auditors: they read one clinic for a stated time, change nothing, and each of their reads is recorded."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from runtime.secrets import random_secrets
from server.people.payloads import Person
from store.access import invitations
from store.database import Database
from store.people import passwords
from tests.server.access.test_invitations import link_of
from tests.server.conftest import Answer, Browser, Clock, House
from tests.server.http.test_dispatch import rows

EMAIL = "quinn@payer.example"


async def appoint(administrator: Browser, until: str | None, *roles: str) -> Answer:
    body = {"name": "Quinn Abara", "email": EMAIL, "roles": roles or ["auditor"], "auditor_until": until}
    return await administrator.post("/api/staff", body)


async def accept(database: Database, house: House, invited: Answer) -> None:
    """Accept the invitation, with everybody's password here."""
    link = await link_of(database, house, invited.body["id"])
    async with database.transaction() as tx:
        row = await invitations.with_secret(tx, random_secrets.digest(link))
        assert row is not None and await invitations.accept(tx, house.clinic, row.invitation, row.expires_at)
        hash = await passwords.of_person(tx, house.clinic, house.facilitator)
        await passwords.replace(tx, house.clinic, row.person, str(hash), row.expires_at)


@pytest.fixture
async def auditor(
    administrator: Browser, browse: Callable[[], Browser], house: House, database: Database, clock: Clock
) -> Browser:
    """An auditor for ten minutes."""
    until = (clock.now + timedelta(minutes=10)).isoformat()
    await accept(database, house, await appoint(administrator, until))
    browser = browse()
    assert (await browser.sign_in(EMAIL)).status == 200
    return browser


@pytest.mark.parametrize("days", [None, -1, 400])
async def test_nobody_becomes_an_auditor_without_an_end_within_a_year(
    administrator: Browser, clock: Clock, days: int | None
) -> None:
    until = None if days is None else (clock.now + timedelta(days=days)).isoformat()
    answer = await appoint(administrator, until)
    assert (answer.code, answer.body["path"]) == ("invalid_input", "$.auditor_until")


async def test_nobody_else_has_an_end(administrator: Browser, clock: Clock) -> None:
    answer = await appoint(administrator, (clock.now + timedelta(days=1)).isoformat(), "biller")
    assert (answer.code, answer.body["path"]) == ("invalid_input", "$.auditor_until")


async def test_the_end_is_shown_and_from_then_on_nothing_is_permitted(
    administrator: Browser, auditor: Browser, house: House, clock: Clock
) -> None:
    me = (await auditor.get("/api/me")).body
    assert me["roles"] == ["auditor"] and "clients.see" in me["permissions"]
    shown = (await administrator.get(f"/api/persons/{me['person']}")).body
    assert shown["auditor_until"] is not None and set(shown) == set(Person.__struct_fields__)
    clock.advance(minutes=10, seconds=-1)
    assert (await auditor.get(f"/api/persons/{house.client}")).status == 200
    clock.advance(seconds=1)
    assert (await auditor.get(f"/api/persons/{house.client}")).code == "forbidden"
    me = (await auditor.get("/api/me")).body
    assert (me["roles"], me["permissions"]) == ([], [])
    assert (await auditor.sign_in(EMAIL)).code == "wrong_credentials"


async def test_an_auditor_who_is_also_a_biller_works_on_as_a_biller(
    administrator: Browser, browse: Callable[[], Browser], house: House, database: Database, clock: Clock
) -> None:
    until = (clock.now + timedelta(minutes=10)).isoformat()
    await accept(database, house, await appoint(administrator, until, "auditor", "biller"))
    both = browse()
    await both.sign_in(EMAIL)
    assert (await both.get(f"/api/sessions/{house.session}/notes")).status == 200
    clock.advance(minutes=10)
    assert (await both.get(f"/api/sessions/{house.session}/notes")).code == "forbidden"
    assert (await both.get(f"/api/sessions/{house.session}/attendance")).status == 200


async def test_what_others_read_unrecorded_is_recorded_of_an_auditor(auditor: Browser, database: Database) -> None:
    before = len(await rows(database))
    assert (await auditor.get("/api/programs")).status == 200
    assert [(row["route"], row["subjects"]) for row in (await rows(database))[before:]] == [("/api/programs", [])]


async def test_an_auditor_enters_no_room_and_is_put_on_no_roster(
    auditor: Browser, administrator: Browser, house: House
) -> None:
    person = (await auditor.get("/api/me")).body["person"]
    assert (await auditor.post(f"/api/sessions/{house.session}/tickets", {})).code == "not_on_roster"
    roster = {"revision": 1, "roster": [{"person": person, "role": "facilitator"}]}
    answer = await administrator.ask("PUT", f"/api/sessions/{house.session}/roster", roster)
    assert (answer.code, answer.body["path"]) == ("invalid_input", "$.roster[0].role")
