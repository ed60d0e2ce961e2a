"""Statements: what billing is told, appended when a session is final and again whenever its records come out otherwise.

The records of a session say what should be stated, the ledger what was. Only the difference is appended, so looking
once too often, or rebuilding every record, states nothing new.

A session whose attendance was set aside is not stated: it comes on the list again once it is worked out. One whose own
statements cannot be read or written is set aside here, and the next one is looked at.
"""

import asyncio
import functools
from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.events import AttendanceStated
from domain.statements import Stated, first, following, latest, withdrawn
from runtime import clock
from store import ledger, records, set_aside_sessions, statements, streams
from store.database import Database, Transaction
from store.records import Projection
from store.set_aside_sessions import ATTENDANCE, STATEMENTS, Aside, Reason
from store.statements import Due
from workers.consumer import repeat
from workers.set_aside import report, settle, spare_the_rest

POLL_SECONDS = 1.0
_STATED = str(AttendanceStated.__struct_config__.tag)


async def follow(database: Database) -> None:
    """State what is due, for as long as the task runs."""
    await repeat(STATEMENTS, lambda: state_next(database, clock.now()), functools.partial(asyncio.sleep, POLL_SECONDS))


async def state_next(database: Database, now: datetime) -> bool:
    """Look at the session that waits longest; False when none is due."""

    async def state(some: Sequence[Due]) -> dict[str, Aside]:
        return await _state(tx, some[0], now)

    async with database.transaction() as tx:
        due = await statements.take(tx, now) or await _to_try_again(tx)
        if due is None:
            return False
        found = await spare_the_rest(tx, [due], state, _failed)
        news = await settle(tx, STATEMENTS, [due.session], found)
    report(STATEMENTS, news)
    return True


async def _to_try_again(tx: Transaction) -> Due | None:
    aside = await set_aside_sessions.next_to_try(tx, STATEMENTS)
    return None if aside is None else Due(aside.session, aside.clinic)


def _failed(due: Due, where: str) -> Aside:
    return _aside(due, 0, "failed", where)


def _aside(due: Due, position: int, reason: Reason, where: str = "") -> Aside:
    return Aside(session=due.session, clinic=due.clinic, position=position, reason=reason, frames=where)


async def _state(tx: Transaction, due: Due, now: datetime) -> dict[str, Aside]:
    """State what is new of a session; returns it when what was stated cannot be read."""
    projection = await records.find(tx, due.session)
    if projection is None or await set_aside_sessions.among(tx, ATTENDANCE, [due.session]):
        return {}
    stated = await ledger.of_types(tx, due.session, [_STATED])
    unread = next((fact.position for fact in stated if fact.event is None), None)
    if unread is not None:
        return {due.session: _aside(due, unread, "fact_unreadable")}
    for statement in _news(projection, latest(fact.event for fact in stated if fact.event is not None), now):
        event = msgspec.structs.replace(statement, id=clock.new_id())
        stream = f"statement:{projection.session}"
        await streams.record(tx, projection.clinic, stream, event, subject=statement.client)
    return {}


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
