"""People at their screens: they come, wait, reload, vanish, come back, use two devices, and go."""

from functools import partial

import msgspec

from domain.errors import Refusal, RemovedFromSession, SessionOver
from domain.events.schedule import STAFF_ROLES, Role
from signaling.messages import Leave
from tests.faults.simulated.device import Device
from tests.faults.simulated.fleet import NEVER, Fleet
from tests.faults.simulated.node import Node
from tests.faults.simulated.truth import Truth
from tests.faults.simulated.world import World

SHORTLY = (3, 80)
LONG = (180, 700)
NEVER_AGAIN = (NEVER, NEVER)


class Seat(msgspec.Struct, frozen=True):
    """A person's place in a session."""

    session: str
    person: str
    role: Role


class Attendee:
    """One person in one session."""

    def __init__(self, fleet: Fleet, world: World, truth: Truth, seat: Seat) -> None:
        self.session, self.person, self.role = seat.session, seat.person, seat.role
        self.device: Device | None = None
        self.over = False
        self._fleet, self._world, self._truth = fleet, world, truth
        self.node: Node | None = None

    def arrive(self) -> None:
        """Come to the door for the first time; from now on things happen to this person."""
        self._come()
        self._live_on()

    def _live_on(self) -> None:
        patience = 1200 if self.role in STAFF_ROLES else 450
        self._world.after(20 + self._world.chance.expovariate(1 / patience), self._something_happens)

    def _something_happens(self) -> None:
        if self.over:
            return
        happenings = (self._reload, self._crash, self._vanish, self._step_out, self._second_device)
        if self.device is not None and self.device.admitted:
            self._world.chance.choice(happenings)(self.device)
        self._live_on()

    # ---- arrivals ----

    def _come(self, replaces: Device | None = None) -> None:
        if self.over:
            return
        node = self._fleet.node_for(self.session, self.node)
        if node is None:
            self._world.within(0.5, 2, partial(self._come, replaces))
            return
        self.device, self.node = self._new_device(), node
        self._enter(self.device, node, replaces)

    def _new_device(self) -> Device:
        return Device(self._world, self._truth, self.session, self.person, self.role)

    def _enter(self, device: Device, node: Node, replaces: Device | None) -> None:
        device.on_gone = partial(self._thrown_out, device, node)
        try:
            node.enter(device, replaces.connection if replaces else None)
        except (SessionOver, RemovedFromSession):
            self.over = True
        except Refusal:
            if device is self.device:
                self._world.within(0.5, 2, partial(self._come, replaces))

    def _thrown_out(self, device: Device, node: Node, how: str) -> None:
        """React to an end that the person did not choose: the node died or moved everybody, or staff decided."""
        if how in ("removed", "ended"):
            self.over = True
        if device is not self.device or how == "left":
            return
        if node.paused:
            self._world.within(4, 8, partial(self._give_up_on, device, node))
        elif how in ("node", "moved"):
            self._world.within(0.2, 2, partial(self._come, device))

    def _give_up_on(self, device: Device, node: Node) -> None:
        node.do(partial(node.lose, device, goodbye=True))
        self._come(device)

    def _come_back(self, after: tuple[float, float], replaces: Device | None = None) -> None:
        self._world.within(*after, partial(self._come, replaces))

    # ---- events ----

    def _reload(self, device: Device) -> None:
        self._break(device, goodbye=True)
        self._come_back((1, 4), device)

    def _crash(self, device: Device) -> None:
        """The tab dies; the system closes its socket without a goodbye."""
        self._break(device, goodbye=False)
        self._come_back(self._world.chance.choice((SHORTLY, LONG)))

    def _break(self, device: Device, *, goodbye: bool) -> None:
        device.end(self._world.now, "aborted")
        self._node_loses(device, goodbye)

    def _vanish(self, device: Device) -> None:
        """The network fails, or the lid closes: the node gets no sign of it."""
        self._fall_silent(device)
        self._come_back(self._world.chance.choice(((2, 12), SHORTLY, LONG, NEVER_AGAIN)), device)

    def _fall_silent(self, device: Device) -> None:
        device.end(self._world.now, "lost")
        self._world.at(device.missed_at(), partial(self._node_looks, device))
        self._world.at(device.noticed_at(), partial(self._node_loses, device, False))

    def _node_looks(self, device: Device) -> None:
        for node in self._fleet.nodes:
            node.do(partial(node.look_at, device.session))

    def _node_loses(self, device: Device, goodbye: bool) -> None:
        """Let the device's node lose it; the others do not know it."""
        for node in self._fleet.nodes:
            node.do(partial(node.lose, device, goodbye=goodbye))

    def _step_out(self, device: Device) -> None:
        self._say_goodbye(device)
        self._come_back(self._world.chance.choice((SHORTLY, SHORTLY, LONG, NEVER_AGAIN)))

    def _say_goodbye(self, device: Device) -> None:
        for node in self._fleet.nodes:
            node.do(partial(node.ask, device, Leave()))

    def _second_device(self, _: Device) -> None:
        """Join with a phone beside the laptop for a while; it may vanish too."""
        node = self._fleet.node_for(self.session, self.node)
        if node is None:
            return
        phone = self._new_device()
        self._enter(phone, node, None)
        way = self._world.chance.choice((self._say_goodbye, self._fall_silent))
        self._world.within(20, 900, lambda: way(phone) if phone.gone is None else None)
