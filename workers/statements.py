"""Statements: what billing is told, appended when a session is final and again whenever its records come out otherwise.

The records of a session say what should be stated, the ledger what was. Only the difference is appended, so looking
once too often, or rebuilding every record, states nothing new.
"""

import asyncio
import functools
from datetime import datetime

import msgspec

from domain.events import AttendanceStated
from domain.statements import Stated, first, following, latest, withdrawn
from runtime import clock
from store import ledger, records, statements, streams
from store.database import Database, Transaction
from store.records import Projection
from workers.consumer import repeat

POLL_SECONDS = 1.0


async def follow(database: Database) -> None:
    """State what is due, for as long as the task runs."""
    await repeat(
        "statements", lambda: state_next(database, clock.now()), functools.partial(asyncio.sleep, POLL_SECONDS)
    )


async def state_next(database: Database, now: datetime) -> bool:
    """Look at the session that waits longest; False when none is due."""
    async with database.transaction() as tx:
        due = await statements.take(tx, now)
        if due is None:
            return False
        projection = await records.find(tx, due.session)
        if projection is not None:
            await _state(tx, projection, now)
    return True


async def _state(tx: Transaction, projection: Projection, now: datetime) -> None:
    last = latest(fact.event for fact in await ledger.of_session(tx, projection.session))
    for statement in _news(projection, last, now):
        event = msgspec.structs.replace(statement, id=clock.new_id())
        stream = f"statement:{projection.session}"
        await streams.record(tx, projection.clinic, stream, event, subject=statement.client)


def _news(projection: Projection, last: dict[str, AttendanceStated], now: datetime) -> list[AttendanceStated]:
    record = projection.record
    stated = Stated(
        session=projection.session,
        service_date=record.service_date,
        participant_count=record.participant_count,
        policy=projection.policy,
        incomplete=not projection.final,
    )
    gone = {client: withdrawn(statement) for client, statement in last.items() if client not in record.clients}
    news = [
        following(last.get(client), first(stated, client, client_record, now))
        for client, client_record in sorted((record.clients | gone).items())
    ]
    return [statement for statement in news if statement is not None]
