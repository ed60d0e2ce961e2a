"""What a room learns from outside: facts that others recorded of its session, and withdrawn access."""

from collections.abc import Callable, Iterable
from datetime import datetime

from domain.attendance.credit import attendance
from domain.attendance.facts import SessionFacts
from domain.errors import SessionCalledOff
from domain.events.catalogue import AnyEvent
from domain.events.room import CloseCause, ConnectionClosed, PersonRemoved, Withdrawal
from domain.events.schedule import SessionCancelled
from domain.policy import Policy
from signaling.room.connections import Arrival, Connection
from signaling.room.effects import Effect
from signaling.room.farewells import CALLED_OFF, withdrawn
from signaling.room.room import Room
from signaling.room.state import RoomState

CLOSED_AS: dict[Withdrawal, CloseCause] = {
    "link_revoked": "removed",
    "deactivated": "removed",
    "signed_out": "left",
    "place_changed": "moved",
}
"""The cause of the close after a withdrawal; a person whose place changed may be back in a second."""


def learn(room: Room, events: Iterable[AnyEvent], now: datetime) -> list[Effect]:
    """Take in the facts that the room does not know yet, and send out the people whom they remove."""
    known = {fact.id for fact in room.facts}
    fresh = sorted((event for event in events if event.id not in known), key=lambda event: (event.at, event.seq))
    for event in fresh:
        room.take(event)
    if not fresh:
        return []
    by = {event.person: event.by for event in fresh if isinstance(event, PersonRemoved)}
    return [*_send_out(room, by, now), *room.announce()]


def is_cancelled(room: RoomState, policy: Policy) -> bool:
    """Whether the session counts as cancelled, by the facts that the room knows."""
    if not any(isinstance(fact, SessionCancelled) for fact in room.facts):
        return False
    facts = SessionFacts(id=room.session, plan=room.planned, policy=policy, events=room.facts)
    now = max(fact.at for fact in room.facts)
    return attendance([facts], now)[room.session].outcome == "cancelled"


def call_off(room: Room, now: datetime) -> list[Effect]:
    """Send everybody home because the session was cancelled. It does not end: staff may take the cancellation back."""
    if room.closed:
        return []
    effects: list[Effect] = []
    for connection in list(room.connections.values()):
        closed = ConnectionClosed(at=now, connection=connection.identity, cause="ended")
        effects += room.part(connection, closed, CALLED_OFF)
    return effects + room.close_stream(now, SessionCalledOff)


def recheck(room: Room, lost: Callable[[Arrival], Withdrawal | None], now: datetime) -> list[Effect]:
    """Dismiss everybody whose access was withdrawn: by `lost`, or by a change of the roster."""

    def why(arrival: Arrival) -> Withdrawal | None:
        return lost(arrival) or ("place_changed" if room.is_outdated(arrival) else None)

    gone: list[Effect] = []
    for connection in list(room.connections.values()):
        if (reason := why(connection.arrival)) is not None:
            gone += _withdraw(room, connection, reason, now)
    forgotten = [person for person, arrival in room.away.items() if why(arrival) is not None]
    for person in forgotten:
        room.forget_away(person)
    return [*gone, *room.record_staff_seen(), *room.announce()] if gone or forgotten else []


def _withdraw(room: Room, connection: Connection, why: Withdrawal, now: datetime) -> list[Effect]:
    """End a connection's presence after a withdrawal, and send what the person can do."""
    closed = ConnectionClosed(at=now, connection=connection.identity, cause=CLOSED_AS[why], why=why)
    return room.part(connection, closed, withdrawn(why, guest=connection.is_guest))


def _send_out(room: Room, by: dict[str, str | None], now: datetime) -> list[Effect]:
    removed = [connection for connection in room.connections.values() if connection.person in room.standing.removed]
    gone: list[Effect] = []
    for connection in removed:
        gone += room.dismiss(connection, "removed", now, by.get(connection.person))
    for person in room.standing.removed:
        room.forget_away(person)
    return [*gone, *room.record_staff_seen()] if gone else []
