"""Knock to admitted while one member of a room floods the node, compared with quiet rooms."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import msgspec

from bench.ledger.arriving import storm
from bench.ledger.arriving.people import PATIENCE_SECONDS, staffed
from bench.ledger.arriving.storm import Door, Outcome
from domain.ledger.streams import LEASE
from runtime.clock import new_id
from store.database import Database

RATE = 5_000
"""Messages per second that the flooder tries to send."""
SETTLE_SECONDS = 3.0
"""Seconds after the flood until memory is read again."""
LOOK_SECONDS = 0.05


class FlooderGone(Exception):
    """The flood ended too early, so there is no measurement."""


class Measured(msgspec.Struct, frozen=True):
    """Both outcomes, the oldest age of the node's lease, and the node's memory in MiB: before, at most, and after."""

    quiet: Outcome
    flooded: Outcome
    lease_age_s: float
    memory: tuple[float, float, float]
    processor: tuple[float, float]
    """Processor seconds that the node used, quiet and flooded: a busy machine changes them little."""


class _Watch:
    """The oldest age of a node's lease, and its highest memory."""

    def __init__(self, database: Database, node: str, process: int) -> None:
        self._database, self._node, self._process = database, node, process
        self.lease_age_s, self.memory = 0.0, 0.0

    async def run(self) -> None:
        """Sample until the task is cancelled."""
        while True:
            async with self._database.transaction() as tx:
                left = await tx.fetchval("SELECT lease_until - clock_timestamp() FROM nodes WHERE id = $1", self._node)
            self.lease_age_s = max(self.lease_age_s, (LEASE - left).total_seconds())
            self.memory = max(self.memory, memory_of(self._process))
            await asyncio.sleep(LOOK_SECONDS)


async def measure(door: Door, people: int, seconds: float, advance: Callable[[], None]) -> Measured:
    """`people` join their rooms twice: all rooms quiet, and one room with a flooder."""
    node, crowd = door.tickets.node, await storm.gather(door, people)
    os.sched_setaffinity(node.process, {_cores()[0]})
    began = processor_of(node.process)
    quiet = await storm.run(door, people, seconds, advance)
    between = processor_of(node.process)
    before = memory_of(node.process)
    watch = _Watch(door.database, node.id, node.process)
    async with (
        staffed(door.tickets, crowd.sessions, door.clinic.facilitator),
        _flooder(door, crowd.sessions),
        asyncio.TaskGroup() as tasks,
    ):
        watching = tasks.create_task(watch.run())
        flooded = await storm.come(door, crowd, seconds, advance)
        watching.cancel()
    await asyncio.sleep(SETTLE_SECONDS)
    memory, processor = memory_of(node.process), processor_of(node.process)
    return Measured(
        quiet, flooded, watch.lease_age_s, (before, watch.memory, memory), (between - began, processor - between)
    )


def memory_of(process: int) -> float:
    """The process's memory in MiB."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor_of(process: int) -> float:
    """The process's used processor time in seconds."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _cores() -> tuple[int, int]:
    """A core for the node and another for the flooder; the same if there is only one."""
    first, *_, last = sorted(os.sched_getaffinity(0)) * 2
    return first, last


@contextlib.asynccontextmanager
async def _flooder(door: Door, sessions: Sequence[str]) -> AsyncIterator[None]:
    """A flooder in the first room, on another core than the node's."""
    command = [sys.executable, "-m", "bench.ledger.arriving.flooder", door.tickets.node.url, str(RATE)]
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None  # noqa: S101  it is a pipe, a line above
    assert process.stdout is not None  # noqa: S101  it is a pipe too
    os.sched_setaffinity(process.pid, {_cores()[1]})
    try:
        process.stdin.write(f"{door.tickets.to(sessions[0], new_id())}\n".encode())
        async with asyncio.timeout(PATIENCE_SECONDS):
            await process.stdout.readline()
        draining = asyncio.create_task(process.stdout.read())
        yield
        if draining.done():
            raise FlooderGone
        draining.cancel()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
