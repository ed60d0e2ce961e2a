"""The room as each connection may see it."""

from typing import Literal

from signaling.messages import Device, Identity, Participant, Removed, RoomChanged, Waiting
from signaling.room.connections import Arrival, Connection
from signaling.room.state import RoomState


def pictures(room: RoomState) -> dict[str, RoomChanged]:
    """The picture for each connection; connections with the same view share one."""
    shared: dict[tuple[bool, bool, bool], RoomChanged] = {}
    for connection in room.connections.values():
        if _sight(connection) not in shared:
            shared[_sight(connection)] = _of(room, connection)
    return {identity: shared[_sight(connection)] for identity, connection in room.connections.items()}


def _sight(connection: Connection) -> tuple[bool, bool, bool]:
    """Everything besides the room that a picture depends on."""
    return connection.admitted, connection.is_staff, connection.oversees


def _of(room: RoomState, connection: Connection) -> RoomChanged:
    return RoomChanged(
        phase=_phase(room),
        here=connection.admitted,
        starts=room.planned.start,
        ends=room.ends,
        started_at=room.standing.started_at,
        break_since=room.standing.break_since,
        participants=_participants(room, connection.arrival.knows_people) if connection.admitted else (),
        waiting=_waiting(room) if connection.is_staff else (),
        trouble=room.trouble if connection.is_staff else None,
        removed=_removed(room) if connection.is_staff or connection.oversees else (),
    )


def _phase(room: RoomState) -> Literal["before", "live", "ended"]:
    if room.standing.ended_at is not None:
        return "ended"
    return "before" if room.standing.started_at is None else "live"


def _participants(room: RoomState, named: bool) -> tuple[Participant, ...]:
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
        _participant(arrivals[person], room.labels[person], tuple(own), room.called(person) if named else None)
        for person, own in devices.items()
    )


def _participant(arrival: Arrival, label: str, devices: tuple[Device, ...], name: str | None) -> Participant:
    return Participant(
        member=arrival.member,
        label=label,
        role=arrival.role,
        devices=devices,
        identity=None if name is None else Identity(person=arrival.person, name=name, guest_of=arrival.guest_of),
    )


def _removed(room: RoomState) -> tuple[Removed, ...]:
    named = ((room.called(person), person) for person in room.standing.removed)
    return tuple(Removed(person=person, name=name) for name, person in sorted(named))


def _waiting(room: RoomState) -> tuple[Waiting, ...]:
    first = {
        connection.person: connection for connection in reversed(room.connections.values()) if not connection.admitted
    }
    return tuple(
        Waiting(
            person=person,
            name=room.called(person),
            role=connection.arrival.role,
            since=connection.since,
            guest_of=connection.arrival.guest_of,
        )
        for person, connection in sorted(first.items(), key=lambda item: item[1].since)
    )
