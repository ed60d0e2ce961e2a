"""Staff are invited by a link that works once; they set their name and password themselves."""

from collections.abc import Callable
from typing import Any

import pytest

from runtime.secrets import random_secrets
from store.access import invitations
from store.database import Database
from tests.server.conftest import PASSWORD, Browser, Clock, House

OWN = "three otters juggle lanterns"


class Desk:
    """An administrator who invites, and the mailbox of the invited."""

    def __init__(self, browser: Browser, database: Database, house: House, clock: Clock) -> None:
        self.browser, self.database, self.house, self.clock = browser, database, house, clock

    async def invites(self, email: str = "marcus@riverbend.example", *roles: str) -> Any:
        body = {"name": "Marcus", "email": email, "roles": roles or ["facilitator"]}
        answer = await self.browser.post("/api/staff", body)
        assert answer.status == 201, answer.body
        return answer.body

    async def link_of(self, person: str) -> str:
        return await link_of(self.database, self.house, person)


async def link_of(database: Database, house: House, person: str) -> str:
    """The link of the person's last invitation, as it is sent: its secret is made then."""
    secret = random_secrets.new()
    async with database.transaction() as tx:
        row = await tx.fetchrow(
            "SELECT id, created_at FROM staff_invitations WHERE clinic_id = $1 AND person_id = $2"
            " ORDER BY id DESC LIMIT 1",
            house.clinic, person,
        )  # fmt: skip
        digest = random_secrets.digest(secret)
        assert await invitations.put_digest(tx, house.clinic, row["id"], digest, row["created_at"])
    return secret


@pytest.fixture
def lena(administrator: Browser, database: Database, house: House, clock: Clock) -> Desk:
    return Desk(administrator, database, house, clock)


async def accept(browser: Browser, link: str, name: str = "Marcus Ibe", password: str = OWN) -> Any:
    return await browser.post("/api/invitations/accept", {"link": link, "name": name, "password": password})


async def test_the_invited_reads_what_for_sets_a_password_and_signs_in(
    lena: Desk, administrator: Browser, visitor: Browser, house: House
) -> None:
    made = await lena.invites("Marcus@riverbend.example", "facilitator", "supervisor")
    assert (made["state"], made["roles"]) == ("invited", ["facilitator", "supervisor"])
    link = await lena.link_of(made["id"])
    shown = (await visitor.post("/api/invitations/open", {"link": link})).body
    assert (shown["clinic_name"], shown["email"]) == (house.name, "Marcus@riverbend.example")
    assert shown["roles"] == ["facilitator", "supervisor"]
    assert (await accept(visitor, link)).status == 204
    signed_in = await visitor.sign_in("marcus@riverbend.example", OWN)
    assert (signed_in.body["me"]["person"], signed_in.body["me"]["name"]) == (made["id"], "Marcus Ibe")
    assert (await administrator.get(f"/api/staff/{made['id']}")).body["state"] == "active"


async def test_a_link_works_once(lena: Desk, visitor: Browser) -> None:
    link = await lena.link_of((await lena.invites())["id"])
    assert (await accept(visitor, link)).status == 204
    again = await accept(visitor, link, password="another one that is long enough")
    assert again.code == "link_revoked" and "accepted already" in again.body["detail"]
    assert (await visitor.sign_in("marcus@riverbend.example", OWN)).status == 200


async def test_a_link_lasts_a_day_and_a_new_one_ends_the_one_before(
    lena: Desk, administrator: Browser, visitor: Browser, clock: Clock
) -> None:
    person = (await lena.invites())["id"]
    first = await lena.link_of(person)
    assert (await administrator.post(f"/api/staff/{person}/invitation")).status == 204
    second = await lena.link_of(person)
    assert (await accept(visitor, first)).code == "link_revoked"
    third = await lena.link_of(person)
    assert (await accept(visitor, second)).code == "link_unknown"
    clock.advance(hours=24)
    assert (await accept(visitor, third)).code == "link_expired"


