"""Only the holder of a dead process's journal closes what the process left open: a stream has one writer."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from domain.attendance.facts import counted, plan_of
from domain.errors import NotFound
from domain.events.catalogue import AnyEvent
from domain.events.room import ConnectionSeen
from domain.instants import second
from domain.ledger import chain
from domain.ledger.streams import epoch_of, first_seq, numbered, room_stream
from domain.ledger.verification import Kept
from domain.room.standing import in_force
from runtime import clock
from signaling.hosting.stream import Stream
from signaling.journal.journal import ClosedRoom, Entry, Fact, Journal, every_entry
from signaling.journal.shipper import Shipper
from signaling.room.effects import CloseRoom, Effect, Record
from signaling.room.room import Room
from store.database import Database
from store.ledger import facts as ledger
from store.ledger import set_aside
from store.ledger.facts import Recorded
from store.room import leases, liveness
from store.room.leases import LeftOpen
from store.room.liveness import Liveness

log = logging.getLogger(__name__)


async def recover(node: str, journal: Journal, database: Database, now: datetime) -> None:
    """Close what this node had open when it died. Call it once the journal is shipped and before the door opens.

    Raises:
        DatabaseAway
    """
    async with database.transaction() as tx:
        left = await leases.left_open_by(tx, node)
    await close_all(left, journal, database, now)
    await journal.flushed(journal.mark)


async def ship_and_close(folder: Path, database: Database, now: datetime) -> int:
    """Ship the journal of a node that will not come back, and close what it left open; returns the number of entries.

    Raises:
        DatabaseAway
        CannotStart: a process holds the journal.
    """
    journal = Journal.open(folder)
    try:
        shipper = Shipper(folder, database)
        shipped = await shipper.ship_all()
        async with database.transaction() as tx:
            left = await leases.left_open_among(tx, sorted(_epochs_in(folder)))
        await close_all(left, journal, database, now)
    finally:
        await journal.close()
    return shipped + await shipper.ship_all()


def readable(session: str, facts: Sequence[Recorded]) -> list[AnyEvent]:
    """The events of these facts. A room does without facts that this release cannot read."""
    unread = [fact.position for fact in facts if fact.readable is None]
    if unread:
        details = {"session": session, "position": unread[0], "facts": len(unread)}
        log.warning("a room does without facts that cannot be read", extra=details)
    return [event for fact in facts if (event := fact.readable) is not None]


def room_from_facts(events: Sequence[AnyEvent], epoch: int, count: int = 0) -> Room:
    """The room in `epoch`, by the session's facts; `count` of them are that epoch's own.

    Raises:
        NotFound: there is no readable plan.
    """
    planned = plan_of(events)
    if planned is None:
        raise NotFound("There is no plan for this session that this server can read. Tell your administrator.")
    return Room(planned, in_force(events), epoch, count)


def last_effects(
    left: LeftOpen, events: Sequence[AnyEvent], last_seen: Mapping[str, datetime], now: datetime, last_seq: int = 0
) -> list[Effect]:
    """The facts still to record for an epoch that was left open, from the session's facts and the last evidence.

    `last_seq` is the last number in its stream; it counts facts that cannot be read or were lost on a disk.
    If no node took the room over, its connections were lost and are detected now. If one did, that node records
    when they were lost, and no fact here is dated after the takeover, since it would not count.
    """
    own = [event for event in events if epoch_of(event.seq) == left.epoch]
    before_all = numbered(left.epoch, 0)
    count = max([before_all, last_seq, *(event.seq for event in own)]) - before_all
    room = room_from_facts(events, left.epoch, count)
    if not left.taken_over:
        return room.recover(last_seen, now)
    taken_at = counted(events).taken_over_at(before_all)
    before = {name: at for name, at in last_seen.items() if taken_at is None or second(at) < taken_at}
    return _hand_over(Room(room.planned, own, left.epoch, count), before, left.opened_at)


def _hand_over(room: Room, last_seen: Mapping[str, datetime], opened: datetime) -> list[Effect]:
    """When the epoch's open connections were last seen, and the end of its stream, dated at its last sign of life."""
    seen: list[Effect] = [
        room.record(ConnectionSeen(at=last_seen[connection], connection=connection), person)
        for connection, person in room.standing.open.items()
        if connection in last_seen
    ]
    return seen + room.close_stream(max([opened, *(fact.at for fact in room.facts)]))


async def close_all(left: Sequence[LeftOpen], journal: Journal, database: Database, now: datetime) -> None:
    """Journal the last facts of these epochs. An epoch whose session cannot be read stays open, and is logged.

    Raises:
        DatabaseAway
    """
    for one in left:
        log.info("closing what was left open", extra={"session": one.session, "epoch": one.epoch})
        if not one.recorded:
            journal.append(ClosedRoom(one.session, one.epoch, now, one.clinic))
            continue
        async with database.transaction() as tx:
            facts = await ledger.of_session(tx, one.clinic, one.session)
            last_seen = await liveness.of_session(tx, one.clinic, one.session)
            beside = await set_aside.facts(tx, one.clinic, [one.stream])
        try:
            entries = list(_last_entries(one, _Written(facts, beside), last_seen, now))
        except Exception as error:  # logged without its text, which may quote values
            details = {"session": one.session, "epoch": one.epoch, "error": type(error).__qualname__}
            log.error("an epoch that was left open cannot be closed; the others go on", extra=details)
            continue
        for entry in entries:
            journal.append(entry)


class _Written(NamedTuple):
    """A session's facts, and those of the stream in question that the database could not take."""

    facts: Sequence[Recorded]
    beside: Sequence[Kept]

    def last(self, stream: str) -> tuple[int, chain.End]:
        """`(last number in the stream, end of its chain)`; lost facts leave gaps.

        A stream that an older release began keeps the rule it began with.
        """
        chained = {fact.seq: (fact.body, fact.hash) for fact in self.beside}
        chained |= {fact.seq: (fact.body.encode(), fact.hash) for fact in self.facts if fact.stream == stream}
        return max(chained, default=0), chain.End.of(chained, first_seq(stream))


def _last_entries(
    left: LeftOpen, written: _Written, last_seen: Mapping[str, datetime], now: datetime
) -> Iterator[Entry]:
    last_seq, end = written.last(left.stream)
    stream = Stream(left.stream, left.clinic, clock.fact_id, end)
    for effect in last_effects(left, readable(left.session, written.facts), last_seen, now, last_seq):
        match effect:
            case Record():
                yield stream.fact(effect)
            case CloseRoom():
                yield ClosedRoom(left.session, left.epoch, now, left.clinic)
            case _:
                pass  # nobody is connected


def _epochs_in(folder: Path) -> set[str]:
    """The streams of the entries in this journal."""
    found: set[str] = set()
    for entry in every_entry(folder):
        match entry:
            case Liveness():
                found.add(room_stream(entry.session, entry.epoch))
            case Fact():
                found.add(entry.row.stream)
            case _:
                pass
    return found
