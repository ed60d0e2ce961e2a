"""The whole process: the facts of a room become hours, statements and a note, and the worker stops when asked."""

import asyncio
from datetime import timedelta

import pytest
from nacl.public import PrivateKey

from domain.chart.notes import SealedDraft
from domain.errors import DatabaseAway
from runtime.catalogue import WrappingKey
from runtime.settings import WorkerSettings
from store.chart import drafts
from store.database import Database
from tests.unforeseen import others, strike
from tests.waiting import eventually
from tests.workers import evening
from tests.workers.evening import NINE, Clinic
from workers.main import run

PRIVATE = b"n" * 32


def settings(database_url: str) -> WorkerSettings:
    return WorkerSettings(
        database_url=database_url,
        note_private_key=PRIVATE,
        note_wrapping_keys=(WrappingKey("2026", b"w" * 32),),
        smtp_host="127.0.0.1",
        smtp_port=1,
        mail_from="no-reply@vesper.example",
    )


async def test_an_evening_becomes_hours_statements_and_a_note(
    database: Database, database_url: str, clinic: Clinic
) -> None:
    session = await evening.planned(database, clinic)
    worker = asyncio.create_task(run(settings(database_url)))
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    key_id, sealed = drafts.seal(bytes(PrivateKey(PRIVATE).public_key), "Pat spoke.")
    draft = SealedDraft(
        clinic=clinic.id, session=session, client=clinic.pat, kind="progress", author=clinic.dana, revision=1,
        at=NINE - timedelta(days=1), key_id=key_id, sealed=sealed,
    )  # fmt: skip
    async with database.transaction() as tx:
        await drafts.save(tx, draft)

    async def all_there() -> bool:
        async with database.transaction() as tx:
            statements = await tx.fetchval("SELECT count(*) FROM ledger WHERE type = 'attendance.stated'")
            return (await tx.fetchval("SELECT count(*) FROM note_versions"), statements) == (1, 2)

    await eventually(all_there)
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker


TASKS = {
    "worker", "attendance", "attendance: hear", "attendance: read", "statements", "restatement", "notes", "closings",
    "mail",
    "people", "retention", "transfer",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TASKS))
async def test_a_worker_that_loses_a_task_recovers_or_stops_and_no_record_is_wrong(
    database: Database, database_url: str, clinic: Clinic, name: str
) -> None:
    session = await evening.planned(database, clinic)
    before = asyncio.all_tasks()
    worker = asyncio.create_task(run(settings(database_url)), name="worker")

    async def begun() -> bool:
        return len(others(before)) >= len(TASKS)

    await eventually(begun)
    tasks = others(before)
    assert tasks.keys() == TASKS, "every task is known"
    await strike(tasks[name][0])
    await evening.ship(database, evening.whole_evening(clinic, session).rows)

    async def ended_or_stated() -> bool:
        async with database.transaction() as tx:
            stated = await tx.fetchval("SELECT count(*) FROM ledger WHERE type = 'attendance.stated'")
        return worker.done() or stated == 2

    await eventually(ended_or_stated)
    if worker.done():
        assert not worker.cancelled() and worker.exception() is not None
        worker = asyncio.create_task(run(settings(database_url)))
        await eventually(ended_or_stated)
    assert not worker.done(), "a restarted worker keeps running"
    worker.cancel()
    await asyncio.wait([worker])


async def test_without_a_database_at_the_start_the_worker_refuses() -> None:
    with pytest.raises(DatabaseAway):
        await run(settings("postgresql://nobody:nothing@127.0.0.1:1/nowhere"))
