"""Statements to billing, appended when a session is final and again whenever its records change.

The records of a session say what should be stated, the ledger what was. Only the difference is appended, so looking
once too often, or rebuilding every record, states nothing new.

A session whose attendance was set aside is not stated: it comes on the list again once it is worked out. One whose own
statements cannot be read or written is set aside here, and the next one is looked at.
"""

import asyncio
import functools
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from domain.billing.statements import Stated, first, following, latest, stated_clients
from domain.errors import DatabaseAway
from domain.events.billing import AttendanceStated
from domain.ledger.streams import statement_stream
from domain.projection.finality import Finality
from domain.projection.gathering import Aside, Projection, SetAsideReason, finality_of
from runtime import clock, policies
from store.attendance import gathering as session_facts
from store.attendance import records
from store.attendance import set_aside as set_aside_sessions
from store.attendance.set_aside import ATTENDANCE, STATEMENTS
from store.billing import statements_due as statements
from store.billing.statements_due import Due
from store.database import Database, Transaction
from store.errors import took_too_long
from store.ledger import facts as ledger
from store.ledger import streams
from workers.consumer import repeat
from workers.set_aside import report, settle, spare_the_rest

POLL_SECONDS = 1.0
POSTPONED = timedelta(minutes=10)
"""When a session is looked at again for which the database took longer than it may."""
log = logging.getLogger(__name__)
How = tuple[str | None, datetime]
"""The cause of what is stated, where no fact is the reason; and when."""
_STATED = str(AttendanceStated.__struct_config__.tag)


async def follow(database: Database) -> None:
    """State what is due, for as long as the task runs."""
    await repeat(STATEMENTS, lambda: state_next(database, clock.now()), functools.partial(asyncio.sleep, POLL_SECONDS))


async def state_next(database: Database, now: datetime) -> bool:
    """Look at the session that waits longest; False when none is due. One that takes too long waits behind others."""
    try:
        return await _state_next(database, now)
    except DatabaseAway as away:
        if not took_too_long(away):
            raise
        await _postpone(database, now)
        return True


async def _postpone(database: Database, now: datetime) -> None:
    async with database.transaction() as tx:
        if due := await statements.take(tx, now):
            log.warning("a session took too long to be stated; the others go on", extra={"session": due.session})
            await statements.expect(tx, {due: now + POSTPONED})
        elif aside := await set_aside_sessions.next_to_try(tx, STATEMENTS):
            await settle(tx, STATEMENTS, aside.clinic, [], {aside.session: aside})


async def _state_next(database: Database, now: datetime) -> bool:
    async def state(some: Sequence[Due]) -> dict[str, Aside]:
        return await _state(tx, some[0], now)

    async with database.transaction() as tx:
        due = await statements.take(tx, now) or await _to_try_again(tx)
        if due is None:
            return False
        found = await spare_the_rest(tx, [due], state, _failed)
        news = await settle(tx, STATEMENTS, due.clinic, [due.session], found)
    report(STATEMENTS, news)
    return True


async def _to_try_again(tx: Transaction) -> Due | None:
    aside = await set_aside_sessions.next_to_try(tx, STATEMENTS)
    return None if aside is None else Due(aside.session, aside.clinic)


def _failed(due: Due, where: str) -> Aside:
    return _aside(due, 0, "failed", where)


def _aside(due: Due, position: int, reason: SetAsideReason, where: str = "") -> Aside:
    return Aside(session=due.session, clinic=due.clinic, position=position, reason=reason, frames=where)


async def _state(tx: Transaction, due: Due, now: datetime) -> dict[str, Aside]:
    """State what is new of a session; returns it when what was stated cannot be read."""
    projection = await records.find(tx, due.clinic, due.session)
    if projection is None or await set_aside_sessions.among(tx, ATTENDANCE, due.clinic, [due.session]):
        return {}
    stated = await ledger.of_types(tx, due.clinic, due.session, [_STATED])
    unread = next((fact.position for fact in stated if fact.event is None), None)
    if unread is not None:
        return {due.session: _aside(due, unread, "fact_unreadable")}
    final = await _finality(tx, projection, now)
    if final.due_at > now:
        await statements.expect(tx, {due: final.due_at})  # a node took the room after the session was put on the list
        return {}
    if final.whole:
        await records.make_final(tx, due.clinic, due.session)
    last = latest(fact.event for fact in stated if fact.event is not None)
    for statement in _news(projection, final.whole, last, (due.cause, now)):
        event = msgspec.structs.replace(statement, id=clock.fact_id())
        stream = statement_stream(projection.session)
        await streams.record(tx, projection.clinic, stream, event, subject=statement.client)
    return {}


async def _finality(tx: Transaction, projection: Projection, now: datetime) -> Finality:
    """As the session stands now: its records may be older than what rooms were held since."""
    found = await session_facts.gather(tx, projection.clinic, [projection.session], policies.by_digest)
    known = (finality_of(one, projection.record) for one in found.gathered)
    return next(known, Finality(now, whole=False))


def _news(projection: Projection, whole: bool, last: dict[str, AttendanceStated], how: How) -> list[AttendanceStated]:
    cause, now = how
    record = projection.record
    stated = Stated(
        session=projection.session,
        service_date=record.service_date,
        participant_count=record.participant_count,
        policy=projection.policy,
        incomplete=not whole,
        outcome=record.outcome,
    )
    news = [
        following(last.get(client), first(stated, client, client_record, now), cause)
        for client, client_record in stated_clients(record, last).items()
    ]
    return [statement for statement in news if statement is not None]
