"""The live board: each client's attendance so far, by the same arithmetic that will bill it."""

from collections.abc import Set
from datetime import datetime
from typing import Literal

from domain.attendance.credit import attendance
from domain.attendance.facts import SessionFacts
from domain.events.room import ConnectionOpened
from domain.policy import Policy
from signaling.messages import AttendanceCounted, ClientAttendance
from signaling.room.state import RoomState


def count(room: RoomState, policy: Policy, elsewhere: Set[str], now: datetime) -> AttendanceCounted:
    """The board at `now`. `elsewhere` are the persons who are connected to another room."""
    facts = SessionFacts(id=room.session, plan=room.planned, policy=policy, events=room.facts)
    record = attendance([facts], now)[room.session]
    rows = (
        ClientAttendance(
            person=person,
            name=room.called(person),
            label=room.labels.get(person),
            state=_state(room, person),
            credited_s=client.credited_s,
            late_s=client.late_s,
            late=client.late_s is not None and client.late_s > policy.late_cutoff_s,
            elsewhere=person in elsewhere,
        )
        for person, client in record.clients.items()
    )
    return AttendanceCounted(now=now, clients=tuple(sorted(rows, key=lambda row: (row.name, row.person))))


def _state(room: RoomState, person: str) -> Literal["present", "away", "waiting", "not_here"]:
    connections = room.by_person(person)
    if any(connection.admitted for connection in connections):
        return "present"
    if connections:
        return "waiting"
    came = any(isinstance(event, ConnectionOpened) and event.person == person for event in room.facts)
    return "away" if came else "not_here"
