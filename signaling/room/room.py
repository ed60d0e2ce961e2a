"""The live room: acts, ticks and media events go in with the time, effects come out.

It never awaits, sends, logs or reads a clock. Every change of attendance is first a recorded fact; what people see
follows from it. `requests.py` decides who may ask for which act.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from domain.errors import PlaceChanged, RemovedFromSession, RoomsUnavailable, SessionOver
from domain.events.catalogue import AnyEvent
from domain.events.room import (
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionOpened,
    ConnectionReturned,
    ConnectionSeen,
    PersonRemoved,
    PersonReturned,
    RoomClosed,
    RoomEvent,
    RoomOpened,
    SessionEnded,
)
from domain.events.schedule import SessionPlanned
from domain.ledger.streams import epoch_of, numbered
from signaling.media.engine import FeedId
from signaling.messages import Dismissed
from signaling.room import subscriptions
from signaling.room.connections import Arrival, Connection
from signaling.room.effects import AskForSign, CloseRoom, Disconnect, Effect, KeepEvidence, LeaveMedia, Record, Send
from signaling.room.evidence import SILENT, Wakefulness
from signaling.room.farewells import Farewell, farewell
from signaling.room.pictures import pictures
from signaling.room.state import RoomState

_SECOND = timedelta(seconds=1)
_INSTANT = timedelta(microseconds=1)
EVIDENCE_EVERY = timedelta(seconds=5)
ENDS_ITSELF_AFTER = timedelta(minutes=30)
"""How long after its window a session ends by itself, if nobody ended it."""


class Room(RoomState):
    """One session's room in one epoch: its state and its acts.

    `count` is the number of past facts in this epoch's stream (above 0 only for a room that is being recovered).
    """

    def __init__(self, planned: SessionPlanned, past: Iterable[AnyEvent] = (), epoch: int = 1, count: int = 0) -> None:
        super().__init__(planned, past, epoch)
        self._count = count
        self._evidence_at: datetime | None = None
        self._wakefulness = Wakefulness()

    # ---- arrivals and departures ----

    def open(
        self, node: str, last_seen: Mapping[str, datetime], now: datetime, skew: timedelta = timedelta()
    ) -> list[Effect]:
        """Open the room, on a node whose clock is `skew` ahead of the database's.

        Connections that an earlier epoch left open were lost, at their last evidence. An earlier epoch's facts count if
        they are dated before this epoch's first second, so this epoch begins after all of them by any clock.
        """
        now = max([now, *(fact.at + _SECOND for fact in self.facts if epoch_of(fact.seq))])
        opened = RoomOpened(at=now, node=node, epoch=self.epoch, skew_ms=round(skew.total_seconds() * 1000))
        return [self.record(opened, None), *self._lose_open(last_seen, now)]

    def recover(self, last_seen: Mapping[str, datetime], now: datetime) -> list[Effect]:
        """Close this epoch, which a dead node left open: its connections were lost."""
        return [*self._lose_open(last_seen, now), *self.close_stream(now)]

    def enter(self, arrival: Arrival, now: datetime) -> list[Effect]:
        """Let a connection into the lobby, or straight into the room if the person is staff or was let in before.

        Raises:
            SessionOver, SessionCalledOff, RemovedFromSession, PlaceChanged, RoomsUnavailable
        """
        if self.standing.ended_at is not None:
            raise SessionOver
        if self.closed is not None:
            raise self.closed
        if arrival.person in self.standing.removed:
            raise RemovedFromSession
        if self.is_outdated(arrival):
            raise PlaceChanged
        self.names.setdefault(arrival.person, arrival.name)
        if arrival.alias is not None:
            self.aliases[arrival.person] = arrival.alias
        effects = self._replace(arrival, now)
        connection = Connection(arrival, since=now, last_seen=now)
        self.connections[arrival.connection] = connection
        self.away.pop(arrival.person, None)
        opened = ConnectionOpened(at=now, connection=arrival.connection, person=arrival.person, role=arrival.role)
        effects.append(self.record(opened, arrival.person))
        if connection.is_staff or arrival.person in self.standing.admitted:
            effects += self.admit(connection, by=None, now=now)
        return effects + self.announce()

    def drop(self, connection_id: str, now: datetime) -> list[Effect]:
        """End a connection whose socket closed without a leave, dated at its last evidence."""
        connection = self.connections.get(connection_id)
        if connection is None:
            return []
        if connection.admitted:
            self.away[connection.person] = connection.arrival
        return [*self._close(connection, connection.lost(now)), *self.record_staff_seen(), *self.announce()]

    def move(self, now: datetime) -> list[Effect]:
        """Move everybody out of a stopping node, to resume elsewhere, and close the stream."""
        if self.closed:
            return []
        effects: list[Effect] = []
        for connection in list(self.connections.values()):
            effects += self.dismiss(connection, "moved", now)
        return effects + self.close_stream(now)

    # ---- events of the engine and the clock ----

    def publish(self, connection_id: str, feeds: tuple[FeedId, ...]) -> list[Effect]:
        """A connection's feeds arrive at the engine; without feeds, they no longer do."""
        connection = self.connections.get(connection_id)
        if connection is None or not connection.admitted:
            return []
        connection.feeds = feeds
        return subscriptions.of_others(self.connections, connection.person)

    def resubscribe(self, connection_id: str) -> list[Effect]:
        """Offer a connection a new receiving side; the engine lost the old one."""
        connection = self.connections.get(connection_id)
        if connection is None or not connection.admitted:
            return []
        return [subscriptions.of(self.connections, connection, fresh=True)]

    def witness(self, connection_id: str, at: datetime, witness: str) -> None:
        """Take evidence that a connection was alive at `at`, if the node was awake; older evidence changes nothing."""
        if connection := self.connections.get(connection_id):
            connection.give_sign(self._wakefulness.proved_by(at), witness)

    def tick(self, now: datetime) -> list[Effect]:
        """Ask connections whose media stopped for a sign, keep evidence, and end an overdue session.

        Call it twice a second.
        """
        self._wakefulness.tick(now)
        if self.closed:
            return []
        if now >= self.ends + ENDS_ITSELF_AFTER:
            return self.end(None, now)
        asked: list[Effect] = [
            AskForSign(identity) for identity, connection in self.connections.items() if connection.miss(now)
        ]
        if self._evidence_at is not None and now < self._evidence_at + EVIDENCE_EVERY:
            return asked
        self._evidence_at = now
        return asked + [
            KeepEvidence(identity, connection.last_seen, connection.witness)
            for identity, connection in self.connections.items()
        ]

    def show_trouble(self, trouble: str | None) -> list[Effect]:
        """Show staff the node's trouble; None means no trouble."""
        if trouble == self.trouble:
            return []
        self.trouble = trouble
        return self.announce()

    # ---- acts, for the room itself and for staff ----

    def record(self, event: RoomEvent, subject: str | None) -> Record:
        """Number a fact and take it in; returns the effect that journals it."""
        self._count += 1
        seq = numbered(self.epoch, self._count)
        fact = msgspec.structs.replace(event, session=self.session, seq=seq)
        self.take(fact)
        return Record(fact, subject)

    def admit(self, connection: Connection, by: str | None, now: datetime) -> list[Effect]:
        """Begin a connection's presence, and let it receive the others."""
        connection.admitted = True
        admitted = ConnectionAdmitted(at=now, connection=connection.identity, by=by)
        return [self.record(admitted, connection.person), subscriptions.of(self.connections, connection)]

    def dismiss(self, connection: Connection, cause: Farewell, now: datetime, by: str | None = None) -> list[Effect]:
        """End a connection's presence and send its cause."""
        closed = ConnectionClosed(at=now, connection=connection.identity, cause=cause, by=by)
        return self.part(connection, closed, farewell(cause))

    def part(self, connection: Connection, closed: ConnectionClosed, last: Dismissed) -> list[Effect]:
        """End a connection's presence. If it had fallen silent before, record the loss, and keep the cause as `act`."""
        self.away.pop(connection.person, None)
        if closed.at > connection.last_seen + SILENT:
            lost = connection.lost(closed.at)
            closed = msgspec.structs.replace(lost, by=closed.by, act=closed.cause, why=closed.why)
        return [
            *self._close(connection, closed),
            Send(connection.identity, last),
            Disconnect(connection.identity),
        ]

    def set_devices(self, connection: Connection, devices: tuple[bool, bool, bool]) -> list[Effect]:
        """Show the others whether a connection's microphone, camera and screen are on, if that changed.

        A screen is received while it is shared.
        """
        if devices == connection.devices:
            return []
        shared_before = connection.screen
        connection.microphone, connection.camera, connection.screen = devices
        if connection.screen == shared_before or not connection.admitted:
            return self.announce()
        return [*self.announce(), *subscriptions.of_others(self.connections, connection.person)]

    def return_to_lobby(self, person: str, by: str, now: datetime) -> list[Effect]:
        """Send a person back to the lobby, on all devices; a person who is away waits there after they come back."""
        connections = self.by_person(person)
        self.forget_away(person)
        if not connections and person in self.standing.admitted:
            return [self.record(PersonReturned(at=now, person=person, by=by), person)]
        effects: list[Effect] = []
        for connection in connections:
            if connection.admitted:
                connection.admitted, connection.feeds, connection.since = False, (), now
                returned = ConnectionReturned(at=now, connection=connection.identity, by=by)
                effects += [self.record(returned, person), LeaveMedia(connection.identity)]
        return [*effects, *self.record_staff_seen(), *subscriptions.of_others(self.connections, person)]

    def remove(self, person: str, by: str, now: datetime) -> list[Effect]:
        """Send a person out, connected or not; they may not come back until they are readmitted."""
        connections = self.by_person(person)
        if not connections and person not in self.standing.removed:
            self.forget_away(person)
            return [self.record(PersonRemoved(at=now, person=person, by=by), person)]
        gone = [effect for connection in connections for effect in self.dismiss(connection, "removed", now, by)]
        return [*gone, *self.record_staff_seen()] if gone else []

    def forget_away(self, person: str) -> None:
        """Stop showing a person as away."""
        self.away.pop(person, None)

    def date_draft(self, now: datetime) -> datetime:
        """The instant of a new draft: `now`, or just after the last draft if that is later. The newest is kept."""
        self.written_until = now if self.written_until is None else max(now, self.written_until + _INSTANT)
        return self.written_until

    def end(self, by: str | None, now: datetime) -> list[Effect]:
        """End the session for everybody."""
        effects: list[Effect] = [self.record(SessionEnded(at=now, by=by), None)]
        effects += self.announce()
        for connection in list(self.connections.values()):
            effects += self.dismiss(connection, "ended", now, by)
        return effects + self.close_stream(now)

    def close_stream(self, now: datetime, answer: type[Exception] = RoomsUnavailable) -> list[Effect]:
        """Record the epoch's last fact, which states their number; later arrivals get `answer`."""
        self.closed = answer
        return [self.record(RoomClosed(at=now, count=self._count + 1), None), CloseRoom()]

    def record_staff_seen(self) -> list[Effect]:
        """Record each staff member's latest evidence; call it whenever somebody leaves.

        Time counts only with staff, and the ledger knows nothing else about an open connection: without this, no
        person's hours could be known before the end.
        """
        here = [connection for connection in self.connections.values() if connection.is_staff and connection.admitted]
        return [self.record(ConnectionSeen(at=one.last_seen, connection=one.identity), one.person) for one in here]

    def announce(self) -> list[Effect]:
        """Send each connection the room as it may see it."""
        return [Send(identity, picture) for identity, picture in pictures(self).items()]

    def _lose_open(self, last_seen: Mapping[str, datetime], now: datetime) -> list[Effect]:
        effects: list[Effect] = []
        for connection, person in list(self.standing.open.items()):
            lost = ConnectionClosed(at=now, connection=connection, cause="lost", last_seen=last_seen.get(connection))
            effects.append(self.record(lost, person))
        return effects

    def _replace(self, arrival: Arrival, now: datetime) -> list[Effect]:
        old = self.connections.get(arrival.replaces or "")
        if old is None or old.person != arrival.person:
            return []
        return [*self._close(old, old.lost(now)), Disconnect(old.identity)]

    def _close(self, connection: Connection, closed: ConnectionClosed) -> list[Effect]:
        """End the connection; the others stop receiving it."""
        del self.connections[connection.identity]
        effects: list[Effect] = [self.record(closed, connection.person), LeaveMedia(connection.identity)]
        return effects + (subscriptions.of_others(self.connections, connection.person) if connection.feeds else [])
