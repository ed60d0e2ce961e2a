"""Overseers send people out of a room, let them in again, and take over a session without a facilitator."""

from typing import Any

import pytest

from domain.access.tickets import open_ticket
from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.events.room import (
    ConnectionAdmitted,
    ConnectionOpened,
    PersonReadmitted,
    PersonRemoved,
    ResponsibilityTaken,
    SessionEnded,
)
from domain.events.schedule import SessionPlanned
from domain.ledger import chain
from runtime.clock import new_id
from runtime.settings import ServerSettings
from store.access import access_changes
from store.database import Database
from store.ledger import facts
from tests import ledgers
from tests.server.access.test_tickets import add_node
from tests.server.conftest import EVENING, Browser, Clock, House

WHY = {"why": "did_not_come"}


async def happens(database: Database, house: House, *recorded: Event) -> None:
    """The facts that the session's node recorded."""
    link, rows = chain.START, []
    for number, fact in enumerate(recorded, 1):
        numbered = type(fact)(
            **{name: getattr(fact, name) for name in fact.__struct_fields__}
            | {"id": new_id(), "seq": (1 << 32) + number, "session": house.session}
        )
        link = chain.link(link, encode(numbered))
        subject = getattr(fact, "person", None)
        rows.append(facts.row(numbered, house.clinic, f"room:{house.session}:1", link, subject))
    async with database.transaction() as tx:
        await facts.append(tx, rows)


async def kept(database: Database, house: House, kind: type[Any]) -> list[Any]:
    async with database.transaction() as tx:
        found = [fact.event for fact in await ledgers.of_session(tx, house.session)]
    return [fact for fact in found if isinstance(fact, kind)]


def in_the_room(person: str, role: str) -> list[Event]:
    return [
        ConnectionOpened(at=EVENING, connection=person, person=person, role=role),
        ConnectionAdmitted(at=EVENING, connection=person),
    ]


def path(house: House, rest: str) -> str:
    return f"/api/sessions/{house.session}/{rest}"


async def test_a_supervisor_sends_staff_out_and_lets_them_in_again(
    supervisor: Browser, house: House, database: Database
) -> None:
    await happens(database, house, *in_the_room(house.facilitator, "facilitator"))
    for _ in range(2):  # the second time changes nothing
        assert (await supervisor.post(path(house, "removals"), {"person": house.facilitator})).status == 204
    (removed,) = await kept(database, house, PersonRemoved)
    assert (removed.person, removed.by) == (house.facilitator, house.supervisor)
    room = (await supervisor.get(path(house, "room"))).body
    expected = {"person": house.facilitator, "name": "facilitator", "role": "facilitator"}
    assert (room["here"], room["removed"], room["has_facilitator"]) == ([expected], [expected], True)
    for _ in range(2):
        assert (await supervisor.ask("DELETE", path(house, f"removals/{house.facilitator}"))).status == 204
    (readmitted,) = await kept(database, house, PersonReadmitted)
    assert (readmitted.person, readmitted.by) == (house.facilitator, house.supervisor)
    assert (await supervisor.get(path(house, "room"))).body["removed"] == []
    async with database.transaction() as tx:
        changes = [(change.kind, change.subject) for change in await access_changes.after(tx, 0)]
    assert changes.count(("session_changed", house.session)) == 3  # the plan, the removal, the readmission


async def test_a_facilitator_may_do_none_of_this(facilitator: Browser, house: House) -> None:
    for answer in (
        await facilitator.get(path(house, "room")),
        await facilitator.post(path(house, "removals"), {"person": house.supervisor}),
        await facilitator.ask("DELETE", path(house, f"removals/{house.client}")),
        await facilitator.post(path(house, "responsibility"), WHY),
    ):
        assert answer.code == "forbidden"


@pytest.mark.parametrize("who", ["supervisor", "stranger"])
async def test_supervisors_cannot_send_out_themselves_or_a_stranger(
    supervisor: Browser, house: House, who: str
) -> None:
    person = house.supervisor if who == "supervisor" else new_id()
    answer = await supervisor.post(path(house, "removals"), {"person": person})
    assert (answer.code, answer.body["path"]) == ("invalid_input", "$.person")


async def test_another_clinics_session_is_not_found(supervisor: Browser, elsewhere: House) -> None:
    assert (await supervisor.get(path(elsewhere, "room"))).code == "not_found"
    assert (await supervisor.post(path(elsewhere, "removals"), {"person": elsewhere.client})).code == "not_found"
    assert (await supervisor.post(path(elsewhere, "responsibility"), WHY)).code == "not_found"


async def test_a_supervisor_takes_over_a_session_whose_facilitator_did_not_come(
    supervisor: Browser, house: House, database: Database, settings: ServerSettings, clock: Clock
) -> None:
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
    await happens(database, house, *in_the_room(house.client, "client")[:1])
    assert (await supervisor.post(path(house, "responsibility"), WHY)).status == 204
    (taken,) = await kept(database, house, ResponsibilityTaken)
    assert (taken.by, taken.source, taken.why) == (house.supervisor, house.facilitator, "did_not_come")
    plan = (await kept(database, house, SessionPlanned))[-1]
    roles = {entry.person: entry.role for entry in plan.roster}
    assert (plan.by, roles[house.supervisor], roles[house.facilitator]) == (
        house.supervisor, "facilitator", "facilitator",
    )  # fmt: skip
    ticket = (await supervisor.post(path(house, "tickets"), {})).body["ticket"]
    claims = open_ticket(ticket, settings.ticket_key, "node-1", clock.now)
    assert (claims.role, claims.oversees, claims.granted, claims.link) == ("facilitator", True, clock.now, None)
    assert claims.sign_in is not None


async def test_a_session_with_a_facilitator_cannot_be_taken_over(
    supervisor: Browser, house: House, database: Database
) -> None:
    await happens(database, house, *in_the_room(house.facilitator, "facilitator"))
    assert (await supervisor.post(path(house, "responsibility"), WHY)).code == "has_facilitator"
    assert await kept(database, house, ResponsibilityTaken) == []


async def test_a_session_that_is_over_or_not_open_yet_cannot_be_taken_over(
    supervisor: Browser, house: House, database: Database, clock: Clock
) -> None:
    clock.now = EVENING.replace(hour=12)
    assert (await supervisor.sign_in(house.email("supervisor"))).status == 200
    assert (await supervisor.post(path(house, "responsibility"), WHY)).code == "session_not_open"
    await happens(database, house, SessionEnded(at=EVENING))
    assert (await supervisor.post(path(house, "responsibility"), WHY)).code == "session_over"
    assert (await supervisor.post(path(house, "removals"), {"person": house.client})).code == "session_over"
