"""Statements to billing, appended when a session is final and again whenever its records change.

The records of a session say what should be stated; the ledger says what was. Only the difference is appended, so an
extra look, or a rebuild of every record, states nothing new.

A session whose attendance is set aside is not stated: it is put on the list again once it is worked out. A session
whose own statements cannot be read or written is set aside here, and the next one is handled.
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
from store.attendance import gathering, records, set_aside
from store.attendance.set_aside import ATTENDANCE, STATEMENTS
from store.billing import statements_due
from store.billing.statements_due import Due
from store.database import Database, Transaction
from store.errors import took_too_long
from store.ledger import facts as ledger
from store.ledger import streams
from workers.consumer import repeat
from workers.set_aside import isolate_failures, report, settle

POLL_SECONDS = 1.0
POSTPONED = timedelta(minutes=10)
"""How long a session waits for the next attempt after the database exceeded its time limit for it."""
log = logging.getLogger(__name__)
How = tuple[str | None, datetime]
"""(cause of the statement if no fact is the reason, time of the statement)."""
_STATED = str(AttendanceStated.__struct_config__.tag)


async def follow(database: Database) -> None:
    """State what is due, for as long as the task runs."""
    await repeat(STATEMENTS, lambda: state_next(database, clock.now()), functools.partial(asyncio.sleep, POLL_SECONDS))


async def state_next(database: Database, now: datetime) -> bool:
    """Handle the session that waits longest; False if none is due. One that takes too long is postponed."""
    try:
        return await _state_next(database, now)
    except DatabaseAway as away:
        if not took_too_long(away):
            raise
        await _postpone(database, now)
        return True


async def _postpone(database: Database, now: datetime) -> None:
    async with database.transaction() as tx:
        if due := await statements_due.take(tx, now):
            log.warning("a session took too long to be stated; the others go on", extra={"session": due.session})
            await statements_due.expect(tx, {due: now + POSTPONED})
        elif aside := await set_aside.next_to_try(tx, STATEMENTS):
            await settle(tx, STATEMENTS, aside.clinic, [], {aside.session: aside})


async def _state_next(database: Database, now: datetime) -> bool:
    async def state(some: Sequence[Due]) -> dict[str, Aside]:
        return await _state(tx, some[0], now)

    async with database.transaction() as tx:
        due = await statements_due.take(tx, now) or await _to_try_again(tx)
        if due is None:
            return False
        found = await isolate_failures(tx, [due], state, _failed)
        news = await settle(tx, STATEMENTS, due.clinic, [due.session], found)
    report(STATEMENTS, news)
    return True


async def _to_try_again(tx: Transaction) -> Due | None:
    aside = await set_aside.next_to_try(tx, STATEMENTS)
    return None if aside is None else Due(aside.session, aside.clinic)


def _failed(due: Due, where: str) -> Aside:
    return _aside(due, 0, "failed", where)


def _aside(due: Due, position: int, reason: SetAsideReason, where: str = "") -> Aside:
    return Aside(session=due.session, clinic=due.clinic, position=position, reason=reason, frames=where)


async def _state(tx: Transaction, due: Due, now: datetime) -> dict[str, Aside]:
    """State what is new about a session; returns the session if its earlier statements cannot be read."""
    projection = await records.find(tx, due.clinic, due.session)
    if projection is None or await set_aside.among(tx, ATTENDANCE, due.clinic, [due.session]):
        return {}
    stated = await ledger.of_types(tx, due.clinic, due.session, [_STATED])
    unread = next((fact.position for fact in stated if fact.event is None), None)
    if unread is not None:
        return {due.session: _aside(due, unread, "fact_unreadable")}
    final = await _finality(tx, projection, now)
    if final.due_at > now:
        # a node took the room after the session was put on the list
        await statements_due.expect(tx, {due: final.due_at})
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
    """The finality of the session now: nodes may have held its room since its records were made."""
    found = await gathering.gather(tx, projection.clinic, [projection.session], policies.by_digest)
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
