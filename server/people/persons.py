"""Persons: staff and clients of the caller's clinic."""

from domain.errors import Forbidden, NotFound
from domain.people.clients import Client
from domain.people.names import checked_name
from domain.people.persons import Person
from runtime.clock import new_id
from server.http.calls import Call
from server.http.pages import PAGE_SIZE, page
from server.http.payloads import Page, PageQuery
from server.http.routes import Route, Staff
from server.people import payloads
from server.people.payloads import CreatePerson
from server.people.staff import check_administered
from store.access import email_changes, guest_links, invitations, join_links, password_resets, sign_ins
from store.people import clients, persons, staff, ties
from store.people.clients import Author


async def create_person(call: Call[CreatePerson]) -> payloads.Person:
    """Add a client. Staff are invited: nobody sets another's password."""
    asked = call.asked
    person = Person(
        id=new_id(),
        display_name=checked_name(asked.display_name, "$.display_name"),
        email=asked.email,
        external_id=asked.external_id,
    )
    call.concerns(person.id)
    async with call.database.transaction() as tx:
        await persons.create(tx, call.staff.clinic, person)
        client = Client(id=person.id, name=person.display_name)
        await clients.take_in(tx, call.staff.clinic, client, Author(by=call.staff.person, at=call.now))
    return _view(person)


async def list_persons(call: Call[PageQuery]) -> Page[payloads.Person]:
    """All persons of the clinic, page by page."""
    async with call.database.transaction() as tx:
        found = await persons.after(tx, call.staff.clinic, call.asked.after, PAGE_SIZE + 1)
    listed = page([_view(person) for person in found], lambda person: person.id)
    call.concerns(*(person.id for person in listed.items))
    return listed


async def show_person(call: Call[None]) -> payloads.Person:
    """One person. Guests are seen with their clients."""
    async with call.database.transaction() as tx:
        person = await persons.find(tx, call.staff.clinic, call.ids["person"])
        tie = await ties.of_guest(tx, call.staff.clinic, call.ids["person"])
    if person is None or tie is not None:
        raise NotFound
    return _view(person)


async def deactivate_person(call: Call[None]) -> None:
    """Switch a person's access off: this signs them out everywhere, revokes their links and removes them from rooms."""
    clinic, person = call.staff.clinic, call.ids["person"]
    if person == call.staff.person:
        raise Forbidden("You cannot switch off your own access. Ask another administrator.")
    async with call.database.transaction() as tx:
        await staff.take_turns(tx, clinic)
        if not await persons.deactivate(tx, clinic, person, call.now):
            raise NotFound
        await check_administered(tx, clinic)
        await sign_ins.end_all(tx, clinic, person, call.now)
        await join_links.revoke_all(tx, clinic, person, call.now)
        await guest_links.revoke_of_client(tx, clinic, person, call.now)
        await email_changes.end_all(tx, clinic, person)
        await password_resets.end_all(tx, clinic, person)
        await invitations.withdraw(tx, clinic, person, call.now)


async def reactivate_person(call: Call[None]) -> None:
    """Switch a person's access on again. Staff must sign in again; a client needs a new link."""
    async with call.database.transaction() as tx:
        if not await persons.reactivate(tx, call.staff.clinic, call.ids["person"]):
            raise NotFound


def _view(person: Person) -> payloads.Person:
    return payloads.Person(
        id=person.id,
        display_name=person.display_name,
        email=person.email,
        external_id=person.external_id,
        staff_roles=tuple(person.staff_roles),
        auditor_until=person.auditor_until,
        deactivated=person.deactivated_at is not None,
    )


ROUTES = (
    Route(
        method="POST",
        path="/api/persons",
        handler=create_person,
        who=Staff("staff.manage"),
        audited=True,
        request=CreatePerson,
        response=payloads.Person,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/persons",
        handler=list_persons,
        who=Staff("clients.see"),
        audited=True,
        request=PageQuery,
        response=Page[payloads.Person],
    ),
    Route(
        method="GET",
        path="/api/persons/{person}",
        handler=show_person,
        who=Staff("clients.see"),
        audited=True,
        response=payloads.Person,
    ),
    Route(
        method="POST",
        path="/api/persons/{person}/deactivation",
        handler=deactivate_person,
        who=Staff("staff.manage"),
        audited=True,
    ),
    Route(
        method="DELETE",
        path="/api/persons/{person}/deactivation",
        handler=reactivate_person,
        who=Staff("staff.manage"),
        audited=True,
    ),
)
