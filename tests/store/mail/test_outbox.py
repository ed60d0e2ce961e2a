"""The outbox keeps what waits, and nothing that opens anything."""

from datetime import UTC, datetime

import asyncpg
import pytest

from domain.mail.mails import Mail
from runtime.clock import new_id
from runtime.postgres.embedded import OWNER_ROLE, Embedded
from store.database import Database
from store.mail import outbox
from store.migrate import migrate, shipped

AT = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


async def test_only_waiting_mails_of_secret_kinds_are_listed_for_operators(database: Database, clinic: str) -> None:
    reset = Mail(id=new_id(), clinic=clinic, kind="password_reset", address="a@x.example", queued_at=AT)
    notice = Mail(id=new_id(), clinic=clinic, kind="email_changed", address="a@x.example", queued_at=AT)
    async with database.transaction() as tx:
        await outbox.queue(tx, reset)
        await outbox.queue(tx, notice)
        assert [mail.id for mail in await outbox.secrets_waiting(tx)] == [reset.id]
        claimed = await outbox.claim(tx, clinic, reset.id, AT)
        assert claimed is not None and claimed.tries == 1
        await outbox.settle(tx, claimed, "handed_over", AT)
        assert await outbox.secrets_waiting(tx) == []
        assert await outbox.claim(tx, clinic, reset.id, AT) is None
        assert await outbox.claim(tx, new_id(), notice.id, AT) is None, "another clinic's"


async def test_notices_of_older_releases_become_mails(postgres: Embedded, database_name: str, owner_url: str) -> None:
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"DROP DATABASE {database_name}")
    await superuser.execute(f"CREATE DATABASE {database_name} OWNER {OWNER_ROLE}")
    await superuser.close()
    await migrate(owner_url, [migration for migration in shipped() if migration.name < "0024"])
    owner = await asyncpg.connect(owner_url)
    clinic, dana, sent, unsent = (new_id() for _ in range(4))
    await owner.execute("INSERT INTO clinics (id, name, timezone) VALUES ($1, 'Riverbend', 'UTC')", clinic)
    await owner.execute("INSERT INTO persons (id, clinic_id, display_name) VALUES ($1, $2, 'Dana')", dana, clinic)
    for id, sent_at in ((sent, AT), (unsent, None)):
        await owner.execute(
            "INSERT INTO notices (id, clinic_id, person_id, kind, at, sent_at) VALUES ($1, $2, $3, $4, $5, $6)",
            id, clinic, dana, "invited_elsewhere", AT, sent_at,
        )  # fmt: skip
    await migrate(owner_url)
    rows = await owner.fetch("SELECT id::text, kind, state, queued_at FROM mails")
    await owner.close()
    assert [tuple(row) for row in rows] == [(unsent, "invited_elsewhere", "waiting", AT)]


async def test_a_mail_needs_somebody_to_go_to(database: Database, clinic: str) -> None:
    nobody = Mail(id=new_id(), clinic=clinic, kind="email_changed", queued_at=AT)
    with pytest.raises(asyncpg.CheckViolationError):
        async with database.transaction() as tx:
            await outbox.queue(tx, nobody)
