"""A signaling node in virtual time: the real room, chain, facts and journal entries, behind a disk that may be late.

What a process does is lost with it until it is on disk; people see an effect only after that.
"""

import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import msgspec

from domain.errors import DatabaseAway, Refusal, RoomsUnavailable, SessionOver
from domain.ledger import chain
from signaling.hosting.lease import RENEW_SECONDS
from signaling.hosting.recovery import last_effects, room_from_facts
from signaling.journal.journal import Entry, Fact
from signaling.messages import Request
from signaling.room.connections import Arrival
from signaling.room.effects import AskForSign, CloseRoom, Effect, Record
from signaling.room.requests import receive
from store.room.leases import RoomTaken
from store.room.liveness import Liveness
from tests.faults.simulated.database import Database
from tests.faults.simulated.device import LONGEST_JOURNEY, Device
from tests.faults.simulated.live_room import LiveRoom
from tests.faults.simulated.world import Act, MachineClock, World

BATCH = 50
SHIPPED_TWICE = 0.1
"""Share of batches that a node ships twice, as if it died between a batch's commit and its own note of it."""

Witness = Callable[["LiveRoom", Sequence[Effect], float], None]
"""Called with a room, its effects and their time, once they are on disk."""


class Node:
    """One node through its lives. `disk` survives a crash; `unshipped` is its part that the database lacks."""

    def __init__(self, name: str, world: World, database: Database, witness: Witness) -> None:
        self.name = name
        self.rooms: dict[str, LiveRoom] = {}
        self.up = self.paused = self.draining = False
        self.disk: list[Entry] = []
        self.unshipped: deque[Entry] = deque()
        self.machine = MachineClock(world)
        self.lost = 0
        """Facts that were lost with a process before they were on disk: nobody saw their effects."""
        self._world = world
        self._database = database
        self._witness = witness
        self._life = 0
        self._waiting: list[Act] = []
        self._unflushed: list[tuple[list[Entry], Act]] = []
        self._doom: Act | None = None

    # ---- life and death ----

    def start(self) -> None:
        """Start the process: ship, recover, renew; while the database is away, try again."""
        if not self._database.up:
            self._world.after(1, self.start)
            return
        self._life += 1
        self.up, self.draining, self._clock = True, False, self.machine.start()
        self.ship()
        self._recover()
        self._renew()
        self._tick()

    def kill_in_the_act(self, then: Act) -> None:
        """kill -9 between the next fact and its flush to disk."""
        self._doom = then

    def pause(self) -> None:
        """SIGSTOP: to all others it is as dead as after a kill."""
        self.paused = True
        self._forget()

    def wake(self) -> None:
        """SIGCONT: do now, late, what had piled up."""
        self.paused = False
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def drain(self) -> None:
        """Move everybody out."""
        self.draining = True
        for live in list(self.rooms.values()):
            self._refresh(live)
            self.perform(live, live.room.move(self.now()))

    def stop(self) -> None:
        """SIGTERM, after `drain`: ship the rest, and end the lease."""
        if self._database.up:
            self.ship()
            self._database.end_lease(self.name)
        self.kill()

    def kill(self) -> None:
        """kill -9: drop what is not on disk, and break every socket."""
        self.lost += sum(isinstance(entry, Fact) for entries, _ in self._unflushed for entry in entries)
        self._life += 1
        self.up = self.paused = False
        self._unflushed.clear()
        self._waiting.clear()
        self._forget()
        self.rooms.clear()

    def _forget(self) -> None:
        for device in [device for live in self.rooms.values() for device in live.devices.values()]:
            alive = device.gone is None
            device.forget("node")
            if alive:
                device.on_gone("node")

    # ---- acts of people ----

    @property
    def doomed(self) -> bool:
        """Whether its next fact will be its end."""
        return self._doom is not None

    @property
    def answers(self) -> bool:
        """Whether the node answers new sockets."""
        return self.up and not self.paused

    def now(self) -> datetime:
        """The time by this node's clock."""
        return self._clock.now()

    def do(self, act: Act) -> None:
        """Let something reach the process: now, when it wakes, or never."""
        life = self._life
        if self.paused:
            self._waiting.append(act)
        elif self.up:
            self._while(life, act)()

    def _later(self, seconds: float, act: Act) -> None:
        self._world.after(seconds, partial(self.do, self._while(self._life, act)))

    def _while(self, life: int, act: Act) -> Act:
        return lambda: act() if life == self._life else None

    def enter(self, device: Device, replaces: str | None) -> None:
        """Let a device in that has a good ticket or resume.

        Raises:
            Refusal
        """
        live = self._room_of(device.session)
        arrival = Arrival(device.connection, device.person, device.person, device.role, "", replaces)
        self._refresh(live)
        effects = live.room.enter(arrival, self.now())
        live.devices[device.connection] = device
        self.perform(live, effects)

    def ask(self, device: Device, request: Request) -> None:
        """Handle a device's request; a refusal changes nothing."""
        live = self.rooms.get(device.session)
        if live is None or device.connection not in live.devices:
            return
        self._refresh(live)
        with contextlib.suppress(Refusal):
            self.perform(live, receive(live.room, device.connection, request, self.now()))

    def lose(self, device: Device, *, goodbye: bool) -> None:
        """End a device's socket; `goodbye` if its browser closed it."""
        live = self.rooms.get(device.session)
        if live is None:
            return
        self._refresh(live)
        if goodbye:
            live.room.witness(device.connection, self.now(), "socket")
        self.perform(live, live.room.drop(device.connection, self.now()))

    def _refresh(self, live: LiveRoom) -> None:
        live.hear_all(self.now(), self._world.now)

    # ---- rooms ----

    def _room_of(self, session: str) -> LiveRoom:
        if session in self.rooms:
            return self.rooms[session]
        if self.draining:
            raise RoomsUnavailable
        now = self.now()
        try:
            self.ship()
            epoch = self._database.take(session, self.name, now)
        except (DatabaseAway, RoomTaken) as error:
            raise RoomsUnavailable from error
        room = room_from_facts(self._database.events(session), epoch)
        if room.standing.ended_at is not None:
            raise SessionOver
        live = self.rooms[session] = LiveRoom(room)
        self.perform(live, room.open(self.name, self._database.last_seen.get(session, {}), now))
        return live

    def ship_and_close(self) -> None:
        """Ship the disk of a node that does not come back, and close its epochs."""
        self.ship()
        if not self.up:
            self._clock = self.machine.start()
            self._recover()
            self._flush()
            self.ship()

    def _recover(self) -> None:
        for left in self._database.left_open_by(self.name):
            links = [row.hash for row in self._database.of_session(left.session) if row.stream == left.stream]
            events, last_seen = self._database.events(left.session), self._database.last_seen.get(left.session, {})
            live = LiveRoom(room_from_facts(events, left.epoch, len(links)), links[-1] if links else chain.START)
            self.perform(live, last_effects(left, events, last_seen, self.now()))

    def _tick(self) -> None:
        for session in list(self.rooms):
            self.look_at(session)
        self._later(1 + self._world.chance.random(), self._tick)

    def look_at(self, session: str) -> None:
        """Tick one room. The ticks in between are simulated only where they find something."""
        if live := self.rooms.get(session):
            self._refresh(live)
            effects = live.room.tick(self.now())
            self.perform(live, effects)
            for asked in [live.devices[effect.connection] for effect in effects if isinstance(effect, AskForSign)]:
                self._later(LONGEST_JOURNEY, partial(live.hear_answer, asked, self.now))

    # ---- the journal and the way to the database ----

    def perform(self, live: LiveRoom, effects: Sequence[Effect]) -> None:
        """Journal the facts; their effects wait for the disk."""
        if not effects:
            return
        at = self._world.now
        stamped = [self._stamped(effect) for effect in effects]
        entries = [entry for effect in stamped if (entry := live.entry(effect, self.now())) is not None]
        self._unflushed.append((entries, lambda: self._show(live, stamped, at)))
        if len(self._unflushed) == 1:
            self._later(self._world.chance.uniform(0.002, 0.02), self._flush)
        if self._doom is not None and any(isinstance(entry, Fact) for entry in entries):
            doom, self._doom = self._doom, None
            self._later(0.001, self.kill)
            self._world.after(0.002, doom)

    def _stamped(self, effect: Effect) -> Effect:
        if not isinstance(effect, Record):
            return effect
        return Record(msgspec.structs.replace(effect.event, id=self._world.new_id()), effect.subject)

    def _flush(self) -> None:
        unflushed, self._unflushed = self._unflushed, []
        for entries, _ in unflushed:
            self.unshipped.extend(entries)
            self.disk.extend(entry for entry in entries if not isinstance(entry, Liveness))
        for _, show in unflushed:
            show()
        self._later(self._world.chance.uniform(0.02, 0.3), self._try_to_ship)

    def _show(self, live: LiveRoom, effects: Sequence[Effect], at: float) -> None:
        self._witness(live, effects, at)
        if any(isinstance(effect, CloseRoom) for effect in effects) and self.rooms.get(live.room.session) is live:
            del self.rooms[live.room.session]

    def _try_to_ship(self) -> None:
        if self._database.up:
            self.ship()

    def ship(self) -> None:
        """Ship everything on disk, in batches, some of them twice.

        Raises:
            DatabaseAway
        """
        self._database.check()
        while self.unshipped:
            batch = [self.unshipped[n] for n in range(min(BATCH, len(self.unshipped)))]
            self._database.deliver(batch)
            if self._world.chance.random() < SHIPPED_TWICE:
                continue
            for _ in batch:
                self.unshipped.popleft()

    def _renew(self) -> None:
        """Renew the lease once per second; move people out of rooms that another node has taken."""
        try:
            self._database.renew(self.name)
        except DatabaseAway:
            pass
        else:
            for live in list(self.rooms.values()):
                if self._database.holders[live.room.session].epoch != live.room.epoch:
                    self._refresh(live)
                    self.perform(live, live.room.move(self.now()))
        self._later(RENEW_SECONDS, self._renew)
