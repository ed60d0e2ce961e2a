"""What a member of staff left undone, and sessions handed to a colleague."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from domain.access import door
from domain.errors import InvalidInput, NotFound, SessionBegun
from domain.events.schedule import STAFF_ROLES
from domain.people.roles import may
from domain.schedule.rosters import RosterPlace
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.schedule import licensing, payloads, planning
from server.schedule.payloads import HandOver, LeftUndone, UnsignedNote
from server.schedule.sessions import staff_view
from store.chart import notes
from store.database import Transaction
from store.people import staff
from store.schedule import rosters, sessions

AHEAD = timedelta(days=366)
"""How far ahead sessions are listed."""


async def left_undone(call: Call[None]) -> LeftUndone:
    """The notes that a member of staff has not signed, and the sessions that they are to lead from now on."""
    clinic, member = call.staff.clinic, call.ids["member"]
    async with call.database.transaction() as tx:
        await staff.get(tx, clinic, member)
        unsigned = await notes.unsigned_by(tx, clinic, member)
        planned = await sessions.between(tx, clinic, call.now, call.now + AHEAD, member)
        places = await rosters.of_sessions(tx, clinic, [session.id for session in planned])
    led = [
        session
        for session in planned
        if door.phase(session, call.now) in ("planned", "open") and _leads(places[session.id], member)
    ]
    return LeftUndone(
        notes=tuple(msgspec.convert(note, UnsignedNote, from_attributes=True) for note in unsigned),
        sessions=tuple(staff_view(session, places[session.id], call) for session in led),
    )


async def hand_over(call: Call[HandOver]) -> payloads.Session:
    """Give somebody's part in a session to a colleague, who leads it in their role."""
    clinic, id, asked = call.staff.clinic, call.ids["session"], call.asked
    call.concerns(id, asked.by, asked.to)
    async with call.database.transaction() as tx:
        await sessions.lock(tx, clinic, id)
        session = await sessions.find(tx, clinic, id)
        if session is None:
            raise NotFound
        if door.phase(session, call.now) not in ("planned", "open"):
            raise SessionBegun("This session has begun or is over, so its plan stays as it is.")
        places = await _handed_over(tx, clinic, (await rosters.of_sessions(tx, clinic, [id]))[id], asked)
        warnings = await licensing.checked(tx, session, places, "$.to")
        await planning.replace_roster(tx, session, places, call.now, call.staff.person)
    return staff_view(msgspec.structs.replace(session, revision=session.revision + 1), places, call, warnings)


def _leads(places: Sequence[RosterPlace], person: str) -> bool:
    return any(place.person == person and place.role in STAFF_ROLES for place in places)


async def _handed_over(
    tx: Transaction, clinic: str, places: Sequence[RosterPlace], asked: HandOver
) -> list[RosterPlace]:
    """The roster with the colleague in the place of the other.

    Raises:
        InvalidInput
    """
    place = next((one for one in places if one.person == asked.by and one.role in STAFF_ROLES), None)
    if place is None:
        raise InvalidInput("This person does not lead that session.", "$.by")
    colleague = next((one for one in await staff.all_of(tx, clinic) if one.id == asked.to), None)
    if colleague is None or colleague.state != "active" or not may(colleague.roles, "rooms.lead"):
        raise InvalidInput("Choose a colleague who works here and may lead sessions.", "$.to")
    if any(one.person == asked.to and one.role not in STAFF_ROLES for one in places):
        raise InvalidInput("This person is on the list of that session in another role.", "$.to")
    others = [one for one in places if one.person not in (asked.by, asked.to)]
    taken = RosterPlace(person=asked.to, name=colleague.name, role=place.role)
    return sorted((*others, taken), key=lambda one: (one.name, one.person))


ROUTES = (
    Route(
        method="GET",
        path="/api/staff/{member}/undone",
        handler=left_undone,
        who=Staff("staff.manage"),
        audited=False,
        response=LeftUndone,
    ),
    Route(
        method="POST",
        path="/api/sessions/{session}/handover",
        handler=hand_over,
        who=Staff("sessions.plan"),
        audited=True,
        request=HandOver,
        response=payloads.Session,
    ),
)
