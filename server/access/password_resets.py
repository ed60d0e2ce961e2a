"""A forgotten password: a link by mail sets a new one."""

import asyncio
from datetime import datetime

from domain.errors import ResetUnknown
from domain.mail.mails import Mail
from runtime.clock import new_id
from runtime.secrets import new_passwords
from server.access import attempts
from server.access.payloads import AskForReset, ResetPassword
from server.http import homes, origins
from server.http.calls import Actor, Call
from server.http.routes import ANYONE, Route
from store.access import email_changes, password_resets, pending_sign_ins, sign_ins
from store.access.password_resets import Reset
from store.database import Transaction
from store.mail import outbox
from store.people import passwords, persons

ANSWER_SECONDS = 0.4
"""Every answer takes this long, so that the time does not say whether an address exists."""


async def ask_for_reset(call: Call[AskForReset]) -> None:
    """Ask for a link that sets a new password. The answer is the same whether or not the address signs anybody in."""
    loop = asyncio.get_running_loop()
    until = loop.time() + ANSWER_SECONDS
    call.concerns()  # nobody, unless the address is somebody's
    try:
        await _ask(call)
    finally:
        await asyncio.sleep(max(0.0, until - loop.time()))


async def _ask(call: Call[AskForReset]) -> None:
    await homes.settle(call, lambda tx: passwords.of_address(tx, call.asked.email, call.now))
    async with call.database.transaction() as tx:
        email = await persons.as_compared(tx, call.asked.email)
        subjects = attempts.reset_subjects(email, origins.origin_of(call.request), call.settings.ticket_key)
        await attempts.check(tx, subjects, call.now)
        await attempts.fail(tx, subjects, call.now)
        found = await passwords.of_address(tx, call.asked.email, call.now)
        if found is not None:
            call.acts(Actor(clinic=found.clinic, kind="unknown"))
            call.concerns(found.person)
            await deliver_reset(tx, found.clinic, found.person, call.now)


async def deliver_reset(tx: Transaction, clinic: str, person: str, now: datetime) -> None:
    """Have the person sent a link. Its secret is made when the mail is sent, and only its digest is kept."""
    reset = Reset(id=new_id(), clinic=clinic, person=person, created_at=now)
    await password_resets.create(tx, reset)
    mail = Mail(id=new_id(), clinic=clinic, kind="password_reset", reference=reset.id, person=person, queued_at=now)
    await outbox.queue(tx, mail)


async def reset_password(call: Call[ResetPassword]) -> None:
    """Set a new password by a link. All sign-ins of the person end; their second factor stays, and is asked for."""
    reset = await attempts.behind_link(
        call, call.asked.link, lambda tx, digest: password_resets.with_secret(tx, digest, call.now)
    )
    if reset is None:
        raise ResetUnknown
    call.acts(Actor(clinic=reset.clinic, kind="person", id=reset.person))
    call.concerns(reset.person)
    async with call.database.transaction() as tx:
        known = await passwords.known_words(tx, reset.clinic, reset.person)
    new_passwords.check(call.asked.password, known)
    hash = await call.services.passwords.hash(call.asked.password)
    async with call.database.transaction() as tx:
        if not await password_resets.use(tx, reset, call.now):
            raise ResetUnknown
        await passwords.replace(tx, reset.clinic, reset.person, hash, call.now)
        await email_changes.end_all(tx, reset.clinic, reset.person)
        await pending_sign_ins.end_all(tx, reset.clinic, reset.person)
        await sign_ins.end_all(tx, reset.clinic, reset.person, call.now)


ROUTES = (
    Route(
        method="POST", path="/api/password-resets", handler=ask_for_reset, who=ANYONE, audited=True,
        request=AskForReset,
    ),
    Route(
        method="POST", path="/api/password-resets/use", handler=reset_password, who=ANYONE, audited=True,
        request=ResetPassword,
    ),
)  # fmt: skip
