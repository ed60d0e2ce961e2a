"""Memory of the processes while people join the same rooms and leave, again and again."""

import asyncio
import time
from collections.abc import Callable, Mapping

import msgspec

from bench.ledger.arriving import storm
from bench.ledger.arriving.flooding import memory_of
from bench.ledger.arriving.people import staffed
from bench.ledger.arriving.storm import Door
from bench.ledger.timing import median
from bench.report import Figure, judged

AIM = 1.05
PEOPLE_PER_SECOND = 6.0
LOOK_SECONDS = 0.25

Memory = dict[str, list[float]]
"""By process, MiB at each sample."""


class Round(msgspec.Struct, frozen=True):
    """The people who join and leave, and for how many minutes."""

    people: int
    minutes: float


async def measure(door: Door, processes: Mapping[str, int], again: Round, advance: Callable[[], None]) -> list[Figure]:
    """Each process's memory in the last third of the time, compared with the middle one; the first is warm-up."""
    crowd = await storm.gather(door, again.people)
    memory: Memory = {name: [] for name in processes}
    failures: list[str] = []
    async with staffed(door.tickets, crowd.sessions, door.clinic.facilitator), asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(_watch(processes, memory))
        ends = time.monotonic() + 60 * again.minutes
        while time.monotonic() < ends or len(memory["server"]) < 3:
            outcome = await storm.come(door, crowd, again.people / PEOPLE_PER_SECOND, lambda: None)
            failures += outcome.failures
            advance()
        watching.cancel()
    return [_flat(name, held, again, failures) for name, held in memory.items()]


async def _watch(processes: Mapping[str, int], memory: Memory) -> None:
    """Sample until the task is cancelled."""
    while True:
        for name, process in processes.items():
            memory[name].append(memory_of(process))
        await asyncio.sleep(LOOK_SECONDS)


def _flat(name: str, held: list[float], again: Round, failures: list[str]) -> Figure:
    third = len(held) // 3
    first, middle, last = (median(part) for part in (held[:third], held[third : 2 * third], held[2 * third :]))
    failed = f"; {len(failures)} failures, the first: {failures[0]}" if failures else ""
    return judged(
        f"memory of the {name} while people come and go for {again.minutes:g} min",
        f"{first:.1f}, {middle:.1f}, {last:.1f} MiB in each third{failed}",
        f"last ≤ {AIM} × middle, 0 failures",
        last <= AIM * middle and not failures,
    )
