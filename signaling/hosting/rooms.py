"""The rooms of this node: each opens when its first person arrives, and runs in its own task."""

import asyncio
import logging
from collections import Counter
from collections.abc import Collection, Coroutine, Iterable, Iterator, Sequence
from datetime import timedelta

from domain.errors import Refusal, RoomsUnavailable, SessionOver
from signaling.hosting.live_room import LiveRoom
from signaling.hosting.mail import Learn, Mail, Stop, Tick
from signaling.hosting.opening import Opened, Opener
from signaling.hosting.recovery import readable
from signaling.hosting.services import NodeServices
from signaling.journal.shipper import Shipper
from signaling.media.engine import Speaking
from store.access.sign_ins import Idle
from store.database import Database
from store.ledger import facts as ledger
from store.people import aliases
from store.schedule import rosters

log = logging.getLogger(__name__)

REFRESH_SECONDS = 2.0
"""A read of what others recorded that takes longer hangs; another connection may work."""
TICK_SECONDS = 0.5
"""A connection whose media stops is noticed within two seconds; one of them is the interval of media evidence."""
TURNS_A_TICK = 10
"""Rooms take turns within a tick: all at once, with their boards, they would delay arrivals."""
JOURNAL_TROUBLE = (
    "The server's disk is full. Everyone who is here stays, and no minute is lost, but nobody new can come in. "
    "Tell your administrator."
)


class Rooms:
    """Every room that runs here; their tasks live in `group`."""

    def __init__(
        self,
        node: str,
        group: asyncio.TaskGroup,
        database: Database,
        shipper: Shipper,
        services: NodeServices,
    ) -> None:
        self._node = node
        self._group = group
        self._database = database
        self._services = services
        self._opener = Opener(node, database, shipper, services)
        self._rooms: dict[str, asyncio.Future[LiveRoom]] = {}
        self._carriers: set[asyncio.Task[None]] = set()
        self._closing: dict[str, asyncio.Task[None]] = {}
        """The tasks that end the streams of failed rooms, by session; the next epoch waits for them."""
        self._ended: set[str] = set()
        self._stopping = False
        self.skew = timedelta()
        """How far this node's clock is ahead of the database's, as last measured."""

    def __len__(self) -> int:
        return len(self._rooms)

    @property
    def full(self) -> bool:
        """True while the journal cannot write: present people stay and may come back, and no new person is let in."""
        return self._services.journal.failing

    @property
    def held(self) -> dict[str, int]:
        """The sessions whose rooms run here, with their epochs."""
        return {live.room.session: live.room.epoch for live in self._running()}

    @property
    def sign_ins(self) -> frozenset[str]:
        """The sign-ins of the staff in all rooms."""
        return frozenset().union(*(live.sign_ins for live in self._running()))

    def learn_locks(self, found: Iterable[Idle]) -> None:
        """Take in when the sign-ins in the rooms lock."""
        self._services.locks.learn(found)

    def surrender(self, lost: Collection[str]) -> None:
        """Stop the rooms of these sessions: another node has taken them, so nothing recorded from now on would count.

        Call this at each renewal until they are gone: a room that is far behind gets it later, and the lease never
        waits for one.
        """
        for live in self._running():
            if live.room.session in lost and _post(live, Stop()):
                log.warning("the room was taken by another node", extra={"session": live.room.session})

    async def refresh(self, session: str) -> bool:
        """Send the session's room here, if there is one, the facts that others recorded. False while the room is being
        opened or its mailbox is full: the other rooms do not wait for it.

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
            names = await rosters.names(tx, live.clinic, session)
            called = await aliases.of_people(tx, live.clinic, list(names))
        return _post(live, Learn(readable(session, facts), names, called))

    def close(self) -> None:
        """Open no more rooms."""
        self._stopping = True

    async def stop(self) -> None:
        """Move everybody out, and close every stream on disk."""
        self.close()
        await asyncio.gather(*(live.mailbox.put(Stop()) for live in self._running()))
        if self._carriers:
            await asyncio.wait(self._carriers)

    async def room_of(self, session: str, clinic: str) -> LiveRoom:
        """The session's room here; opens it if necessary.

        Raises:
            SessionOver, SessionCalledOff, NotFound: there is no such plan
            RoomsUnavailable: the database is away, or another node holds the room; a new ticket may help
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
        """Everyone who waits gets the same room or the same refusal; the next arrival tries again."""
        try:
            opening.set_result(await self._open(session, clinic))
        except Exception as error:
            del self._rooms[session]
            if isinstance(error, SessionOver):
                self._ended.add(session)
            if not isinstance(error, Refusal):
                log.exception("a room could not be opened", extra={"session": session})
            opening.set_exception(error if isinstance(error, Refusal) else RoomsUnavailable())

    async def _open(self, session: str, clinic: str) -> LiveRoom:
        if closing := self._closing.pop(session, None):
            await asyncio.wait([closing])
        opened = await self._opener.open(session, clinic)
        self._start_carrier(self._carry(opened), "room")
        return opened.live

    def _start_carrier(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        """Start a task that the node waits for when it stops."""
        carrier = self._group.create_task(work, name=name)
        self._carriers.add(carrier)
        carrier.add_done_callback(self._carriers.discard)
        return carrier

    async def _carry(self, opened: Opened) -> None:
        live, session = opened.live, opened.live.room.session
        try:
            await live.run(live.room.open(self._node, opened.last_seen, opened.at, self.skew))
        except Exception:  # the other rooms go on; the people of this room come back, and it opens again
            log.exception("a room failed", extra={"session": session})
            closing = self._opener.close_behind(session, live.room.epoch)
            self._closing[session] = self._start_carrier(closing, "room: closing")
        finally:
            self._rooms.pop(session, None)
            if live.room.standing.ended_at is not None:
                self._ended.add(session)

    def _running(self) -> Sequence[LiveRoom]:
        return [opening.result() for opening in self._rooms.values() if opening.done()]

    async def tick(self) -> None:
        """Send every room a tick twice a second, for as long as the task runs."""
        while True:
            running = self._running()
            due = list(zip(running, present_elsewhere([live.persons for live in running]), strict=True))
            for turn in range(TURNS_A_TICK):
                await asyncio.sleep(TICK_SECONDS / TURNS_A_TICK)
                for live, elsewhere in due[turn::TURNS_A_TICK]:
                    _post(live, Tick(elsewhere, JOURNAL_TROUBLE if self.full else None))

    async def hear_engine(self) -> None:
        """Forward the engine's events to their rooms, until the engine is closed."""
        async for event in self._services.engine.events():
            room = event.room if isinstance(event, Speaking) else event.seat.room
            for live in self._running():
                if live.stream == room:
                    _post(live, event)


def present_elsewhere(present: Sequence[frozenset[str]]) -> Iterator[frozenset[str]]:
    """For each room's present people: everybody who is in another room. A node may hold hundreds of rooms."""
    rooms_of = Counter(person for persons in present for person in persons)
    everybody = frozenset(rooms_of)
    for persons in present:
        yield everybody.difference([person for person in persons if rooms_of[person] == 1])


def _post(live: LiveRoom, mail: Mail) -> bool:
    """Put mail from a task that serves all rooms and waits for none; False when the room's mailbox is full.

    A room that is far behind misses ticks and media events; people's own messages wait for it.
    """
    if live.mailbox.full():
        return False
    live.mailbox.put_nowait(mail)
    return True
