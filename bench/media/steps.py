"""The measurements of one engine, step by step."""

import msgspec

from bench.media.load.generators import Window
from bench.media.processes import Usage

CLEAN_DELAY = 0.020
COMPLETE = 0.97
"""The least share of due packets that must arrive: a stopped stream leaves no gap in sequence numbers."""
DISTURBED = 0.05
"""Above this disturbance, a step is measured again."""


class Step(msgspec.Struct, frozen=True):
    """The measurement with `rooms` rooms."""

    rooms: int
    due: float
    """Packets per second that subscribers should get."""
    window: Window
    used: Usage
    generator_waited: float
    """Seconds that the load generator was ready to run and did not get its core."""

    @property
    def rate(self) -> float:
        """Outgoing packets per second."""
        return self.window.received / self.window.seconds

    @property
    def packet_seconds(self) -> float:
        """Processor seconds per forwarded packet: all work of the engine, including its incoming side."""
        return self.used.seconds / max(1, self.window.received)

    @property
    def load(self) -> float:
        """The share of its core that the engine used."""
        return self.used.seconds / self.window.seconds

    @property
    def rate_of_a_core(self) -> float:
        """Outgoing packets per second that a whole core would forward at this cost."""
        return 1 / self.packet_seconds if self.used.seconds else 0.0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost or refused, all due packets arrived, and 99 of 100 within 20 ms."""
        window = self.window
        return self.is_complete and window.lost == window.refused == 0 and window.delay(0.99) < CLEAN_DELAY

    @property
    def is_complete(self) -> bool:
        """Whether the due packets have arrived."""
        return self.rate >= COMPLETE * self.due

    @property
    def disturbance(self) -> float:
        """The share of time in which other work may have had a core that the engine or the load generator needed.

        An engine's threads that wait for each other count too, but at most the time that the engine left over.
        """
        left_over = max(0.0, self.window.seconds - self.used.seconds)
        return max(min(self.used.waited_seconds, left_over), self.generator_waited) / self.window.seconds

    @property
    def generator_was_late(self) -> bool:
        """Whether the load generator could not keep its schedule."""
        return self.window.late > 0


class Storm(msgspec.Struct, frozen=True):
    """Whole rooms that were added at once while others ran."""

    handshakes: int
    seconds: float
    window: Window
    used: Usage


class Climb(msgspec.Struct, frozen=True):
    """The steps of one engine."""

    name: str
    empty: Usage
    steps: tuple[Step, ...]
    storm: Storm
    members: int

    @property
    def first(self) -> Step:
        """The step at which all engines are compared."""
        return self.steps[0]

    @property
    def best(self) -> Step | None:
        """The highest clean step."""
        return next((step for step in reversed(self.steps) if step.is_clean), None)

    @property
    def memory_of_a_participant(self) -> float:
        """Bytes per participant, with the first step's rooms."""
        return (self.first.used.memory - self.empty.memory) / (self.first.rooms * self.members)
