"""The access audit: each view of a record, each change and each attempt leaves a row."""

import contextlib
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from runtime.clock import new_id
from runtime.secrets.passwords import Passwords
from runtime.settings import ServerSettings
from server.access.payloads import Me
from server.app import build
from server.http.calls import Call, Services
from server.http.dispatch import answering
from server.http.routes import ANYONE, Method, Route, Staff
from server.listening import Runner
from store.database import Database
from tests.server.conftest import EVENING, MEMORY_KIB, Browser, Clock, House, Serving


async def rows(database: Database) -> list[dict[str, Any]]:
    """The rows of the access audit since everybody signed in."""
    return [row for row in await all_rows(database) if row["route"] != "/api/sign-in"]


async def all_rows(database: Database) -> list[dict[str, Any]]:
    async with database.transaction() as tx:
        found = await tx.fetch(
            "SELECT actor_kind, actor_id, method, route, subjects, status FROM access_audit ORDER BY id"
        )
    return [dict(row) for row in found]


async def brief(database: Database) -> list[tuple[Any, ...]]:
    return [
        (row["actor_kind"], row["actor_id"], row["route"], row["subjects"], row["status"])
        for row in await all_rows(database)
    ]


async def test_sign_ins_sign_outs_and_failed_attempts_are_audited(
    visitor: Browser, house: House, database: Database
) -> None:
    dana = house.facilitator
    await visitor.sign_in("nobody@riverbend.example")
    await visitor.sign_in(house.email("facilitator"), "a wrong password")
    await visitor.sign_in(house.email("facilitator"))
    await visitor.post("/api/sign-out")
    await visitor.post("/api/sign-out")
    assert await brief(database) == [
        ("unknown", None, "/api/sign-in", [dana], 401),
        ("person", dana, "/api/sign-in", [dana], 200),
        ("person", dana, "/api/sign-out", [dana], 204),
    ]


async def test_links_and_tickets_are_audited_with_their_clients(
    visitor: Browser, house: House, database: Database
) -> None:
    await visitor.post("/api/join-links/open", {"link": house.link})
    await visitor.post(f"/api/sessions/{house.session}/tickets", {"link": house.link})
    subjects = sorted([house.client, house.session])
    assert await brief(database) == [
        ("person", house.client, "/api/join-links/open", [house.client], 200),
        ("person", house.client, "/api/sessions/{session}/tickets", subjects, 503),
    ]


async def test_tokens_and_changes_of_programs_are_audited(
    administrator: Browser, house: House, database: Database
) -> None:
    made = await administrator.post("/api/api-tokens", {"name": "Claims", "scopes": ["feed"]})
    await administrator.ask("DELETE", f"/api/api-tokens/{made.body['id']}")
    policy = {"policy_id": "evening-sud", "policy_version": 1}
    program = await administrator.post("/api/programs", {"name": "Days", "timezone": "America/New_York", **policy})
    assert [(row["route"], row["subjects"], row["status"]) for row in await rows(database)] == [
        ("/api/api-tokens", [made.body["id"]], 201),
        ("/api/api-tokens/{token}", [made.body["id"]], 204),
        ("/api/programs", [program.body["id"]], 201),
    ]


async def forgetful(call: Call[None]) -> None:
    """An answer about a person, without a subject for the audit."""


FORGETFUL = Route(method="GET", path="/api/forgetful", handler=forgetful, who=Staff("sessions.see"), audited=True)


@pytest.mark.parametrize("strict", [True, False])
async def test_an_audited_route_that_names_no_subject_is_a_bug(
    settings: ServerSettings, database: Database, house: House, strict: bool, caplog: pytest.LogCaptureFixture
) -> None:
    app = build(settings, database, lambda: EVENING, strict=strict)
    services = Services(settings, database, Passwords(64), lambda: EVENING, strict)
    app.router.add_route("GET", FORGETFUL.path, answering(FORGETFUL, services))
    async with TestClient(Serving(Runner(app))) as client:
        browser = Browser(client)
        await browser.sign_in(house.email("facilitator"))
        async with client.get(FORGETFUL.path) as answer:
            assert answer.status == (500 if strict else 204)
    assert ("an audited route names no subject" in caplog.text) != strict


async def test_the_audit_says_who_read_whose_record(supervisor: Browser, house: House, database: Database) -> None:
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


async def test_refused_attempts_are_audited_too(
    facilitator: Browser, supervisor: Browser, house: House, database: Database
) -> None:
    nobody = new_id()
    assert (await facilitator.post(f"/api/persons/{house.client}/deactivation", {})).code == "forbidden"
    assert (await supervisor.get(f"/api/persons/{nobody}")).code == "not_found"
    found = await rows(database)
    assert [(row["subjects"], row["status"]) for row in found] == [([house.client], 403), ([nobody], 404)]


async def test_changes_name_the_person_even_if_the_address_does_not(
    administrator: Browser, house: House, database: Database
) -> None:
    assert (await administrator.ask("DELETE", f"/api/join-links/{house.link_id}")).status == 204
    made = await administrator.post("/api/join-links", {"enrolment": house.enrolment})
    assert made.status == 201
    assert [row["subjects"] for row in await rows(database)] == [[house.client], [house.client]]


async def test_routes_without_a_record_leave_no_row(administrator: Browser, database: Database) -> None:
    for path in ("/api/me", "/api/programs", "/api/api-tokens", "/api/health"):
        assert (await administrator.get(path)).status == 200
    assert await rows(database) == []


async def test_no_row_holds_a_name_or_an_address(administrator: Browser, house: House, database: Database) -> None:
    body = {"display_name": "Sam Okonjo", "email": "sam@riverbend.example"}
    assert (await administrator.post("/api/persons", body)).status == 201
    (row,) = await rows(database)
    assert "Sam" not in str(row) and "sam@" not in str(row)


async def something_long(call: Call[None]) -> Me:
    """A long answer."""
    return Me(
        person="", clinic="", clinic_name="Riverbend " * 200, name="", roles=(), permissions=(), standing="open",
        locks=call.now, second_factor="not_asked", recovery_codes=0,
    )  # fmt: skip


@pytest.mark.parametrize(("method", "compressed"), [("GET", True), ("POST", False)])
async def test_a_long_answer_is_compressed_unless_it_may_hold_a_secret(
    method: Method, compressed: bool, settings: ServerSettings, database: Database, clock: Clock
) -> None:
    route = Route(method=method, path="/api/long", handler=something_long, who=ANYONE, audited=False, response=Me)
    app = web.Application()
    with contextlib.closing(Passwords(MEMORY_KIB)) as passwords:
        app.router.add_route(method, route.path, answering(route, Services(settings, database, passwords, clock)))
        async with TestClient(TestServer(app)) as client:
            answer = await Browser(client).ask(method, route.path)
    assert (answer.status, "Content-Encoding" in answer.headers) == (200, compressed)
