"""Identity codes, for staff: the contact that codes go to, and the browsers that are remembered."""

from datetime import datetime

from domain.errors import InvalidInput, NotFound
from server.access.payloads import Identity, IdentityContact, RememberedBrowser, SetIdentityContact
from server.http.calls import Call
from server.http.routes import Route, Staff
from store.access import identified_browsers, identity_contacts
from store.access.identity_contacts import NewContact
from store.database import Transaction
from store.people import persons

SHARED = "Another client has this address. A code has to reach one person alone, so give a different one."
OF_STAFF = "Codes are for clients. Staff sign in with a password."


async def show_identity(call: Call[None]) -> Identity:
    """A client's contact for codes, and the browsers in which they have given one."""
    clinic, person = call.staff.clinic, call.ids["person"]
    async with call.database.transaction() as tx:
        await _check_client(tx, clinic, person)
        return await _identity(tx, clinic, person, call.now)


async def set_identity_contact(call: Call[SetIdentityContact]) -> Identity:
    """Set the contact. The client's browsers are forgotten, and wrong codes count no more."""
    clinic, person = call.staff.clinic, call.ids["person"]
    new = NewContact(clinic=clinic, person=person, address=call.asked.address, at=call.now, by=call.staff.person)
    async with call.database.transaction() as tx:
        await _check_client(tx, clinic, person)
        await identity_contacts.put(tx, new)
        await identified_browsers.revoke_all(tx, clinic, person, call.now)
        identity = await _identity(tx, clinic, person, call.now)
        if identity.contact is not None and identity.contact.shared:
            raise InvalidInput(SHARED, "$.address")
    return identity


async def remove_identity_contact(call: Call[None]) -> None:
    """Remove the contact and forget the client's browsers."""
    clinic, person = call.staff.clinic, call.ids["person"]
    async with call.database.transaction() as tx:
        await _check_client(tx, clinic, person)
        await identity_contacts.remove(tx, clinic, person)
        await identified_browsers.revoke_all(tx, clinic, person, call.now)


async def allow_codes(call: Call[None]) -> None:
    """Send codes again after too many wrong ones. Make sure first that it is the client who asks."""
    clinic, person = call.staff.clinic, call.ids["person"]
    async with call.database.transaction() as tx:
        await _check_client(tx, clinic, person)
        await identity_contacts.count_tries(tx, clinic, person, 0)


async def forget_browser(call: Call[None]) -> None:
    """Forget one browser: it asks for a code again."""
    clinic, person = call.staff.clinic, call.ids["person"]
    async with call.database.transaction() as tx:
        if not await identified_browsers.revoke(tx, clinic, person, call.ids["browser"], call.now):
            raise NotFound


async def _check_client(tx: Transaction, clinic: str, id: str) -> None:
    person = await persons.find(tx, clinic, id)
    if person is None:
        raise NotFound
    if person.staff_roles:
        raise InvalidInput(OF_STAFF)


async def _identity(tx: Transaction, clinic: str, person: str, now: datetime) -> Identity:
    contact = await identity_contacts.find(tx, clinic, person)
    by = await persons.find(tx, clinic, contact.set_by) if contact else None
    browsers = await identified_browsers.of_person(tx, clinic, person, now)
    return Identity(
        contact=IdentityContact(
            address=contact.address,
            set_at=contact.set_at,
            set_by=contact.set_by,
            set_by_name=by.display_name if by else "",
            shared=contact.shared,
            locked=contact.is_locked,
        )
        if contact
        else None,
        browsers=tuple(
            RememberedBrowser(id=one.id, identified_at=one.identified_at, expires_at=one.expires_at) for one in browsers
        ),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/persons/{person}/identity",
        handler=show_identity,
        who=Staff("links.manage"),
        audited=True,
        response=Identity,
    ),
    Route(
        method="PUT",
        path="/api/persons/{person}/identity/contact",
        handler=set_identity_contact,
        who=Staff("clients.edit"),
        audited=True,
        request=SetIdentityContact,
        response=Identity,
    ),
    Route(
        method="DELETE",
        path="/api/persons/{person}/identity/contact",
        handler=remove_identity_contact,
        who=Staff("clients.edit"),
        audited=True,
    ),
    Route(
        method="DELETE",
        path="/api/persons/{person}/identity/wrong-codes",
        handler=allow_codes,
        who=Staff("clients.edit"),
        audited=True,
    ),
    Route(
        method="DELETE",
        path="/api/persons/{person}/identity/browsers/{browser}",
        handler=forget_browser,
        who=Staff("clients.edit"),
        audited=True,
    ),
)
