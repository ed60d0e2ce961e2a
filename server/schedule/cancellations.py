"""Cancel a session and reinstate it: facts in the plan's own stream, under the same lock as its plans."""

from datetime import datetime
from typing import Any

import msgspec

from domain.access import door
from domain.attendance.credit import attendance
from domain.errors import Conflict, Forbidden, SessionBegun, SessionSetAside
from domain.events.schedule import MUTUAL_HELP, SessionCancelled, SessionReinstated
from domain.ledger.streams import plan_stream
from domain.schedule.sessions import Session
from runtime import policies
from runtime.clock import fact_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.schedule import payloads
from server.schedule.payloads import CancelSession
from server.schedule.sessions import staff_view, visible
from store.attendance import gathering
from store.database import Transaction
from store.ledger import streams
from store.schedule import rosters, sessions


async def cancel_session(call: Call[CancelSession]) -> payloads.Session:
    """Cancel a session: nobody is credited and nobody counts as absent. A session that has begun is ended instead."""
    async with call.database.transaction() as tx:
        session = await _changeable(tx, call)
        if session.cancelled:
            raise Conflict("This session is cancelled already. Load the page again.")
        if session.kind == MUTUAL_HELP:
            return await _call_off(tx, call, session)
        at = await _after_the_plan(tx, session, call.now)
        cancelled = SessionCancelled(
            id=fact_id(), at=at, session=session.id, by=call.staff.person, reason=call.asked.reason
        )
        await _check_counts(tx, session.clinic, cancelled)
        await streams.record(tx, session.clinic, plan_stream(session.id), cancelled)
        return await _shown(tx, call, session, cancelled=True)


async def reinstate_session(call: Call[None]) -> payloads.Session:
    """Reinstate a cancelled session: it takes place as planned."""
    async with call.database.transaction() as tx:
        session = await _changeable(tx, call)
        if not session.cancelled:
            raise Conflict("This session is not cancelled. Load the page again.")
        if session.kind == MUTUAL_HELP:
            await sessions.call_off(tx, session.clinic, session.id, None)
            return await _shown(tx, call, session, cancelled=False)
        at = await _after_the_plan(tx, session, call.now)
        reinstated = SessionReinstated(id=fact_id(), at=at, session=session.id, by=call.staff.person)
        await streams.record(tx, session.clinic, plan_stream(session.id), reinstated)
        return await _shown(tx, call, session, cancelled=False)


async def _call_off(tx: Transaction, call: Call[Any], session: Session) -> payloads.Session:
    """Cancel a mutual-help meeting, of which the ledger knows nothing.

    Raises:
        SessionBegun
    """
    if session.room_open:
        raise SessionBegun
    await sessions.call_off(tx, session.clinic, session.id, call.now)
    return await _shown(tx, call, session, cancelled=True)


async def _changeable(tx: Transaction, call: Call[CancelSession] | Call[None]) -> Session:
    """The session, locked against other changes of its plan, if this member of staff may cancel it.

    Raises:
        NotFound, NotOnRoster
        Forbidden: they neither oversee the clinic nor facilitate the session.
    """
    id = call.ids["session"]
    await sessions.lock(tx, call.staff.clinic, id)
    session = await visible(tx, call.staff, id)
    roles = await rosters.roles_of(tx, call.staff.clinic, call.staff.person, [id])
    if not door.may_cancel(call.staff.roles, roles.get(id)):
        raise Forbidden
    call.concerns(id)
    return session


async def _check_counts(tx: Transaction, clinic: str, cancelled: SessionCancelled) -> None:
    """Refuse a cancellation that would not count.

    Raises:
        SessionBegun: it was started, or seconds of a client are proved.
        SessionSetAside: its facts cannot be read, so this cannot be decided.
    """
    found = await gathering.gather(tx, clinic, [cancelled.session], policies.by_digest)
    if found.aside or not found.gathered:
        raise SessionSetAside
    [own] = found.gathered
    facts = msgspec.structs.replace(own.facts, events=[*own.facts.events, cancelled])
    if attendance([facts], now=cancelled.at)[facts.id].outcome != "cancelled":
        raise SessionBegun


async def _after_the_plan(tx: Transaction, session: Session, now: datetime) -> datetime:
    """Now, or the time of the plan's last change if that is later: a slow clock must not change the order."""
    return max(now, await sessions.last_planned(tx, session.clinic, session.id) or now)


async def _shown(tx: Transaction, call: Call[Any], session: Session, cancelled: bool) -> payloads.Session:
    places = await rosters.of_sessions(tx, session.clinic, [session.id])
    return staff_view(msgspec.structs.replace(session, cancelled=cancelled), places[session.id], call)


ROUTES = (
    Route(
        method="POST",
        path="/api/sessions/{session}/cancellation",
        handler=cancel_session,
        who=Staff("sessions.see"),
        audited=True,
        request=CancelSession,
        response=payloads.Session,
    ),
    Route(
        method="DELETE",
        path="/api/sessions/{session}/cancellation",
        handler=reinstate_session,
        who=Staff("sessions.see"),
        audited=True,
        response=payloads.Session,
    ),
)
