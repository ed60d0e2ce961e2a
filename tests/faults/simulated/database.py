"""Ledger, leases and evidence for the simulated nodes: the rules of `store`, without its Postgres."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.errors import DatabaseAway, StaleStream
from domain.events.catalogue import AnyEvent, decode
from domain.ledger.streams import LEASE, epoch_of, room_stream
from signaling.journal.journal import ClosedRoom, Entry, Fact
from store.ledger.facts import LedgerRow
from store.room.leases import LeftOpen, RoomTaken
from store.room.liveness import Liveness
from tests.faults.simulated.live_room import CLINIC
from tests.faults.simulated.world import World


class Holder(msgspec.Struct):
    """The holder of a session's newest epoch."""

    epoch: int
    node: str
    open: bool = True


class Database:
    """The ledger as a set that only grows, one holder per room, and the leases; away now and then."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.up = True
        self.rows: dict[str, LedgerRow] = {}
        self.holders: dict[str, Holder] = {}
        self.last_seen: dict[str, dict[str, datetime]] = {}
        self._opened: dict[tuple[str, int], tuple[str, datetime]] = {}
        self._ended: set[tuple[str, int]] = set()
        self._taken: dict[tuple[str, int], str] = {}
        self._of_session: dict[str, list[LedgerRow]] = {}
        self._leases: dict[str, float] = {}
        self._renewed_since: dict[str, float] = {}

    def check(self) -> None:
        """Raises:
        DatabaseAway
        """
        if not self.up:
            raise DatabaseAway

    def deliver(self, entries: Sequence[Entry]) -> None:
        """One batch of a journal, in one transaction.

        Raises:
            DatabaseAway, StaleStream
        """
        self.check()
        for entry in entries:
            match entry:
                case Fact():
                    self.append(entry.row)
                case Liveness():
                    self._keep(entry)
                case ClosedRoom():
                    self._close(entry.session, entry.epoch)
                case _:
                    pass

    def append(self, row: LedgerRow) -> None:
        """Append a fact: it counts once, and no other fact may take its place."""
        if row.event_id in self.rows:
            return
        if (row.stream, row.seq) in self._taken:
            raise StaleStream
        self._taken[row.stream, row.seq] = row.event_id
        if row.type == "room.closed":
            self._ended.add((row.session_id, epoch_of(row.seq)))
        self.rows[row.event_id] = row
        self._of_session.setdefault(row.session_id, []).append(row)

    def of_session(self, session: str) -> list[LedgerRow]:
        """The session's facts, in order of arrival."""
        return self._of_session.get(session, [])

    def events(self, session: str) -> list[AnyEvent]:
        """The same, decoded."""
        return [decode(row.body) for row in self.of_session(session)]

    def renew(self, node: str) -> None:
        """Renew the node's lease for another term.

        Raises:
            DatabaseAway
        """
        self.check()
        if not self.lives(node):
            self._renewed_since[node] = self._world.now
        self._leases[node] = self._world.now + LEASE.total_seconds()

    def end_lease(self, node: str) -> None:
        """End the node's lease."""
        self._leases.pop(node, None)

    def lives(self, node: str) -> bool:
        """Whether its lease runs."""
        return self._leases.get(node, 0.0) > self._world.now

    def take(self, session: str, node: str, opened: datetime) -> int:
        """The session's next epoch, for this node.

        Raises:
            DatabaseAway, RoomTaken
        """
        self.check()
        held = self.holders.get(session)
        if held is not None and held.open and held.node != node and not self._may_take(node, held.node):
            raise RoomTaken(held.node)
        epoch = held.epoch + 1 if held else 1
        self.holders[session] = Holder(epoch, node)
        self._opened[session, epoch] = (node, opened)
        return epoch

    def _may_take(self, node: str, holder: str) -> bool:
        """Only a node that has renewed for a whole term itself may decide that another has not."""
        steady = self._world.now - self._renewed_since.get(node, self._world.now) >= LEASE.total_seconds()
        return steady and self.lives(node) and not self.lives(holder)

    def left_open_by(self, node: str) -> list[LeftOpen]:
        """The epochs of this node without a recorded end."""
        return [
            LeftOpen(session, epoch, CLINIC, room_stream(session, epoch), opened, not self._holds(session, epoch))
            for (session, epoch), (holder, opened) in self._opened.items()
            if holder == node and (session, epoch) not in self._ended
        ]

    def _holds(self, session: str, epoch: int) -> bool:
        held = self.holders[session]
        return held.open and held.epoch == epoch

    def _keep(self, evidence: Liveness) -> None:
        seen = self.last_seen.setdefault(evidence.session, {})
        seen[evidence.connection] = max(evidence.last_seen, seen.get(evidence.connection, evidence.last_seen))

    def _close(self, session: str, epoch: int) -> None:
        held = self.holders.get(session)
        if held is not None and held.epoch == epoch:
            held.open = False
