"""The rooms of this node: opened when the first person comes, each run by its own task."""

import asyncio
import logging
from collections import Counter
from collections.abc import Collection, Coroutine, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from domain.errors import DatabaseAway, Refusal, RoomsUnavailable, SessionCalledOff, SessionOver
from domain.policy import Policy
from signaling.learning import is_cancelled
from signaling.live_room import LiveRoom
from signaling.mail import Learn, Mail, Stop, Tick
from signaling.media.engine import Speaking
from signaling.recovery import close_all, readable, room_of
from signaling.room import Room
from signaling.services import Services
from signaling.shipper import Shipper
from store import ledger, liveness, note_drafts
from store import rooms as holdings
from store.database import Database, Transaction
from store.ledger import Recorded
from store.rooms import RoomTaken

log = logging.getLogger(__name__)

SHIP_PATIENCE_SECONDS = 5.0
REFRESH_SECONDS = 2.0
"""A look at what others recorded that takes longer hangs: another connection may do."""
TICK_SECONDS = 0.5
"""Whose media stops is missed within two seconds, of which the media's own signs take one."""
TURNS_A_TICK = 10
"""Rooms take turns within a tick: all at once, with their boards, they would keep whoever knocks waiting."""
JOURNAL_TROUBLE = (
    "The server's disk is full. Everyone who is here stays, and no minute is lost, but nobody new can come in. "
    "Tell your administrator."
)


class _Opening(msgspec.Struct, frozen=True):
    """What a room reads of Postgres, once."""

    epoch: int
    facts: list[Recorded]
    names: dict[str, str]
    last_seen: dict[str, datetime]
    written_until: datetime | None
    """When anything was last written in its notes, by the clocks of the nodes that kept it."""


