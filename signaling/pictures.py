"""What people are told: the room as each connection may see it, and why they are out of it."""

from typing import TYPE_CHECKING, Literal

from domain.events import Withdrawal
from signaling.connections import Connection
from signaling.messages import Device, Participant, Removed, RoomChanged, Waiting

if TYPE_CHECKING:
    from signaling.room import Room

Farewell = Literal["left", "removed", "ended", "moved"]
FAREWELLS: dict[Farewell, str] = {
    "left": "You have left the session.",
    "removed": "You were sent out of this session. If this was a mistake, ask your program: they can let you back in.",
    "ended": "The session has ended. Thank you for being here.",
    "moved": "The room is moving to another server. You are connected again in a moment.",
}
WITHDRAWN: dict[Withdrawal, str] = {
    "link_revoked": "Your link was withdrawn, so you are out of the session. Ask your program for a new link.",
    "signed_out": "Your sign-in has ended, so you are out of the session. Sign in again, then open the session.",
    "deactivated": "Your access was switched off, so you are out of the session. Ask your program.",
    "place_changed": "Your part in this session has changed. We are asking whether you may come back in.",
}


def pictures(room: "Room") -> dict[str, RoomChanged]:
    """What each connection is told of the room; those who may see the same share one picture."""
    shared: dict[tuple[bool, bool, bool], RoomChanged] = {}
    for connection in room.connections.values():
        if _sight(connection) not in shared:
            shared[_sight(connection)] = _of(room, connection)
    return {identity: shared[_sight(connection)] for identity, connection in room.connections.items()}


def _sight(connection: Connection) -> tuple[bool, bool, bool]:
    """All that a picture depends on beside the room."""
    return connection.admitted, connection.is_staff, connection.oversees


def _of(room: "Room", connection: Connection) -> RoomChanged:
    return RoomChanged(
        phase=_phase(room),
        here=connection.admitted,
        starts=room.planned.start,
        ends=room.ends,
        started_at=room.standing.started_at,
        break_since=room.standing.break_since,
        participants=_participants(room) if connection.admitted else (),
        waiting=_waiting(room) if connection.is_staff else (),
        trouble=room.trouble if connection.is_staff else None,
        removed=_removed(room) if connection.is_staff or connection.oversees else (),
    )


def _phase(room: "Room") -> Literal["before", "live", "ended"]:
    if room.standing.ended_at is not None:
        return "ended"
    return "before" if room.standing.started_at is None else "live"


def _participants(room: "Room") -> tuple[Participant, ...]:
    devices: dict[str, list[Device]] = {person: [] for person in room.away}
    arrivals = dict(room.away)
    for connection in room.connections.values():
        if connection.admitted:
            device = Device(
                connection=connection.identity,
                microphone=connection.microphone,
                camera=connection.camera,
                screen=connection.screen,
            )
            devices.setdefault(connection.person, []).append(device)
            arrivals[connection.person] = connection.arrival
    return tuple(
        Participant(person=person, name=arrivals[person].name, role=arrivals[person].role, devices=tuple(own))
        for person, own in devices.items()
    )


def _removed(room: "Room") -> tuple[Removed, ...]:
    named = ((room.names.get(person, ""), person) for person in room.standing.removed)
    return tuple(Removed(person=person, name=name) for name, person in sorted(named))


def _waiting(room: "Room") -> tuple[Waiting, ...]:
    first = {
        connection.person: connection for connection in reversed(room.connections.values()) if not connection.admitted
    }
    return tuple(
        Waiting(person=person, name=connection.arrival.name, role=connection.arrival.role, since=connection.since)
        for person, connection in sorted(first.items(), key=lambda item: item[1].since)
    )
