"""Identity codes, for clients: ask for one, and give it. Every answer is alike whether or not there is a contact."""

from aiohttp import web

from domain.access import identity
from domain.access.links import LinkHolder
from domain.errors import WrongCode
from domain.mail.mails import Mail
from runtime.clock import new_id
from runtime.secrets import codes
from server.access import attempts, identified
from server.access.join_links import link_holder
from server.access.payloads import AskForCode, GiveCode
from server.http import origins
from server.http.calls import Call
from server.http.dispatch import respond
from server.http.routes import ANYONE, Route
from store.access import identity_codes, identity_contacts
from store.database import Transaction
from store.mail import outbox


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
    holder = await link_holder(call, call.asked.link)
    subjects = attempts.guess_subjects(holder.person, origins.origin_of(call.request), call.settings.ticket_key)
    async with call.database.transaction() as tx:
        await attempts.check(tx, subjects, call.now)
        verdict = await _judge(tx, call, holder)
        if verdict != "right":
            await attempts.fail(tx, subjects, call.now)
        else:
            cookie = await identified.remember(tx, call.request, holder, call.now)
    if verdict != "right":
        raise WrongCode
    response = respond(None)
    secure = call.settings.public_origin.startswith("https:")
    identified.set_cookie(response, cookie, secure=secure)
    return response


async def _judge(tx: Transaction, call: Call[GiveCode], holder: LinkHolder) -> identity.Verdict:
    """Judge the code and count the try. The contact's row is locked, so tries at once count one after the other."""
    contact = await identity_contacts.find(tx, holder.clinic, holder.person)
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


def _digest(call: Call[GiveCode], id: str, given: str) -> bytes:
    return codes.digest(codes.key_from(call.settings.note_private_key), id, given)


ROUTES = (
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
