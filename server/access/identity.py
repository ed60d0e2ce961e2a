"""Identity codes, for clients: ask for one, and give it. Every answer is alike whether or not there is a contact."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from domain.access import identity
from domain.access.links import LinkHolder
from domain.errors import WrongCode
from domain.mail.mails import Mail
from runtime.clock import new_id
from runtime.secrets import codes
from server.access import attempts, identified
from server.access.join_links import link_holder
from server.access.payloads import AskForCode, ChangeIdentityContact, GiveCode
from server.http import origins
from server.http.calls import Call
from server.http.dispatch import respond
from server.http.routes import ANYONE, Route
from store.access import identified_browsers, identity_codes, identity_contacts
from store.access.identity_contacts import NewContact
from store.database import Transaction
from store.mail import outbox

Coded = Call[GiveCode] | Call[ChangeIdentityContact]
"""A call that brings a code."""


async def ask_for_code(call: Call[AskForCode]) -> None:
    """Send a code to the contact that staff have set for the link's holder.

    Each asking counts, so that nobody fills another's mailbox: those after the third within an hour wait.
    """
    holder = await link_holder(call, call.asked.link)
    async with call.database.transaction() as tx:
        subjects = attempts.code_subjects(holder.person, call.settings.ticket_key)
        await attempts.check(tx, subjects, call.now)
        await attempts.fail(tx, subjects, call.now)
        await _send(tx, call, holder)


async def _send(tx: Transaction, call: Call[AskForCode], holder: LinkHolder) -> None:
    contact = await identity_contacts.find(tx, holder.clinic, holder.person)
    if contact is None or not contact.may_be_asked:
        return
    code = new_id()
    await identity_codes.ask(tx, holder.clinic, code, holder.person, call.now)
    mail = Mail(
        id=new_id(),
        clinic=holder.clinic,
        kind="identity_code",
        reference=code,
        person=holder.person,
        address=contact.address,
        language=call.asked.language,
        queued_at=call.now,
    )
    await outbox.queue(tx, mail)


async def give_code(call: Call[GiveCode]) -> web.StreamResponse:
    """Prove with a code that the link's holder sits at this browser. It is remembered for 30 days."""
    return await _with_right_code(call, _nothing_more)


async def change_contact(call: Call[ChangeIdentityContact]) -> web.StreamResponse:
    """Move codes to another address, with a code from the present one, which gets a notice.

    Other browsers are forgotten. An address that another client has is taken, too, because the answer must not show
    that: it gets no codes, and staff see why.
    """

    async def change(tx: Transaction, holder: LinkHolder, before: identity.Contact) -> None:
        new = NewContact(
            clinic=holder.clinic, person=holder.person, address=call.asked.address, at=call.now, by=holder.person
        )
        await identity_contacts.put(tx, new)
        await identified_browsers.revoke_all(tx, holder.clinic, holder.person, call.now)
        notice = Mail(
            id=new_id(),
            clinic=holder.clinic,
            kind="email_changed",
            person=holder.person,
            address=before.address,
            language=call.asked.language,
            queued_at=call.now,
        )
        await outbox.queue(tx, notice)

    return await _with_right_code(call, change)


Change = Callable[[Transaction, LinkHolder, identity.Contact], Awaitable[None]]


async def _nothing_more(_tx: Transaction, _holder: LinkHolder, _contact: identity.Contact) -> None:
    """The code was given for the browser alone."""


async def _with_right_code(call: Coded, change: Change) -> web.StreamResponse:
    """Make the change if the code is right, and remember the browser. The try is counted either way."""
    holder = await link_holder(call, call.asked.link)
    subjects = attempts.guess_subjects(holder.person, origins.origin_of(call.request), call.settings.ticket_key)
    async with call.database.transaction() as tx:
        await attempts.check(tx, subjects, call.now)
        contact = await identity_contacts.find(tx, holder.clinic, holder.person)
        right = await _judge(tx, call, holder, contact) == "right"
        if right and contact is not None:
            await change(tx, holder, contact)
            cookie = await identified.remember(tx, call.request, holder, call.now)
        else:
            await attempts.fail(tx, subjects, call.now)
    if not right:
        raise WrongCode
    response = respond(None)
    secure = call.settings.public_origin.startswith("https:")
    identified.set_cookie(response, cookie, secure=secure)
    return response


async def _judge(
    tx: Transaction, call: Coded, holder: LinkHolder, contact: identity.Contact | None
) -> identity.Verdict:
    """Judge the code and count the try. The contact's row is locked, so tries at once count one after the other."""
    code = await identity_codes.newest(tx, holder.clinic, holder.person)
    given = "".join(call.asked.code.split())
    matches = code is not None and code.digest is not None and codes.match(code.digest, _digest(call, code.id, given))
    verdict = identity.judge(contact, code, matches, call.now)
    if contact is None or code is None or verdict == "nothing_to_try":
        return verdict
    if verdict == "right":
        await identity_codes.use(tx, holder.clinic, code.id, call.now)
    tries = 0 if verdict == "right" else contact.wrong_tries + 1
    await identity_contacts.count_tries(tx, holder.clinic, holder.person, tries)
    return verdict


def _digest(call: Coded, id: str, given: str) -> bytes:
    return codes.digest(codes.key_from(call.settings.note_private_key), id, given)


ROUTES = (
    Route(
        method="POST",
        path="/api/identity/contact",
        handler=change_contact,
        who=ANYONE,
        audited=True,
        request=ChangeIdentityContact,
    ),
    Route(
        method="POST",
        path="/api/identity/codes",
        handler=ask_for_code,
        who=ANYONE,
        audited=True,
        request=AskForCode,
    ),
    Route(
        method="POST",
        path="/api/identity/browsers",
        handler=give_code,
        who=ANYONE,
        audited=True,
        request=GiveCode,
    ),
)
