"""Mails of the outbox, through a real mail server: accepted, refused, tried again, given up."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from domain.mail.mails import Mail, MailKind, message_id
from domain.mail.tries import GIVE_UP, LEASE
from runtime.clock import new_id, now
from store.database import Database
from store.mail import outbox
from tests.mail_server import PASSWORD, USER, Postman, certificate, serving
from tests.sharing import free_port
from tests.workers.evening import Clinic
from workers.mail.kinds import KINDS, Desk
from workers.mail.sender import send_next
from workers.mail.smtp import MailServer

DESK = Desk(origin="https://vesper.example", code_key=b"k" * 32)
AT = now().replace(microsecond=0)
AWAITED: set[MailKind] = {"join_link"}
"""Kinds with words, whose subject queues none yet."""


class Outbox(msgspec.Struct):
    """Riverbend's outbox, with a mail to Dana's old address."""

    database: Database
    clinic: Clinic
    id: str

    async def mail(self) -> Mail:
        async with self.database.transaction() as tx:
            (found,) = await outbox.newest(tx, self.clinic.id, None, 10)
        return found

    async def send(self, server: MailServer, at: datetime = AT) -> bool:
        return await send_next(self.database, DESK, server, at)


@pytest.fixture
async def waiting(database: Database, clinic: Clinic) -> Outbox:
    mail = Mail(
        id=new_id(), clinic=clinic.id, kind="email_changed", person=clinic.dana, address="dana@old.example",
        language="es", queued_at=AT,
    )  # fmt: skip
    async with database.transaction() as tx:
        await outbox.queue(tx, mail)
    return Outbox(database, clinic, mail.id)


@pytest.fixture
async def postman() -> AsyncIterator[Postman]:
    async with serving() as postman:
        yield postman


def test_every_kind_is_prepared_or_awaited() -> None:
    assert set(get_args(MailKind)) == KINDS.keys() | AWAITED
    assert not KINDS.keys() & AWAITED


async def test_an_accepted_mail_is_sent_once(waiting: Outbox, postman: Postman) -> None:
    assert await waiting.send(postman.server())
    assert not await waiting.send(postman.server(), AT + GIVE_UP)
    (message,) = postman.accepted
    sent = await waiting.mail()
    assert (sent.state, sent.tries, sent.sent_at, sent.error) == ("sent", 1, AT, None)
    assert message["To"] == "dana@old.example"
    assert message["From"].addresses[0].addr_spec == "no-reply@vesper.example"
    assert message["Subject"].startswith("Su dirección de correo en ")
    assert message["Message-ID"] == message_id(sent, "vesper.example")
    assert message["Auto-Submitted"] == "auto-generated"
    assert "se indicó una nueva" in message.get_content()


async def test_a_mail_is_sent_only_if_its_transaction_commits(database: Database, clinic: Clinic) -> None:
    mail = Mail(id=new_id(), clinic=clinic.id, kind="email_changed", address="a@x.example", queued_at=AT)
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as tx:
            await outbox.queue(tx, mail)
            raise ZeroDivisionError
    assert not await send_next(database, DESK, Postman().server(), AT)


async def test_a_mail_that_is_put_off_is_tried_again(
    waiting: Outbox, postman: Postman, caplog: pytest.LogCaptureFixture
) -> None:
    postman.answers = ["451 dana@old.example: try later"]
    await waiting.send(postman.server())
    put_off = await waiting.mail()
    assert (put_off.state, put_off.error) == ("waiting", "451")
    assert not await waiting.send(postman.server(), AT + timedelta(seconds=29))
    assert await waiting.send(postman.server(), AT + timedelta(seconds=30))
    assert (await waiting.mail()).state == "sent" and len(postman.accepted) == 1
    (record,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert "dana@old.example" not in str(record.__dict__), "the server's words may name a person"


@pytest.mark.parametrize("where", ["answers", "to_recipients"])
async def test_a_mail_that_is_refused_for_good_fails_at_once(waiting: Outbox, postman: Postman, where: str) -> None:
    setattr(postman, where, ["550 no such user"])
    await waiting.send(postman.server())
    refused = await waiting.mail()
    assert (refused.state, refused.error, refused.sent_at) == ("failed", "550", None)
    assert not await waiting.send(postman.server(), AT + timedelta(hours=1))
    assert postman.accepted == []


async def test_a_mail_server_that_is_away_or_hangs_delays_mails_and_loses_none(
    waiting: Outbox, postman: Postman
) -> None:
    nowhere = postman.server(port=free_port())
    await waiting.send(nowhere)
    assert (await waiting.mail()).error == "connection"
    postman.hang = True
    await waiting.send(postman.server(answer_seconds=0.2), AT + timedelta(minutes=1))
    assert ((await waiting.mail()).state, (await waiting.mail()).error) == ("waiting", "timeout")
    postman.hang = False
    await waiting.send(postman.server(), AT + timedelta(minutes=5))
    assert (await waiting.mail()).state == "sent"


async def test_a_mail_is_given_up_after_a_day(waiting: Outbox, postman: Postman) -> None:
    nowhere, at = postman.server(port=free_port()), AT
    while (await waiting.mail()).state == "waiting":
        await waiting.send(nowhere, at)
        at += timedelta(hours=1)
    assert at - AT >= timedelta(hours=23)
    assert ((await waiting.mail()).state, (await waiting.mail()).error) == ("failed", "connection")


async def test_a_mail_to_somebody_without_an_address_is_dropped(
    database: Database, clinic: Clinic, postman: Postman
) -> None:
    mail = Mail(id=new_id(), clinic=clinic.id, kind="email_changed", person=clinic.pat, queued_at=AT)
    async with database.transaction() as tx:
        await outbox.queue(tx, mail)
    dropping = Outbox(database, clinic, mail.id)
    await dropping.send(postman.server())
    assert (await dropping.mail()).state == "dropped" and postman.accepted == []


async def test_many_senders_send_each_mail_once(database: Database, clinic: Clinic, postman: Postman) -> None:
    async with database.transaction() as tx:
        for number in range(20):
            mail = Mail(
                id=new_id(), clinic=clinic.id, kind="email_changed", address=f"{number}@x.example", queued_at=AT
            )
            await outbox.queue(tx, mail)

    async def work() -> None:
        while await send_next(database, DESK, postman.server(), AT):
            pass

    await asyncio.gather(*(work() for _ in range(5)))
    assert sorted(message["To"] for message in postman.accepted) == sorted(f"{n}@x.example" for n in range(20))


async def test_a_sender_that_dies_leaves_its_mail_to_another_after_a_while(
    waiting: Outbox, database: Database, postman: Postman
) -> None:
    async with database.transaction() as tx:
        claimed = await outbox.claim_due(tx, AT, AT + LEASE)
    assert claimed is not None
    assert not await waiting.send(postman.server(), AT + LEASE - timedelta(seconds=1))
    assert await waiting.send(postman.server(), AT + LEASE)
    async with database.transaction() as tx:  # the first was only slow
        await outbox.settle(tx, claimed, "failed", AT + LEASE, "timeout")
    assert (await waiting.mail()).state == "sent"


async def test_mail_travels_encrypted_and_signed_in_to_a_server_that_proves_its_name(
    waiting: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    async with serving(context) as postman:
        server = postman.server(tls="starttls", user=USER, password=PASSWORD)
        await waiting.send(server)
        assert (await waiting.mail()).error is not None, "a certificate that nobody vouches for"
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        await waiting.send(msgspec.structs.replace(server, password="guessed"), AT + timedelta(minutes=2))
        assert ((await waiting.mail()).state, (await waiting.mail()).error) == ("waiting", "sign_in")
        await waiting.send(server, AT + timedelta(minutes=10))
        assert (await waiting.mail()).state == "sent" and len(postman.accepted) == 1
