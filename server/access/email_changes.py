"""Another address to sign in with: asked for with the password, and confirmed by a link to the new address."""

from domain.errors import Conflict, LinkUnknown
from domain.mail.mails import Mail, MailKind
from runtime.clock import new_id
from server.access import attempts
from server.access.email_payloads import AskForEmailChange, ConfirmEmail
from server.access.factors import proofs
from server.access.factors.proofs import Whose
from server.access.payloads import Proof
from server.http import origins
from server.http.calls import Actor, Call
from server.http.routes import ANYONE, Route, Staff
from store.access import email_changes, password_resets
from store.access.email_changes import EmailChange
from store.database import Transaction
from store.mail import outbox
from store.people import persons


async def ask_for_change(call: Call[AskForEmailChange]) -> None:
    """Have a link sent to the new address. The answer is the same whether or not somebody signs in with it already:
    only who reads that mailbox learns so, by the link."""
    staff, address = call.staff, call.asked.email
    call.concerns(staff.person)
    await proofs.prove(call, Whose(staff.clinic, staff.person), Proof(password=call.asked.password))
    async with call.database.transaction() as tx:
        compared = await persons.as_compared(tx, address)
        subjects = attempts.reset_subjects(compared, origins.origin_of(call.request), call.settings.ticket_key)
        await attempts.check(tx, subjects, call.now)
        await attempts.fail(tx, subjects, call.now)
        change = EmailChange(
            id=new_id(), clinic=staff.clinic, person=staff.person, address=address, created_at=call.now
        )
        await email_changes.create(tx, change)
        await outbox.queue(tx, _mail(call, change, "email_change", address))


async def confirm_email(call: Call[ConfirmEmail]) -> None:
    """Sign in with the new address from now on. The old one gets a notice, and links that were sent to it end."""
    change = await attempts.behind_link(
        call, call.asked.link, lambda tx, digest: email_changes.with_secret(tx, digest, call.now)
    )
    if change is None:
        raise LinkUnknown("This link was used, or is older than 30 minutes. Ask for a new one on your page.")
    call.acts(Actor(clinic=change.clinic, kind="person", id=change.person))
    call.concerns(change.person)
    await _check_free(call, change.address)
    async with call.database.transaction() as tx:
        await _move(tx, call, change)


async def _move(tx: Transaction, call: Call[ConfirmEmail], change: EmailChange) -> None:
    if not await email_changes.use(tx, change, call.now):
        raise LinkUnknown("This link was used a moment ago. Try to sign in with the new address.")
    before = await persons.find(tx, change.clinic, change.person)
    await persons.sign_in_with(tx, change.clinic, change.person, change.address)
    await password_resets.end_all(tx, change.clinic, change.person)
    if before is not None and before.email:
        await outbox.queue(tx, _mail(call, change, "email_changed", before.email))


async def _check_free(call: Call[ConfirmEmail], address: str) -> None:
    """Refuse an address that somebody signs in with at another database.

    Raises:
        Conflict
    """
    for database in call.services.others:
        async with database.transaction() as tx:
            if await persons.with_email(tx, address) is not None:
                raise Conflict(persons.TAKEN)


def _mail(
    call: Call[AskForEmailChange] | Call[ConfirmEmail], change: EmailChange, kind: MailKind, address: str
) -> Mail:
    reference = change.id if kind == "email_change" else None
    return Mail(
        id=new_id(),
        clinic=change.clinic,
        kind=kind,
        reference=reference,
        person=change.person,
        address=address,
        queued_at=call.now,
    )


ROUTES = (
    Route(
        method="POST", path="/api/me/email", handler=ask_for_change, who=Staff("sign_in.own"), audited=True,
        request=AskForEmailChange,
    ),
    Route(
        method="POST", path="/api/email-changes/use", handler=confirm_email, who=ANYONE, audited=True,
        request=ConfirmEmail,
    ),
)  # fmt: skip
