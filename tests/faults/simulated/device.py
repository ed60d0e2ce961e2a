"""A device: the browser's end of one socket, its signs of life, and the truth about its presence."""

import math
from collections.abc import Callable

from domain.events.schedule import Role
from signaling.hosting.rooms import TICK_SECONDS
from signaling.room.evidence import DEAD_SECONDS, MISSED, PING_SECONDS
from tests.faults.simulated.truth import UNPROVED, Stay, Truth
from tests.faults.simulated.world import World

MEDIA_SECONDS = 1.0
AT_ONCE = 2.0
LONGEST_JOURNEY = 0.1
"""Seconds from a sign's sending to its arrival."""


class Device:
    """Alive from its opening until it is `gone`; staff let it in, send it back, or close it."""

    def __init__(self, world: World, truth: Truth, session: str, person: str, role: Role) -> None:
        self.session, self.person, self.role = session, person, role
        self.connection = world.new_id()
        self.opened = world.now
        self.gone: float | None = None
        self.on_gone: Callable[[str], None] = lambda how: None
        """Called by the device's node with how it ended, unless its person ended it."""
        self._world, self._truth = world, truth
        self._media = world.chance.random() < 0.7
        self._phase = world.now + world.chance.random() * MEDIA_SECONDS
        self._journey = world.chance.uniform(0.01, LONGEST_JOURNEY)
        self._reported = world.now
        self._stay: Stay | None = None
        self._stays: list[Stay] = []

    @property
    def admitted(self) -> bool:
        """Whether it is in the room, and alive."""
        return self._stay is not None and self.gone is None

    def enter(self, at: float, admission: str) -> None:
        """Let it in: its presence begins, if it is alive."""
        if self._stay is None and (self.gone is None or self.gone > at):
            witness = "media" if self._media else "socket"
            self._stay = Stay(self.session, self.person, self.role, admission, at, witness)
            self._truth.stays.append(self._stay)
            if self.gone is not None:
                self._close_stay(self.gone, "lost")

    def send_back(self, at: float) -> None:
        """Send it back to the lobby; if it fell silent just then, the order of the two is unknown."""
        self._close_stay(at, "returned")
        if self.gone is not None and self._stays and at - self.gone < AT_ONCE:
            self._stays[-1].how = UNPROVED

    def end(self, at: float, how: str) -> None:
        """End its signs of life; `how` is `left`, `lost`, `aborted`, `node`, `removed`, `ended` or `moved`."""
        if self.gone is None:
            self.gone = at
            self._close_stay(at, how)
            if how not in ("left", "removed", "ended", "moved"):
                self._doubt_what_staff_did()

    def _doubt_what_staff_did(self) -> None:
        for stay in self._stays:
            if stay.how == "returned":
                stay.how = UNPROVED

    def _close_stay(self, at: float, how: str) -> None:
        if self._stay is not None:
            self._stay.end, self._stay.how = at, how
            if at < self._stay.start + MEDIA_SECONDS:
                self._stay.witness = "socket"  # its media may not have given a sign yet
            self._stays.append(self._stay)
            self._stay = None

    def forget(self, how: str) -> None:
        """End it with its node: evidence that was not kept yet and silence not noticed yet are lost too."""
        self.end(self._world.now, how)
        if self._stays and self._stays[-1].how in ("lost", "aborted"):
            self._stays[-1].how = how

    def next_sign(self, now: float) -> tuple[float, str] | None:
        """The last sign, if it was not reported before."""
        at, witness = self.last_sign(now)
        if at <= self._reported:
            return None
        self._reported = at
        return at, witness

    def last_sign(self, now: float) -> tuple[float, str]:
        """`(time, witness)` of the last sign that arrived by `now`."""
        alive = now - self._journey if self.gone is None else min(self.gone, now - self._journey)
        pong = self._phase + math.floor((alive - self._phase) / PING_SECONDS) * PING_SECONDS + self._journey
        packet = self._phase + math.floor((alive - self._phase) / MEDIA_SECONDS) * MEDIA_SECONDS + self._journey
        if self._media and self._stay_or_gone:
            return max(packet, self.opened), "media"
        return max(pong, self.opened), "socket"

    @property
    def _stay_or_gone(self) -> bool:
        """Media flows only in the room; after its end, earlier media counts."""
        return self._stay is not None or self.gone is not None

    def missed_at(self) -> float:
        """When a node that received its media asks for a sign: at the next tick after a sign was due."""
        assert self.gone is not None
        return self.last_sign(self.gone + self._journey)[0] + MISSED.total_seconds() + TICK_SECONDS

    def noticed_at(self) -> float:
        """When a node finds that it fell silent: `DEAD_SECONDS` after its last pong arrived."""
        assert self.gone is not None
        pongs = math.floor((self.gone - self._phase) / PING_SECONDS)
        return max(self._phase + pongs * PING_SECONDS, self.opened) + self._journey + DEAD_SECONDS
