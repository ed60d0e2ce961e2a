"""People's requests to the room, and who may make them: leaving, devices, media, and everything that staff do."""

from datetime import datetime
from typing import assert_never

from domain.access.tickets import LONGEST_EXTENSION
from domain.errors import AlreadyJoined, Forbidden, InvalidInput, NotAdmitted, NotFound, SessionNotOpen
from domain.events.room import (
    BreakEnded,
    BreakStarted,
    PersonReadmitted,
    SessionExtended,
    SessionStarted,
)
from domain.events.schedule import STAFF_ROLES
from signaling import messages as m
from signaling.room import subscriptions
from signaling.room.connections import Connection
from signaling.room.effects import AcceptMedia, Effect, KeepDraft, PublishMedia, RestartMedia, Send
from signaling.room.room import Room

MediaRequest = m.Publish | m.Accept | m.Resubscribe | m.View
OVERSEEING = m.Remove | m.Readmit
"""Requests that the clinic's overseers may make even while they do not run the room."""


def receive(room: Room, connection_id: str, request: m.Request, now: datetime) -> list[Effect]:
    """The effects of one message from a connection that has joined.

    Raises:
        Refusal: it may not do this, or not now; nothing changed
    """
    connection = room.connections.get(connection_id)
    if connection is None:
        return []  # its socket is closing: it was dismissed while this message was on its way
    room.witness(connection_id, now, "socket")
    match request:
        case m.Join() | m.ResumeSession():
            raise AlreadyJoined
        case m.Leave():
            return [*room.dismiss(connection, "left", now), *room.record_staff_seen(), *room.announce()]
        case m.Heartbeat():
            room.witness(connection_id, now, "heartbeat")
            return []
        case m.SetDevices():
            devices = request.microphone, request.camera, request.screen
            return room.set_devices(connection, devices)
        case m.Publish() | m.Accept() | m.Resubscribe() | m.View():
            return _ask_engine(room, connection, request)
        case _:
            if not (connection.is_staff or (connection.oversees and isinstance(request, OVERSEEING))):
                raise Forbidden
            return _obey(room, connection, request, now)


def _ask_engine(room: Room, connection: Connection, request: MediaRequest) -> list[Effect]:
    """The requests to the engine.

    Raises:
        NotAdmitted: media is for those in the room
    """
    if not connection.admitted:
        raise NotAdmitted
    match request:
        case m.Publish():
            return [PublishMedia(connection.identity, request.offer)]
        case m.Accept():
            return [AcceptMedia(connection.identity, request.offer_id, request.answer)]
        case m.Resubscribe(keep=True):
            return [RestartMedia(connection.identity, subscriptions.of(room.connections, connection).wants)]
        case m.Resubscribe():
            return [subscriptions.of(room.connections, connection, fresh=True)]
        case m.View():
            return [subscriptions.viewed(connection, request)]
        case _:
            assert_never(request)


# ---- requests of staff ----


def _obey(room: Room, staff: Connection, request: m.StaffRequest, now: datetime) -> list[Effect]:
    """The effects of one request of a staff member.

    Raises:
        Refusal: it is not possible now; nothing changed
    """
    match request:
        case m.SaveNote():
            return _keep_draft(room, staff, request, now)
        case m.EndSession():
            return room.end(staff.person, now)
        case m.StartSession():
            effects = _start(room, staff.person, now)
        case m.ExtendSession():
            effects = _extend(room, staff.person, request.until, now)
        case m.StartBreak() | m.EndBreak():
            effects = _turn_break(room, staff.person, request, now)
        case m.Admit() | m.AdmitAll():
            effects = _let_in(room, staff.person, request, now)
        case m.ReturnToLobby() | m.Remove() | m.Readmit():
            effects = _keep_door(room, staff, request, now)
        case _:
            assert_never(request)
    return effects + room.announce()


def _start(room: Room, by: str, now: datetime) -> list[Effect]:
    return [] if room.standing.started_at else [room.record(SessionStarted(at=now, by=by), None)]


def _extend(room: Room, by: str, until: datetime, now: datetime) -> list[Effect]:
    if until <= now:
        raise InvalidInput("The new end must lie ahead. Choose a later time.")
    if until > room.planned.end + LONGEST_EXTENSION:
        raise InvalidInput("A session can be extended by at most four hours. Choose an earlier time.")
    return [room.record(SessionExtended(at=now, until=until, by=by), None)]


def _turn_break(room: Room, by: str, request: m.StartBreak | m.EndBreak, now: datetime) -> list[Effect]:
    on_break = room.standing.break_since is not None
    match request:
        case m.StartBreak():
            return [] if on_break else [room.record(BreakStarted(at=now, by=by), None)]
        case m.EndBreak():
            return [room.record(BreakEnded(at=now, by=by), None)] if on_break else []


def _let_in(room: Room, by: str, request: m.Admit | m.AdmitAll, now: datetime) -> list[Effect]:
    match request:
        case m.Admit():
            return _admit(room, _waiting(room, request.person), by, now)
        case m.AdmitAll():
            waiting = [one for one in room.connections.values() if not one.admitted and not one.is_guest]
            return _admit(room, waiting, by, now)


def _keep_door(
    room: Room, staff: Connection, request: m.ReturnToLobby | m.Remove | m.Readmit, now: datetime
) -> list[Effect]:
    """Acts on a person, connected or not."""
    _check_reach(room, staff, request.person)
    match request:
        case m.ReturnToLobby():
            return room.return_to_lobby(request.person, staff.person, now)
        case m.Remove():
            return room.remove(request.person, staff.person, now)
        case m.Readmit():
            return _readmit(room, request.person, staff.person, now)


def _waiting(room: Room, person: str) -> list[Connection]:
    waiting = [connection for connection in room.by_person(person) if not connection.admitted]
    if not waiting:
        raise NotFound("This person is not waiting any more.")
    return waiting


def _admit(room: Room, waiting: list[Connection], by: str, now: datetime) -> list[Effect]:
    if room.standing.started_at is None:
        raise SessionNotOpen("Start the session first, then let people in.")
    return [effect for connection in waiting for effect in room.admit(connection, by, now)]


def _check_reach(room: Room, staff: Connection, person: str) -> None:
    """Check that this member of staff may send this person out or let them in again.

    Raises:
        NotFound, Forbidden
    """
    roles = room.roles_of(person)
    if not roles:
        raise NotFound("There is no such person in this session.")
    if person == staff.person:
        raise Forbidden("You cannot send yourself out. Choose Leave instead.")
    runs = bool(roles & STAFF_ROLES) or any(connection.oversees for connection in room.by_person(person))
    if runs and not staff.oversees:
        raise Forbidden("Only a supervisor or an administrator can do this to staff.")


def _readmit(room: Room, person: str, by: str, now: datetime) -> list[Effect]:
    if person not in room.standing.removed:
        return []
    return [room.record(PersonReadmitted(at=now, person=person, by=by), person)]


def _keep_draft(room: Room, author: Connection, request: m.SaveNote, now: datetime) -> list[Effect]:
    if room.keeps_nothing:
        raise Forbidden("Nothing is kept of this meeting, and so no notes.")
    if request.client is not None and "client" not in room.roles_of(request.client):
        raise NotFound("There is no such client in this session.")
    at = room.date_draft(now)
    draft = KeepDraft(author.person, request.client, request.kind, request.revision, request.text, at)
    saved = m.NoteSaved(client=request.client, kind=request.kind, revision=request.revision, at=at)
    return [draft, Send(author.identity, saved)]
