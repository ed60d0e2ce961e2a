"""A guest's link opens its one session, and nothing else: every route and every kind of session is tried."""

import re
from datetime import timedelta
from typing import Any, get_args

import pytest

from domain.events.schedule import SessionKind
from domain.schedule.rosters import RosterPlace
from runtime.clock import new_id
from server.api import table
from server.http.routes import Anyone
from store.database import Database
from tests.needles import valid
from tests.server.conftest import EVENING, Answer, Browser, Clock, House, a_program, a_session, enrolled, person
from tests.server.guests.conftest import Mother

OPENED = {
    "POST /api/join-links/open",
    "POST /api/sessions/{session}/tickets",
    "POST /api/guest-links/agreement",
}
"""The routes that take a guest's link."""


async def ticket(browser: Browser, session: str, link: str) -> Answer:
    return await browser.post(f"/api/sessions/{session}/tickets", {"link": link})


async def test_the_session_they_were_invited_to_opens(visitor: Browser, house: House, mother: Mother) -> None:
    assert (await ticket(visitor, house.session, mother.link)).status == 201


OTHERS = [
    (kind, of)
    for kind in get_args(SessionKind)
    for of in ("the same client", "another client", "a pull-out of their session")
]


@pytest.mark.parametrize("other", OTHERS, ids=" of ".join)
async def test_no_other_session_opens(
    visitor: Browser, house: House, mother: Mother, database: Database, other: tuple[str, str]
) -> None:
    kind, of = other
    async with database.transaction() as tx:
        client = house.client
        if of == "another client":
            client = await person(tx, house.clinic, "Robin Vale")
            await enrolled(tx, house.clinic, house.program, client)
        places = [] if kind == "mutual_help" else [RosterPlace(person=client, role="client")]
        also: dict[str, Any] = {"kind": kind}
        if of == "a pull-out of their session":
            also |= {"parent": house.session, "pull_out": True}
        session = await a_session(tx, house.clinic, house.program, EVENING, places, **also)
    assert (await ticket(visitor, session, mother.link)).code == "not_on_roster"


async def test_no_session_of_another_program_or_clinic_opens(
    visitor: Browser, house: House, elsewhere: House, mother: Mother, database: Database
) -> None:
    async with database.transaction() as tx:
        program = await a_program(tx, house.clinic, "Mornings")
        await enrolled(tx, house.clinic, program, house.client)
        morning = await a_session(tx, house.clinic, program, EVENING, [])
    assert (await ticket(visitor, morning, mother.link)).code == "not_on_roster"
    assert (await ticket(visitor, elsewhere.session, mother.link)).code == "not_found"
    assert (await ticket(visitor, new_id(), mother.link)).code == "not_found"


async def test_nothing_opens_after_the_end_of_the_release_or_its_revocation(
    supervisor: Browser, visitor: Browser, house: House, mother: Mother, clock: Clock
) -> None:
    now = clock.now
    clock.now = EVENING + timedelta(days=60)
    assert (await ticket(visitor, house.session, mother.link)).code == "link_expired"
    clock.now = now
    assert (await supervisor.ask("DELETE", f"/api/guests/{mother.id}/release")).status == 204
    assert (await ticket(visitor, house.session, mother.link)).code == "link_revoked"


async def test_no_other_route_takes_a_guests_link(visitor: Browser, house: House, mother: Mother) -> None:
    """Those that ask for a sign-in ask a guest too; those for anyone that take a link refuse a guest's."""
    ids = {"session": house.session, "client": house.client, "person": mother.id, "guest": mother.id}
    tried = 0
    for route in table():
        name = f"{route.method} {route.path}"
        if name in OPENED:
            continue
        path = re.sub(r"{(\w+)}", lambda found: ids.get(found[1], house.session), route.path)
        takes_link = route.request is not None and "link" in getattr(route.request, "__struct_fields__", ())
        body = None
        if route.method != "GET" and route.request is not None:
            body = {**valid(route.request, ids), **({"link": mother.link} if takes_link else {})}
        answer = await visitor.ask(route.method, path, body, Cookie=f"vesper_sign_in={mother.link}")
        if not isinstance(route.who, Anyone):
            assert answer.status == 401, name
        elif takes_link:
            assert answer.status in (404, 410, 422), (name, answer.status)
            tried += answer.status == 404
    assert tried, "routes that take a client's link were asked with a guest's"