class Rooms:
    """Every room that runs here; their tasks live in `group`."""

    def __init__(
        self,
        node: str,
        group: asyncio.TaskGroup,
        database: Database,
        shipper: Shipper,
        services: Services,
    ) -> None:
        self._node = node
        self._group = group
        self._database = database
        self._shipper = shipper
        self._services = services
        self._rooms: dict[str, asyncio.Future[LiveRoom]] = {}
        self._carriers: set[asyncio.Task[None]] = set()
        self._closing: dict[str, asyncio.Task[None]] = {}
        """What ends the streams of rooms that failed, by session: the next epoch follows behind it."""
        self._ended: set[str] = set()
        self._stopping = False
        self.skew = timedelta()
        """How far this node's clock is ahead of the database's, as last measured."""

    def __len__(self) -> int:
        return len(self._rooms)

    @property
    def full(self) -> bool:
        """True while the journal cannot write: who is here stays and may come back, nobody new is let in."""
        return self._services.journal.failing

    @property
    def held(self) -> dict[str, int]:
        """The sessions whose rooms run here, with their epochs."""
        return {live.room.session: live.room.epoch for live in self._running()}

    def surrender(self, lost: Collection[str]) -> None:
        """Another node has taken these sessions' rooms: what is recorded from now on would not count.

        Say so at each renewal until they are gone: one that is far behind hears it later, and the lease waits for none.
        """
        for live in self._running():
            if live.room.session in lost and _post(live, Stop()):
                log.warning("the room was taken by another node", extra={"session": live.room.session})

    async def refresh(self, session: str) -> bool:
        """Let the session's room here, if there is one, read what others recorded; False while it is being opened, or
        so far behind that it takes nothing in: the other rooms do not wait for it.

        Raises:
            DatabaseAway
        """
        opening = self._rooms.get(session)
        if opening is None:
            return True
        if not opening.done():
            return False
        live = opening.result()
        async with self._database.limited_to(REFRESH_SECONDS).transaction() as tx:
            facts = await ledger.beside_its_rooms(tx, live.clinic, session)
            names = await holdings.names(tx, live.clinic, session)
        return _post(live, Learn(readable(session, facts), names))

    def close(self) -> None:
        """Open no room any more."""
        self._stopping = True

    async def stop(self) -> None:
        """Everybody moves out, and every stream is closed and on disk."""
        self.close()
        await asyncio.gather(*(live.mailbox.put(Stop()) for live in self._running()))
        if self._carriers:
            await asyncio.wait(self._carriers)

    async def room_of(self, session: str, clinic: str) -> LiveRoom:
        """The session's room here, opened if need be.

        Raises:
            SessionOver, SessionCalledOff, NotFound: there is no such plan
            RoomsUnavailable: the database is away, or another node holds the room: come again with a new ticket
        """
        if session in self._ended:
            raise SessionOver
        if self._stopping:
            raise RoomsUnavailable
        opening = self._rooms.get(session)
        if opening is None:
            opening = self._rooms[session] = asyncio.get_running_loop().create_future()
            self._group.create_task(self._open_into(opening, session, clinic), name="room: opening")
        return await asyncio.shield(opening)

    async def _open_into(self, opening: "asyncio.Future[LiveRoom]", session: str, clinic: str) -> None:
        """Everyone who came meanwhile gets the same room, or the same refusal; the next one tries anew."""
        try:
            opening.set_result(await self._open(session, clinic))
        except Exception as error:
            del self._rooms[session]
            if not isinstance(error, Refusal):
                log.exception("a room could not be opened", extra={"session": session})
            opening.set_exception(error if isinstance(error, Refusal) else RoomsUnavailable())

    async def _open(self, session: str, clinic: str) -> LiveRoom:
        if closing := self._closing.pop(session, None):
            await asyncio.wait([closing])
        await self._ship_own_facts()
        now = self._services.now()
        try:
            async with self._database.transaction() as tx:
                read = await self._read(tx, session, clinic, now)
                room = self._checked(room_of(readable(session, read.facts), read.epoch))
        except (DatabaseAway, RoomTaken) as error:
            raise RoomsUnavailable from error
        room.written_until = read.written_until
        live = LiveRoom(room, clinic, read.names, self._policy(room), self._services)
        log.info("room opened", extra={"session": session, "epoch": read.epoch})
        self._start_carrier(self._carry(live, read.last_seen, now), "room")
        return live

    def _checked(self, room: Room) -> Room:
        """The room, unless nobody may come to it any more: then its epoch is not taken, and no statement waits for it.

        Raises:
            SessionOver, SessionCalledOff
        """
        if room.standing.ended_at is not None:
            self._ended.add(room.session)
            raise SessionOver
        if is_cancelled(room, self._policy(room)):
            raise SessionCalledOff
        return room

    def _start_carrier(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        """A task that the node waits for when it stops."""
        carrier = self._group.create_task(work, name=name)
        self._carriers.add(carrier)
        carrier.add_done_callback(self._carriers.discard)
        return carrier

    async def _read(self, tx: Transaction, session: str, clinic: str, now: datetime) -> _Opening:
        return _Opening(
            epoch=await holdings.take(tx, clinic, session, self._node, now),
            facts=await ledger.of_session(tx, clinic, session),
            names=await holdings.names(tx, clinic, session),
            last_seen=await liveness.of_session(tx, clinic, session),
            written_until=await note_drafts.written_until(tx, clinic, session),
        )

    async def _ship_own_facts(self) -> None:
        """What this node itself still has to ship belongs to the past that the new room reads."""
        try:
            async with asyncio.timeout(SHIP_PATIENCE_SECONDS):
                await self._shipper.reached(self._services.journal.mark)
        except TimeoutError:
            raise RoomsUnavailable from None

    def _policy(self, room: Room) -> Policy:
        return self._services.policy_of(room.planned.policy.digest)

    async def _carry(self, live: LiveRoom, last_seen: dict[str, datetime], now: datetime) -> None:
        session = live.room.session
        try:
            await live.run(live.room.open(self._node, last_seen, now, self.skew))
        except Exception:  # the other rooms go on; the people of this one come back and it opens again
            log.exception("a room failed", extra={"session": session})
            self._closing[session] = self._start_carrier(self._close_behind(session, live.room.epoch), "room: closing")
        finally:
            self._rooms.pop(session, None)
            if live.room.standing.ended_at is not None:
                self._ended.add(session)

    async def _close_behind(self, session: str, epoch: int) -> None:
        """End the stream of a room that failed as after a crash, so that no statement waits for it."""
        try:
            await self._ship_own_facts()
            async with self._database.transaction() as tx:
                left = await holdings.left_open_by(tx, self._node)
            own = [one for one in left if (one.session, one.epoch) == (session, epoch)]
            await close_all(own, self._services.journal, self._database, self._services.now())
        except (DatabaseAway, RoomsUnavailable):
            log.warning("the database is away: the stream is closed at the next start", extra={"session": session})

    def _running(self) -> Sequence[LiveRoom]:
        return [opening.result() for opening in self._rooms.values() if opening.done()]

    async def tick(self) -> None:
        """Have every room look at its clock twice a second, for as long as the task runs."""
        while True:
            running = self._running()
            due = list(zip(running, present_elsewhere([live.persons for live in running]), strict=True))
            for turn in range(TURNS_A_TICK):
                await asyncio.sleep(TICK_SECONDS / TURNS_A_TICK)
                for live, elsewhere in due[turn::TURNS_A_TICK]:
                    _post(live, Tick(elsewhere, JOURNAL_TROUBLE if self.full else None))

    async def hear_engine(self) -> None:
        """Bring the engine's news to the rooms they are about, for as long as it has any."""
        async for event in self._services.engine.events():
            room = event.room if isinstance(event, Speaking) else event.seat.room
            for live in self._running():
                if live.stream == room:
                    _post(live, event)


def present_elsewhere(present: Sequence[frozenset[str]]) -> Iterator[frozenset[str]]:
    """For each room, by who is present in it: everybody who is in another one. A node may hold hundreds of rooms."""
    rooms_of = Counter(person for persons in present for person in persons)
    everybody = frozenset(rooms_of)
    for persons in present:
        yield everybody.difference([person for person in persons if rooms_of[person] == 1])


def _post(live: LiveRoom, mail: Mail) -> bool:
    """Mail from whoever serves all rooms and waits for none; False for a room that is too far behind to take it.

    It may miss ticks and media events; people's own messages wait.
    """
    if live.mailbox.full():
        return False
    live.mailbox.put_nowait(mail)
    return True