async def test_a_withdrawn_invitation_opens_nothing_and_can_be_sent_again_later(
    lena: Desk, administrator: Browser, visitor: Browser
) -> None:
    person = (await lena.invites())["id"]
    link, path = await lena.link_of(person), f"/api/staff/{person}"
    assert (await administrator.ask("DELETE", f"{path}/invitation")).status == 204
    assert (await administrator.get(path)).body["state"] == "off"
    assert (await accept(visitor, link)).code == "link_revoked"
    assert (await administrator.ask("DELETE", f"/api/persons/{person}/deactivation")).status == 204
    assert (await administrator.post(f"{path}/invitation")).status == 204
    assert (await accept(visitor, await lena.link_of(person))).status == 204


async def test_a_password_that_is_easy_to_guess_is_refused_and_the_link_stays_good(
    lena: Desk, visitor: Browser
) -> None:
    link = await lena.link_of((await lena.invites())["id"])
    for easy in ("short", "Marcus Ibe 2026", "password1234", "marcus@riverbend.example", "aaaaaaaaaaaaaaaa"):
        refused = await accept(visitor, link, password=easy)
        assert (refused.code, refused.body["path"]) == ("invalid_input", "$.password"), easy
    assert (await accept(visitor, link)).status == 204


async def test_whoever_accepted_is_neither_invited_again_nor_withdrawn(administrator: Browser, house: House) -> None:
    path = f"/api/staff/{house.supervisor}/invitation"
    assert (await administrator.post(path)).code == "conflict"
    assert (await administrator.ask("DELETE", path)).code == "conflict"
    assert (await administrator.post(f"/api/staff/{house.client}/invitation")).code == "not_found"


async def test_no_answer_shows_that_another_clinic_uses_an_address(
    lena: Desk, house: House, elsewhere: House, browse: Callable[[], Browser], database: Database
) -> None:
    taken, free = elsewhere.email("facilitator"), "kim@elsewhere.example"
    answers = [await lena.invites(email) for email in (taken, free)]
    assert {**answers[0], "id": "", "email": ""} == {**answers[1], "id": "", "email": ""}
    assert (await browse().sign_in(taken, PASSWORD)).body["me"]["person"] == elsewhere.facilitator
    async with database.transaction() as tx:
        mails = await tx.fetch("SELECT person_id, clinic_id, kind FROM mails ORDER BY queued_at, id")
    assert [tuple(row) for row in mails] == [
        (elsewhere.facilitator, elsewhere.clinic, "invited_elsewhere"),
        (answers[1]["id"], house.clinic, "invitation"),
    ]


async def test_only_administrators_invite_and_nobody_of_another_clinic(
    supervisor: Browser, administrator: Browser, elsewhere: House
) -> None:
    body = {"name": "Kim", "email": "kim@x.example", "roles": ["facilitator"]}
    assert (await supervisor.post("/api/staff", body)).code == "forbidden"
    assert (await administrator.post("/api/staff", {**body, "roles": []})).body["path"] == "$.roles"
    assert (await administrator.post(f"/api/staff/{elsewhere.supervisor}/invitation")).code == "not_found"
    assert (await administrator.get(f"/api/staff/{elsewhere.supervisor}")).code == "not_found"


async def test_an_alias_that_is_a_new_colleagues_name_gives_way(
    lena: Desk, administrator: Browser, visitor: Browser
) -> None:
    made = (await administrator.post("/api/clients", {"name": "Robin Vale", "alias": "Marcus I."})).body
    other = (await administrator.post("/api/clients", {"name": "Ana Berg", "alias": "Juniper"})).body
    invited = await lena.invites()
    assert await alias_of(administrator, made["id"]) == ("Marcus I.", False)
    await accept(visitor, await lena.link_of(invited["id"]))
    assert await alias_of(administrator, made["id"]) == ("Robin V.", False)
    assert await alias_of(administrator, other["id"]) == ("Juniper", False)
    found = (await administrator.post("/api/clients/search", {"text": "robin v"})).body["items"]
    assert [row["id"] for row in found] == [made["id"]]


async def alias_of(browser: Browser, client: str) -> tuple[str, bool]:
    shown = (await browser.get(f"/api/clients/{client}")).body
    return shown["alias"], shown["alias_confirmed"]
