"""Process 3: the workers that derive everything from the ledger."""

import asyncio

from runtime import release
from runtime.secrets import codes
from runtime.settings import WorkerSettings
from store.attendance import set_aside
from store.chart.data_keys import NoteKeys
from store.database import Database
from workers import attendance, closings, consumer, notes, people, restatement, retention, statements
from workers.mail import sender
from workers.mail.kinds import Desk
from workers.mail.smtp import MailServer
from workers.transfer import work


async def run(settings: WorkerSettings) -> None:
    """Work until cancelled. Any number of workers may run in parallel.

    Sessions that another release set aside are tried again first.

    Raises:
        DatabaseAway: the database does not answer at the start; later, the workers wait for it.
    """
    keys = NoteKeys(settings.note_private_key, {key.id: key.key for key in settings.note_wrapping_keys})
    async with Database.open(settings.database_url) as database, asyncio.TaskGroup() as group:
        async with database.transaction() as tx:
            await set_aside.ask_again_unless_tried_by(tx, release.VERSION)
        group.create_task(consumer.follow(database, attendance.CONSUMER), name="attendance")
        group.create_task(statements.follow(database), name="statements")
        group.create_task(restatement.follow(database), name="restatement")
        group.create_task(notes.follow(database, keys), name="notes")
        group.create_task(people.follow(database), name="people")
        group.create_task(work.follow(database, settings.database_url, keys), name="transfer")
        group.create_task(retention.follow(database), name="retention")
        group.create_task(closings.follow(database, settings.closing_key), name="closings")
        if server := mail_server(settings):
            group.create_task(sender.follow(database, desk(settings), server), name="mail")


def desk(settings: WorkerSettings) -> Desk:
    """What mails are made with."""
    return Desk(origin=settings.public_origin, code_key=codes.key_from(settings.note_private_key))


def mail_server(settings: WorkerSettings) -> MailServer | None:
    """The mail server of the settings, if they name one; without it, mails wait in the outbox."""
    if not settings.smtp_host:
        return None
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        sender=settings.mail_from,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )
