"""`vesper mail-secrets`: what no mail server delivers, staff at the server hand over."""

import asyncio
import json
import re

import msgspec
import pytest

from domain.errors import InvalidInput
from domain.mail.mails import Mail, MailKind
from runtime import policies
from runtime.catalogue import WrappingKey
from runtime.clock import new_id, now
from runtime.secrets import codes
from runtime.settings import WorkerSettings
from store.access import identity_codes
from store.database import Database
from store.mail import outbox
from tests.workers import evening
from vesper.mail_secrets import show


@pytest.fixture
def settings(database_url: str) -> WorkerSettings:
    return WorkerSettings(
        database_url=database_url, note_private_key=b"n" * 32, note_wrapping_keys=(WrappingKey("2026", b"w" * 32),)
    )


async def queued(database: Database, kind: MailKind) -> str:
    clinic = await evening.found(database, policies.load("evening-sud", 1)[1])
    mail = Mail(id=new_id(), clinic=clinic.id, kind=kind, address="dana@riverbend.example", queued_at=now())
    async with database.transaction() as tx:
        await outbox.queue(tx, mail)
    return mail.id


async def test_it_lists_what_waits_with_a_secret_and_no_secret(
    settings: WorkerSettings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.to_thread(show, settings, None, as_json=False)
    assert capsys.readouterr().out == "No mail with a link or a code waits.\n"
    reset = await queued(database, "password_reset")
    await queued(database, "email_changed")
    await asyncio.to_thread(show, settings, None, as_json=True)
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["id"], listed["kind"], listed["address"]) == (reset, "password_reset", "dana@riverbend.example")
    await asyncio.to_thread(show, settings, None, as_json=False)
    assert reset in capsys.readouterr().out


@pytest.mark.parametrize("unknown", ["nonsense", "01a21f86-6340-74b6-be11-1c33e4280000"])
def test_an_unknown_mail_is_refused(settings: WorkerSettings, unknown: str) -> None:
    with pytest.raises(InvalidInput, match="No mail with a link or a code waits under"):
        show(settings, unknown, as_json=False)


async def test_a_mail_without_a_secret_is_not_handed_over(settings: WorkerSettings, database: Database) -> None:
    notice = await queued(database, "email_changed")
    with pytest.raises(InvalidInput):
        await asyncio.to_thread(show, settings, notice, as_json=False)


async def test_a_code_is_handed_over_once_and_works(
    settings: WorkerSettings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = await evening.found(database, policies.load("evening-sud", 1)[1])
    code, mail = new_id(), Mail(
        id=new_id(), clinic=clinic.id, kind="identity_code", person=clinic.pat, address="pat@x.example", queued_at=now()
    )  # fmt: skip
    mail = msgspec.structs.replace(mail, reference=code)
    async with database.transaction() as tx:
        await identity_codes.ask(tx, clinic.id, code, clinic.pat, now())
        await outbox.queue(tx, mail)
    await asyncio.to_thread(show, settings, mail.id, as_json=True)
    handed = json.loads(capsys.readouterr().out)
    (given,) = re.findall(r"^\d{6}$", handed["body"], re.MULTILINE)
    async with database.transaction() as tx:
        stored = await identity_codes.newest(tx, clinic.id, clinic.pat)
        (left,) = await outbox.newest(tx, clinic.id, None, 5)
        rows = await tx.fetch(
            "SELECT mails::text AS text FROM mails UNION ALL SELECT identity_codes::text FROM identity_codes"
        )
    assert stored is not None and stored.digest == codes.digest(codes.key_from(b"n" * 32), code, given)
    assert left.state == "handed_over" and not [row for row in rows if given in row["text"]]
    with pytest.raises(InvalidInput):
        await asyncio.to_thread(show, settings, mail.id, as_json=False)


async def test_what_is_over_is_not_handed_over(settings: WorkerSettings, database: Database) -> None:
    clinic = await evening.found(database, policies.load("evening-sud", 1)[1])
    mail = Mail(
        id=new_id(),
        clinic=clinic.id,
        kind="identity_code",
        reference=new_id(),
        address="pat@x.example",
        queued_at=now(),
    )
    async with database.transaction() as tx:
        await outbox.queue(tx, mail)
    with pytest.raises(InvalidInput, match="is over"):
        await asyncio.to_thread(show, settings, mail.id, as_json=False)
