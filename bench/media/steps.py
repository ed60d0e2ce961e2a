"""What was seen of one engine, step by step."""

import msgspec

from bench.media.load.generators import Window
from bench.media.processes import Usage

CLEAN_DELAY = 0.020
COMPLETE = 0.97
"""At least so much of what was due must have arrived: a stream that stopped leaves no gap behind it."""
DISTURBED = 0.05
"""Beyond this disturbance, a step is measured again."""


class Step(msgspec.Struct, frozen=True):
    """What was seen with so many rooms."""

    rooms: int
    due: float
    """Packets a second that subscribers should get."""
    window: Window
    used: Usage
    generator_waited: float
    """Seconds that the load was ready to run and did not get its core."""

    @property
    def rate(self) -> float:
        """Outgoing packets a second."""
        return self.window.received / self.window.seconds

    @property
    def packet_seconds(self) -> float:
        """Processor time a packet that was forwarded: all the engine did, its incoming side included."""
        return self.used.seconds / max(1, self.window.received)

    @property
    def load(self) -> float:
        """The share of its core that the engine used."""
        return self.used.seconds / self.window.seconds

    @property
    def rate_of_a_core(self) -> float:
        """Outgoing packets a second that a whole core would forward at this cost."""
        return 1 / self.packet_seconds if self.used.seconds else 0.0

    @property
    def is_clean(self) -> bool:
        """Nothing lost, nothing refused, everything there, 99 of 100 within 20 ms."""
        window = self.window
        return self.is_complete and window.lost == window.refused == 0 and window.delay(0.99) < CLEAN_DELAY

    @property
    def is_complete(self) -> bool:
        """What was due has arrived."""
        return self.rate >= COMPLETE * self.due

    @property
    def disturbance(self) -> float:
        """The share of the time in which other work may have had a core that the engine or the load had work for.

        Threads of an engine that wait for each other count as waiting too, but not beyond what the engine left over.
        """
        left_over = max(0.0, self.window.seconds - self.used.seconds)
        return max(min(self.used.waited_seconds, left_over), self.generator_waited) / self.window.seconds

    @property
    def generator_was_late(self) -> bool:
        """The load itself could not keep its schedule."""
        return self.window.late > 0


class Storm(msgspec.Struct, frozen=True):
    """Whole rooms that came at once beside running ones."""

    handshakes: int
    seconds: float
    window: Window
    used: Usage


class Climb(msgspec.Struct, frozen=True):
    """How far one engine came."""

    name: str
    empty: Usage
    steps: tuple[Step, ...]
    storm: Storm
    members: int

    @property
    def first(self) -> Step:
        """Where all engines are compared."""
        return self.steps[0]

    @property
    def best(self) -> Step | None:
        """The highest step that was clean."""
        return next((step for step in reversed(self.steps) if step.is_clean), None)

    @property
    def memory_of_a_participant(self) -> float:
        """Bytes, with the first step's rooms."""
        return (self.first.used.memory - self.empty.memory) / (self.first.rooms * self.members)
