"""The live room: an act, a timer or a media event goes in with the time, effects come out.

It never awaits, sends, logs or reads a clock. Every change of attendance is a recorded fact first; what people see
follows from it. `requests.py` says who may ask for which act.
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
    ConnectionSeen,
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
EVIDENCE_EVERY = timedelta(seconds=5)
ENDS_ITSELF_AFTER = timedelta(minutes=30)
"""Past the end of the window, a session that nobody ended is ended by itself."""


class Room(RoomState):
    """One session's room in one epoch: what it knows, and what can be done in it.

    `count` is how many of the facts so far stand in this epoch's stream (above 0 only for a room that is being
    recovered).
    """

    def __init__(self, planned: SessionPlanned, past: Iterable[AnyEvent] = (), epoch: int = 1, count: int = 0) -> None:
        super().__init__(planned, past, epoch)
        self._count = count
        self._evidence_at: datetime | None = None
        self._wakefulness = Wakefulness()

    # ---- arriving and going ----

    def open(
        self, node: str, last_seen: Mapping[str, datetime], now: datetime, skew: timedelta = timedelta()
    ) -> list[Effect]:
        """The room begins, on a node whose clock is `skew` ahead of the database's.

        Connections that an earlier epoch left open were lost, at their last evidence. What an earlier epoch recorded
        counts if it is dated before this one's first second, so that is behind all of it, whatever the clocks say.
        """
        now = max([now, *(fact.at + _SECOND for fact in self.facts if epoch_of(fact.seq))])
        opened = RoomOpened(at=now, node=node, epoch=self.epoch, skew_ms=round(skew.total_seconds() * 1000))
        return [self.record(opened, None), *self._lose_open(last_seen, now)]

    def recover(self, last_seen: Mapping[str, datetime], now: datetime) -> list[Effect]:
        """The node died with this epoch open: its connections were lost, and its stream is closed."""
        return [*self._lose_open(last_seen, now), *self.close_stream(now)]

    def enter(self, arrival: Arrival, now: datetime) -> list[Effect]:
        """A connection arrives: in the lobby, or straight in when the person is staff or was let in before.

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
        """What happens to a connection: its socket is gone without a leave. Dated at the last evidence."""
        connection = self.connections.get(connection_id)
        if connection is None:
            return []
        if connection.admitted:
            self.away[connection.person] = connection.arrival
        return [*self._close(connection, connection.lost(now)), *self.record_staff_seen(), *self.announce()]

    def move(self, now: datetime) -> list[Effect]:
        """The node is stopping: everybody goes, to come back elsewhere by resume, and the stream is closed."""
        if self.closed:
            return []
        effects: list[Effect] = []
        for connection in list(self.connections.values()):
            effects += self.dismiss(connection, "moved", now)
        return effects + self.close_stream(now)

    # ---- what the engine and the clock say ----

    def publish(self, connection_id: str, feeds: tuple[FeedId, ...]) -> list[Effect]:
        """A connection's camera and microphone arrive at the engine (or, with no feeds, no longer do)."""
        connection = self.connections.get(connection_id)
        if connection is None or not connection.admitted:
            return []
        connection.feeds = feeds
        return subscriptions.of_others(self.connections, connection.person)

    def resubscribe(self, connection_id: str) -> list[Effect]:
        """The engine lost a connection's receiving side: offer a new one."""
        connection = self.connections.get(connection_id)
        if connection is None or not connection.admitted:
            return []
        return [subscriptions.of(self.connections, connection, fresh=True)]

    def witness(self, connection_id: str, at: datetime, witness: str) -> None:
        """Evidence that a connection was alive at `at`, if the node was awake; older evidence changes nothing."""
        if connection := self.connections.get(connection_id):
            connection.give_sign(self._wakefulness.proved_by(at), witness)

    def tick(self, now: datetime) -> list[Effect]:
        """Twice a second: ask whose media stopped, keep the evidence, and end what nobody ended."""
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
        """What troubles the node (None: nothing), for staff to see."""
        if trouble == self.trouble:
            return []
        self.trouble = trouble
        return self.announce()

    # ---- acts, for the room itself and for staff ----

    def record(self, event: RoomEvent, subject: str | None) -> Record:
        """Number a fact, take it in, and have it journaled."""
        self._count += 1
        seq = numbered(self.epoch, self._count)
        fact = msgspec.structs.replace(event, session=self.session, seq=seq)
        self.take(fact)
        return Record(fact, subject)

    def admit(self, connection: Connection, by: str | None, now: datetime) -> list[Effect]:
        """Presence begins, and the others can be received."""
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

    def end(self, by: str | None, now: datetime) -> list[Effect]:
        """The session is over for all."""
        effects: list[Effect] = [self.record(SessionEnded(at=now, by=by), None)]
        effects += self.announce()
        for connection in list(self.connections.values()):
            effects += self.dismiss(connection, "ended", now, by)
        return effects + self.close_stream(now)

    def close_stream(self, now: datetime, answer: type[Exception] = RoomsUnavailable) -> list[Effect]:
        """The last fact of this epoch, which says how many there are; `answer` is for who comes after it."""
        self.closed = answer
        return [self.record(RoomClosed(at=now, count=self._count + 1), None), CloseRoom()]

    def record_staff_seen(self) -> list[Effect]:
        """Record each staff member's latest evidence; call it whenever somebody leaves.

        Time counts only with staff, and the ledger says nothing else of a connection that is open: without this,
        nobody's hours could be known before the end.
        """
        here = [connection for connection in self.connections.values() if connection.is_staff and connection.admitted]
        return [self.record(ConnectionSeen(at=one.last_seen, connection=one.identity), one.person) for one in here]

    def announce(self) -> list[Effect]:
        """The room as each connection may see it."""
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
        """The connection's life is over; the others stop receiving it."""
        del self.connections[connection.identity]
        effects: list[Effect] = [self.record(closed, connection.person), LeaveMedia(connection.identity)]
        return effects + (subscriptions.of_others(self.connections, connection.person) if connection.feeds else [])
