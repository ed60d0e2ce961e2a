"""The mail worker: sends what is due, one mail at a time, and tries again what was not accepted.

Two transactions stand around each try. The first claims the mail, makes its secret and commits the secret's digest;
the second records the outcome. If the worker dies between them, the mail server may have accepted the mail already:
another worker sends it again once the claim has lapsed. So a mail may arrive twice, and none is lost.
"""

import asyncio
import functools
import logging
from datetime import datetime

from domain.errors import DatabaseAway
from domain.mail.mails import Mail
from domain.mail.tries import LEASE, next_try
from domain.mail.words.catalogue import text_of
from domain.mail.words.text import Text
from runtime import clock
from store.database import Database, Transaction
from store.mail import outbox
from store.people import clinics
from workers.consumer import repeat
from workers.mail.kinds import KINDS, Desk
from workers.mail.smtp import MailServer, NotAccepted, compose

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0


async def follow(database: Database, desk: Desk, server: MailServer) -> None:
    """Send mails as they become due, for as long as the task runs."""
    rest = functools.partial(asyncio.sleep, POLL_SECONDS)
    await repeat("mail", lambda: send_next(database, desk, server, clock.now()), rest)


async def send_next(database: Database, desk: Desk, server: MailServer, now: datetime) -> bool:
    """Send the mail that is due for longest; False if none is."""
    async with database.transaction() as tx:
        mail = await outbox.claim_due(tx, now, now + LEASE)
    if mail is None:
        return False
    try:
        await _send(database, desk, server, mail, now)
    except DatabaseAway:
        raise
    except NotAccepted as refused:
        await _failed(database, mail, refused, now)
    except Exception:
        log.exception("a mail could not be made", extra={"mail": mail.id, "kind": mail.kind})
        await _failed(database, mail, NotAccepted("not_made", "for_now"), now)
    return True


async def _send(database: Database, desk: Desk, server: MailServer, mail: Mail, now: datetime) -> None:
    async with database.transaction() as tx:
        written = await write(tx, mail, desk, now)
        if written is None:
            await outbox.settle(tx, mail, "dropped", now)
            return
    clinic, text = written
    await server.send(compose(mail, clinic, text, server.sender, now))
    async with database.transaction() as tx:
        await outbox.settle(tx, mail, "sent", now)


async def write(tx: Transaction, mail: Mail, desk: Desk, now: datetime) -> tuple[str, Text] | None:
    """The clinic's name and the mail's text with a new secret; None if what the mail is about is over, or its person
    has no address any more."""
    if mail.address is None or (secret := await KINDS[mail.kind](tx, mail, desk, now)) is None:
        return None
    name = await clinics.name_of(tx, mail.clinic)
    return name, text_of(mail, name, secret)


async def _failed(database: Database, mail: Mail, refused: NotAccepted, now: datetime) -> None:
    again = next_try(mail, refused.trouble, now)
    async with database.transaction() as tx:
        if again is None:
            await outbox.settle(tx, mail, "failed", now, refused.code)
        else:
            await outbox.try_later(tx, mail, again, refused.code)
    if again is None or refused.trouble == "for_now":
        log.warning(
            "a mail was not accepted",
            extra={
                "mail": mail.id,
                "kind": mail.kind,
                "error": refused.code,
                "tries": mail.tries,
                "given_up": not again,
            },
        )
