"""`vesper mail-secrets`: links and codes that no mail server delivers, for staff who sit at the server."""

import asyncio

import msgspec

from domain.errors import InvalidInput
from domain.ids import is_id
from domain.mail.mails import SECRET, Mail
from runtime.clock import now
from runtime.settings import WorkerSettings
from store.database import Database
from store.mail import outbox
from vesper.answers import print_answer
from workers.mail.sender import write
from workers.main import desk


class HandedOver(msgspec.Struct, frozen=True):
    """A mail's text with its secret. It is shown only once."""

    mail: str
    address: str | None
    subject: str
    body: str


def show(settings: WorkerSettings, mail: str | None, as_json: bool) -> None:
    """List the mails that wait with a secret; with an id, print that mail once, and count it as handed over.

    Raises:
        InvalidInput: no mail with that id waits, or what it was about is over.
    """
    if mail is not None:
        handed = asyncio.run(_hand_over(settings, mail))
        print_answer(as_json, handed, f"To: {handed.address}\n{handed.subject}\n\n{handed.body}")
        return
    waiting = asyncio.run(_waiting(settings))
    print_answer(as_json, waiting, "\n".join(map(_line, waiting)) or "No mail with a link or a code waits.")


def _line(mail: Mail) -> str:
    return f"{mail.id}  {mail.kind}  clinic {mail.clinic}  to {mail.address}  since {mail.queued_at:%F %T}"


async def _waiting(settings: WorkerSettings) -> list[Mail]:
    async with Database.open(settings.database_url) as database, database.transaction() as tx:
        return list(await outbox.secrets_waiting(tx))


async def _hand_over(settings: WorkerSettings, id: str) -> HandedOver:
    at = now()
    async with Database.open(settings.database_url) as database, database.transaction() as tx:
        clinic = next((mail.clinic for mail in await outbox.secrets_waiting(tx) if mail.id == id), None)
        mail = await outbox.claim(tx, clinic, id, at) if clinic and is_id(id) else None
        if mail is None or mail.kind not in SECRET:
            raise InvalidInput(f"No mail with a link or a code waits under {id}. `vesper mail-secrets` lists them.")
        written = await write(tx, mail, desk(settings), at)
        if written is None:
            raise InvalidInput("What this mail was about is over. Ask for it again in the app.")
        _, text = written
        await outbox.settle(tx, mail, "handed_over", at)
    return HandedOver(mail.id, mail.address, text.subject, text.body)
