"""The nodes and the database together: how people find their room, and everything that goes wrong."""

from collections.abc import Sequence
from functools import partial

from domain.events.room import (
    BreakEnded,
    BreakStarted,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionOpened,
    ConnectionReturned,
    PersonRemoved,
    PersonReturned,
    SessionEnded,
    SessionExtended,
)
from domain.events.schedule import STAFF_ROLES
from domain.instants import second
from signaling.messages import EndSession
from signaling.room.effects import Effect, Record
from tests.faults.simulated.database import Database
from tests.faults.simulated.live_room import LiveRoom
from tests.faults.simulated.node import Node
from tests.faults.simulated.truth import Truth
from tests.faults.simulated.world import BEGIN, Act, World

NEVER = 20_000.0
"""Seconds; long after the evening."""


class Fleet:
    """Signaling nodes on one database. Everything on a node's disk goes into the truth at its true time."""

    def __init__(self, world: World, truth: Truth, nodes: int) -> None:
        self.database = Database(world)
        self.nodes = [Node(f"node-{number}", world, self.database, self._witness) for number in range(1, nodes + 1)]
        self._world = world
        self._truth = truth
        for node in self.nodes:
            node.start()

    def node_for(self, session: str, last: Node | None) -> Node | None:
        """The node that a resume or a ticket leads to; None while there is none."""
        if last is not None and last.answers and session in last.rooms:
            return last
        if not self.database.up:
            return None
        living = [node for node in self.nodes if self.database.lives(node.name)]
        holder = self.database.holders.get(session)
        for node in living:
            if holder is not None and holder.open and holder.node == node.name:
                return node if node.answers else None
        open_to_new = [node for node in living if not node.draining]
        found = min(open_to_new, key=lambda node: len(node.rooms), default=None)
        return found if found is not None and found.answers else None

    def _witness(self, live: LiveRoom, effects: Sequence[Effect], at: float) -> None:
        for effect in effects:
            if isinstance(effect, Record):
                self._of_device(live, effect, at)
                if self.database.holders[live.room.session].epoch == live.room.epoch:
                    self._of_session(live.room.session, effect, at)

    def _of_device(self, live: LiveRoom, effect: Record, at: float) -> None:
        match effect.event:
            case ConnectionAdmitted(connection=connection, id=admission):
                live.devices[connection].enter(at, admission)
            case ConnectionReturned(connection=connection):
                live.devices[connection].send_back(at)
            case ConnectionClosed(connection=connection, cause=cause) if connection in live.devices:
                device = live.devices.pop(connection)
                if effect.event.act == "removed":
                    self._truth.sends_off(device.session, device.person, at)
                if cause != "lost" and device.gone is None:
                    device.end(at, cause)
                    device.on_gone(cause)

            case PersonRemoved(person=person) | PersonReturned(person=person):
                self._truth.sends_off(live.room.session, person, at)

    def _of_session(self, session: str, effect: Record, at: float) -> None:
        match effect.event:
            case ConnectionOpened(person=person, role="client"):
                self._truth.arrives(session, person, second(effect.event.at))
            case SessionEnded():
                self._truth.ends(session, at)
            case SessionExtended(until=until):
                self._truth.extends(session, (until - BEGIN).total_seconds())
            case BreakStarted():
                self._truth.breaks_off(session, at)
            case BreakEnded():
                self._truth.goes_on(session, at)

    # ---- misfortunes ----

    def suffer(self, until: float) -> None:
        """Cause one misfortune after the other, until then."""
        self._world.within(100, 400, partial(self._misfortune, until))

    def _misfortune(self, until: float) -> None:
        if self._world.now > until:
            return
        node = self._world.chance.choice(self.nodes)
        happenings: list[Act] = [
            partial(self._kill, node),
            partial(node.kill_in_the_act, partial(self._restart, node)),
            partial(self._freeze, node),
            partial(self._drain, node),
            partial(node.machine.step, self._world.chance.choice((-3600, -40, 40, 3600))),
            self._outage,
        ]
        happening = self._world.chance.choice(happenings)
        if node.answers and not node.draining and not any(other.paused for other in self.nodes):
            happening()
        self.suffer(until)

    def _kill(self, node: Node) -> None:
        node.kill()
        self._restart(node)

    def _restart(self, node: Node) -> None:
        """Start the node again, mostly soon; sometimes never, and only its disk is shipped after the evening."""
        others = sum(other.up for other in self.nodes if other is not node)
        self._world.after(self._world.chance.choice((2, 5, 20, 90, NEVER if others > 1 else 90)), node.start)

    def _freeze(self, node: Node) -> None:
        """Freeze a node long enough for another to take its rooms; other tests cover shorter sleeps."""
        others = [other for other in self.nodes if other.answers and not other.draining and not other.doomed]
        if self.database.up and others != [node]:
            node.pause()
            for live in node.rooms.values():
                self._press_in_vain(node, live)
            self._world.within(15, 120, node.wake)

    def _press_in_vain(self, node: Node, live: LiveRoom) -> None:
        """Staff end the session at a frozen screen: the node reads it when it wakes, and it must not count."""
        staff = [device for device in live.devices.values() if device.role in STAFF_ROLES]
        if staff and self._world.chance.random() < 0.3:
            node.do(partial(node.ask, staff[0], EndSession()))

    def _drain(self, node: Node) -> None:
        node.drain()
        self._world.after(3, node.stop)
        self._world.within(5, 60, node.start)

    def _outage(self) -> None:
        if self.database.up:
            self.database.up = False
            self._world.within(5, 500, self._back)

    def _back(self) -> None:
        self.database.up = True

    def bring_everything_in(self) -> None:
        """After the evening: wake all nodes, bring the database back, and ship every disk, some twice."""
        self.database.up = True
        for node in self.nodes:
            if node.paused:
                node.wake()
        self._world.run(self._world.now + 60)
        self.database.up = True
        for node in self.nodes:
            node.ship_and_close()
            self.database.deliver(node.disk)
