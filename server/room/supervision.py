"""A session's room for overseers of the clinic, from outside: see who is in it, send out, let in, take over.

Each decision is a fact in the ledger; the node that holds the room learns of it within seconds.
"""

from collections.abc import Iterable

from domain.access import door
from domain.errors import HasFacilitator, InvalidInput, NotFound, SessionOver
from domain.events.catalogue import AnyEvent
from domain.events.room import ConnectionOpened, PersonReadmitted, PersonRemoved, ResponsibilityTaken
from domain.events.schedule import STAFF_ROLES
from domain.room.standing import Standing, standing_of
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.room.payloads import RemovePerson, RoomPerson, RoomView, TakeResponsibility
from server.schedule import planning
from server.schedule.sessions import check_recorded
from store.database import Transaction
from store.ledger import facts
from store.people import shown
from store.schedule import rosters, sessions


async def show_room(call: Call[None]) -> RoomView:
    """Who is in the room, and who was sent out of it."""
    async with call.database.transaction() as tx:
        session = await _found(tx, call)
        standing = await _standing(tx, session)
        here = {opened.person: opened.role for opened in standing.in_room.values()}
        planned = standing.roles or {}
        removed = {person: planned.get(person, "client") for person in standing.removed}
        names = await shown.names(tx, session.clinic, [*here, *removed])
    call.concerns(*here, *removed)
    return RoomView(
        here=_named(here.items(), names),
        removed=_named(removed.items(), names),
        has_facilitator=standing.has_facilitator,
    )


async def remove_person(call: Call[RemovePerson]) -> None:
    """Send a person out, staff too. They may not come back until somebody lets them in again."""
    person = call.asked.person
    call.concerns(person)
    if person == call.staff.person:
        raise InvalidInput("You cannot send yourself out.", "$.person")
    async with call.database.transaction() as tx:
        session = await _locked(tx, call)
        events = await _events(tx, session)
        standing = standing_of(events)
        came = {event.person for event in events if isinstance(event, ConnectionOpened)}
        if person not in came | (standing.roles or {}).keys():
            raise InvalidInput("There is no such person in this session.", "$.person")
        if person not in standing.removed:
            await planning.note(tx, session, PersonRemoved(at=call.now, person=person, by=call.staff.person), person)


async def readmit_person(call: Call[None]) -> None:
    """Let a person who was sent out come to the lobby again."""
    person = call.ids["person"]
    async with call.database.transaction() as tx:
        session = await _locked(tx, call)
        if person in (await _standing(tx, session)).removed:
            await planning.note(tx, session, PersonReadmitted(at=call.now, person=person, by=call.staff.person), person)


async def take_responsibility(call: Call[TakeResponsibility]) -> None:
    """Become facilitator of a session that has none in its room."""
    me = call.staff
    async with call.database.transaction() as tx:
        session = await _locked(tx, call)
        door.check_open(session, call.now)
        if (await _standing(tx, session)).has_facilitator:
            raise HasFacilitator
        places = await rosters.of_sessions(tx, session.clinic, [session.id])
        others = [one for one in places[session.id] if one.person != me.person]
        expected = next((one.person for one in others if one.role in STAFF_ROLES), None)
        taken = ResponsibilityTaken(at=call.now, by=me.person, source=expected, why=call.asked.why)
        now_expected = [*others, RosterPlace(person=me.person, name=me.name, role="facilitator")]
        await planning.replace_roster(tx, session, now_expected, call.now, me.person)
        await planning.note(tx, session, taken)


async def _found(tx: Transaction, call: Call[None]) -> Session:
    session = await sessions.find(tx, call.staff.clinic, call.ids["session"])
    if session is None:
        raise NotFound
    return check_recorded(session)


async def _locked(tx: Transaction, call: Call[None] | Call[RemovePerson] | Call[TakeResponsibility]) -> Session:
    """The session, locked against other changes.

    Raises:
        NotFound
        SessionOver
    """
    await sessions.lock(tx, call.staff.clinic, call.ids["session"])
    session = await sessions.find(tx, call.staff.clinic, call.ids["session"])
    if session is None:
        raise NotFound
    check_recorded(session)
    if session.ended:
        raise SessionOver
    return session


async def _standing(tx: Transaction, session: Session) -> Standing:
    return standing_of(await _events(tx, session))


async def _events(tx: Transaction, session: Session) -> list[AnyEvent]:
    return [
        event for fact in await facts.of_session(tx, session.clinic, session.id) if (event := fact.readable) is not None
    ]


def _named(people: Iterable[tuple[str, str]], names: dict[str, str]) -> tuple[RoomPerson, ...]:
    found = [RoomPerson(person=person, name=names.get(person, ""), role=role) for person, role in people]
    return tuple(sorted(found, key=lambda one: (one.name, one.person)))


ROUTES = (
    Route(
        method="GET",
        path="/api/sessions/{session}/room",
        handler=show_room,
        who=Staff("rooms.oversee"),
        audited=True,
        response=RoomView,
    ),
    Route(
        method="POST",
        path="/api/sessions/{session}/removals",
        handler=remove_person,
        who=Staff("rooms.oversee"),
        audited=True,
        request=RemovePerson,
    ),
    Route(
        method="DELETE",
        path="/api/sessions/{session}/removals/{person}",
        handler=readmit_person,
        who=Staff("rooms.oversee"),
        audited=True,
    ),
    Route(
        method="POST",
        path="/api/sessions/{session}/responsibility",
        handler=take_responsibility,
        who=Staff("rooms.oversee"),
        audited=True,
        request=TakeResponsibility,
    ),
)
