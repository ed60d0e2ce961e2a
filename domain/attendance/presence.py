"""Presence: when a connection was in the room, when a person was, and which seconds of it count (steps 1 to 4).

A connection is present from `admitted` to `returned` or `closed`. A lost connection was present only until its last
evidence, which cuts every presence of that connection.
"""

from collections.abc import Collection, Iterable
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

import msgspec

from domain.events.room import (
    CloseCause,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionMoved,
    ConnectionOpened,
    ConnectionReturned,
    ConnectionSeen,
)
from domain.instants import second
from domain.spans import Interval, Spans, overlaps, subtract, union

EndKnown = Literal["left", "lost", "node_lost", "removed", "ended", "moved", "returned", "open"]
"""How a presence ended; `open` while it lasts."""
BRIDGEABLE: frozenset[EndKnown] = frozenset(("left", "lost", "node_lost", "moved"))
"""The ends after which a short gap is filled; acts of staff are not among them."""


_start = attrgetter("start")


class Stay(msgspec.Struct, frozen=True, gc=False):
    """One presence of one connection, how it ended, and the ids of the facts behind it."""

    start: int
    end: int
    known: EndKnown
    found: int | None
    """When a loss was detected; None for a loss never detected, and for every other end."""
    begun_by: str
    ended_by: tuple[str, ...]


class Wait(NamedTuple):
    """Time in the lobby, and the id of the fact that began it."""

    start: int
    end: int
    begun_by: str


class InBreakout(NamedTuple):
    """The part of a stay spent in one breakout; "" is the main room."""

    breakout: str
    span: Interval


class ConnectionHistory(msgspec.Struct, eq=False):
    """One socket's life in one room. Pass it the connection's facts in order, then ask when it was present."""

    person: str | None = None
    """None until the connection is opened, like `role` and `opened_at`."""
    role: str | None = None
    opened_at: int | None = None
    opened_by: str = ""
    seq: int = 0
    """The seq of the last admission that changed something, else of the opening: it identifies the node's epoch."""
    taken_over_at: int | None = None
    """When another node took the room from the one that held this connection."""
    held_until: int | None = None
    """The moment up to which an open presence counts, if its node still holds the room and a moment was given."""

    _stays: list[Stay] = []
    _moves: list[tuple[int, str]] = []
    _admitted_at: int | None = None
    _admission: str = ""
    _last_admission: int | None = None
    _latest_seen: int | None = None
    _seen_by: str = ""
    _closed: ConnectionClosed | None = None
    _closed_at: int = 0
    _closed_by: str = ""

    def open(self, at: int, identity: str, event: ConnectionOpened) -> None:
        """Set the person and role, whatever the order of facts; ids are used once, so only the first opening counts."""
        if self.opened_at is None:
            self.opened_at = at
            self.opened_by = identity
            self.person = event.person
            self.role = event.role
            self.seq = self.seq or event.seq

    def admit(self, at: int, identity: str, event: ConnectionAdmitted) -> None:
        """Presence begins, unless it has begun already or the connection is closed."""
        if self._admitted_at is None and self._closed is None:
            self._admitted_at = self._last_admission = at
            self._admission = identity
            self.seq = event.seq

    def send_back(self, at: int, identity: str, _: ConnectionReturned) -> None:
        """Presence ends; the connection lives on in the lobby."""
        self._end_stay(at, "returned", identity)

    def see(self, at: int, identity: str, _: ConnectionSeen) -> None:
        """Evidence that it was alive at `at`."""
        if self._latest_seen is None or at >= self._latest_seen:
            self._latest_seen = at
            self._seen_by = identity

    def close(self, at: int, identity: str, event: ConnectionClosed) -> None:
        """The first close counts; after it nothing changes this connection."""
        if self._closed is None:
            self._end_stay(at, event.cause, identity)
            self._closed = event
            self._closed_at = at
            self._closed_by = identity

    def move(self, at: int, _: str, event: ConnectionMoved) -> None:
        """The connection moves into a breakout of the session, or back to the main room; presence goes on."""
        self._moves.append((at, event.to or ""))

    def by_breakout(self, stay: Stay) -> list[InBreakout]:
        """The parts of the stay, in order."""
        cuts = [stay.start, *(min(max(at, stay.start), stay.end) for at, _ in self._moves), stay.end]
        breakouts = ["", *(to for _, to in self._moves)]
        return [InBreakout(to, span) for to, span in zip(breakouts, pairwise(cuts), strict=True) if span[0] < span[1]]

    def _end_stay(self, at: int, known: EndKnown, identity: str) -> None:
        if self._admitted_at is not None:
            self._stays.append(Stay(self._admitted_at, at, known, None, self._admission, (identity,)))
            self._admitted_at = None

    def cause(self) -> CloseCause | None:
        """Why it was closed; None when no close is recorded."""
        return None if self._closed is None else self._closed.cause

    def was_admitted(self) -> bool:
        """Whether it was ever admitted."""
        return self._last_admission is not None

    def life(self) -> Interval:
        """(start, end): from its opening to its close, including the lobby.

        A connection that was lost or never closed ends at its last evidence. Without evidence the interval is empty.
        """
        begin = self.opened_at or 0
        if self._closed is not None and self._closed.cause != "lost":
            return begin, self._closed_at
        if self._closed is None and self.held_until is not None:
            return begin, self.held_until
        evidence = self._evidence()
        if evidence is None:
            return begin, begin
        return begin, evidence if self._closed is None else min(evidence, self._closed_at)

    def removed_at(self) -> int | None:
        """When staff removed it after it had fallen silent; None if they did not."""
        return self._closed_at if self._closed is not None and self._closed.act == "removed" else None

    def never_closed(self) -> bool:
        """Whether it was admitted, its end is not recorded, and it is not still open."""
        return self._closed is None and self._last_admission is not None and self.held_until is None

    def stays(self) -> list[Stay]:
        """The presences, in order; some may be empty."""
        if self._closed is not None:
            return self._stays if self._closed.cause != "lost" else self._lost_stays(self._closed)
        if self.held_until is not None:
            return self._with_open_stay("open", self.held_until)
        evidence = self._evidence()
        if evidence is None:
            return self._stays
        known: EndKnown = "lost" if self.taken_over_at is None else "node_lost"
        return self._cut(self._with_open_stay("lost", evidence), evidence, known, self.taken_over_at)

    def waits(self) -> list[Wait]:
        """The times in the lobby, as far as evidence shows, in order."""
        if self.opened_at is None:
            return []
        waits: list[Wait] = []
        since, by = self.opened_at, self.opened_by
        for stay in self._stays:
            if since < stay.start:
                waits.append(Wait(since, stay.start, by))
            since, by = stay.end, stay.ended_by[0]
        end = self._wait_end(since)
        return [*waits, Wait(since, end, by)] if since < end else waits

    def _wait_end(self, since: int) -> int:
        """The end of the wait that began at `since`; `since` itself when there was no wait."""
        if self._admitted_at is not None:
            return self._admitted_at
        if self._stays and self._stays[-1].known != "returned":
            return since
        evidence = since if self._latest_seen is None else self._latest_seen
        if self._closed is None:
            return evidence if self.held_until is None else self.held_until
        return self._closed_at if self._closed.cause != "lost" else min(evidence, self._closed_at)

    def _with_open_stay(self, known: EndKnown, end: int) -> list[Stay]:
        if self._admitted_at is None:
            return self._stays
        return [*self._stays, Stay(self._admitted_at, end, known, None, self._admission, ())]

    def _lost_stays(self, closed: ConnectionClosed) -> list[Stay]:
        evidence = self._evidence()
        if evidence is None:
            return self._stays
        return self._cut(self._stays, min(evidence, self._closed_at), "lost", self._found(closed, evidence))

    def _evidence(self) -> int | None:
        """The last sign of life; without one, the last admission that changed something; None without either.

        A lost connection's evidence may lie after its close; callers cut it there.
        """
        seen = None if self._closed is None or self._closed.last_seen is None else second(self._closed.last_seen)
        return max((at for at in (seen, self._latest_seen) if at is not None), default=self._last_admission)

    def _found(self, closed: ConnectionClosed, evidence: int) -> int:
        """When the loss was detected: when the connection was missed, if no sign came after that; else its close."""
        missed = None if closed.missed_at is None else second(closed.missed_at)
        return missed if missed is not None and evidence <= missed < self._closed_at else self._closed_at

    def _cut(self, stays: list[Stay], evidence: int, known: EndKnown, found: int | None) -> list[Stay]:
        by = tuple(identity for identity in (self._seen_by, self._closed_by) if identity)
        return [
            stay
            if stay.end <= evidence and stay.known != "lost"
            else Stay(stay.start, min(stay.end, evidence), known, found, stay.begun_by, by)
            for stay in stays
        ]


class Changes(NamedTuple):
    """What corrections add to one person's presence, and remove from it (step 4)."""

    added: Spans
    removed: Spans


class Presence(msgspec.Struct):
    """One person in one capacity: their connections in it, the stays of these, and the results of steps 2 to 4."""

    connections: list[ConnectionHistory]
    stays: list[Stay]
    """Sorted by start; none is empty."""
    connected: Spans
    bridged: Spans
    added: Spans
    removed: Spans
    filled: Spans
    """Presence before removals."""
    counted: Spans


def presence_of(
    connections: list[ConnectionHistory], changes: Changes, bridge_max_s: int | None, sent_off: Collection[int]
) -> Presence:
    """Steps 2 to 4 for one person.

    With `bridge_max_s` None no gap is bridged. A gap that contains one of the seconds `sent_off`, in which staff sent
    the person out or back, is not bridged either.
    """
    stays = [stay for connection in connections for stay in connection.stays() if stay.start < stay.end]
    stays.sort(key=_start)
    connected = union_of(stays)
    added, removed = changes
    bridged = [] if bridge_max_s is None else bridged_gaps(connected, stays, added, bridge_max_s, sent_off)
    filled = union([*connected, *bridged, *added]) if bridged or added else connected
    return Presence(connections, stays, connected, bridged, added, removed, filled, subtract(filled, removed))


def union_of(stays: Iterable[Stay]) -> Spans:
    """The seconds in which any of a person's connections was present: two devices never count twice."""
    return union([(stay.start, stay.end) for stay in stays])


def bridged_gaps(
    present: Spans, stays: Iterable[Stay], added: Spans, limit: int, sent_off: Collection[int] = ()
) -> Spans:
    """The gaps of `present` that are filled; `present` is the union of `stays`, none of which is empty.

    A gap is filled if it lasts at most `limit` seconds, did not begin with an act of staff, contains no second of
    `sent_off`, and overlaps nothing that was `added`.
    """
    gaps = [(one[1], other[0]) for one, other in pairwise(present) if other[0] - one[1] <= limit]
    if not gaps:
        return gaps
    shut = {stay.end for stay in stays if stay.known not in BRIDGEABLE}
    gaps = [gap for gap in gaps if not any(gap[0] <= at < gap[1] for at in sent_off)]
    return [gap for gap in gaps if gap[0] not in shut and not (added and overlaps(added, *gap))]
