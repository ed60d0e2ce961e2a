"""Two workers, each in its own process, over many clinics, compared with one; and their waits for locks."""

import asyncio
import contextlib
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable

import asyncpg
import msgspec
from rich.progress import Progress

from bench.ledger import clinic as clinics
from bench.ledger.installation import Installation
from bench.minutes import stored
from bench.minutes.sizes import Sizes
from bench.minutes.stored import Among
from bench.report import Figure, judged
from store.database import Database

AIM, WAITING_AIM = 1.2, 0.05
LOOK_SECONDS = 0.01
_WAITING_SQL = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'
"""


class Shared(msgspec.Struct, frozen=True):
    """The workers' facts per second, and the share of their time (0 to 1) that they waited for locks."""

    rate: float
    waiting: float


class WorkerGone(Exception):
    """A worker ended too early, so there is no measurement."""


async def measure(installation: Installation, sizes: Sizes, progress: Progress) -> list[Figure]:
    """Events per second of one worker, and of two."""
    task = progress.add_task(f"Two workers over {sizes.clinics} clinics, against one", total=2 * sizes.crowded)
    found = [await _shared(installation, sizes, n, lambda count: progress.advance(task, count)) for n in (1, 2)]
    one, two = found
    ratio = two.rate / one.rate
    return [
        Figure(f"one worker over {sizes.clinics} clinics", f"{one.rate:,.0f} events/s"),
        judged("… two workers", f"{two.rate:,.0f} events/s, {ratio:.2f} × one", f"≥ {AIM} ×", ratio >= AIM),
        judged(
            "… share of their time waiting for locks",
            f"{two.waiting:.1%}",
            f"< {WAITING_AIM:.0%}",
            two.waiting < WAITING_AIM,
        ),
    ]


async def _shared(installation: Installation, sizes: Sizes, workers: int, advance: Callable[[int], None]) -> Shared:
    """Measure `workers` workers over the same facts, with one group per clinic."""
    application_url, owner_url = await installation.fresh_database(f"shared_{workers}")
    async with Database.open(application_url, unhurried=True) as database:
        made = [await clinics.found(database, 1) for _ in range(sizes.clinics)]
    owner = await asyncpg.connect(owner_url)
    facts = await stored.fill(owner, made, Among(sizes.crowded, sizes.clinics), advance)
    async with contextlib.AsyncExitStack() as stack:
        ready = [await stack.enter_async_context(_worker(application_url)) for _ in range(workers)]
        began = time.perf_counter()
        for worker in ready:
            _send(worker, "begin")
        seen = await _watch(owner, ready)
        seconds = time.perf_counter() - began
    await owner.close()
    return Shared(facts / seconds, sum(seen) / (workers * max(1, len(seen))))


async def _watch(owner: "asyncpg.Connection[asyncpg.Record]", workers: list[Process]) -> list[int]:
    """The number of waits for locks, at each sample, until all workers are done."""
    ending = asyncio.gather(*(worker.wait() for worker in workers))
    seen: list[int] = []
    while not ending.done():
        seen.append(await owner.fetchval(_WAITING_SQL))
        await asyncio.wait([ending], timeout=LOOK_SECONDS)
    if any(await ending):
        raise WorkerGone
    return seen


@contextlib.asynccontextmanager
async def _worker(url: str) -> AsyncIterator[Process]:
    """A worker that is ready to begin."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.minutes.reader", stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None  # noqa: S101  it is a pipe, a line above
    try:
        _send(process, url)
        await process.stdout.readline()
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _send(worker: Process, line: str) -> None:
    assert worker.stdin is not None  # noqa: S101  workers are started with a pipe
    worker.stdin.write(f"{line}\n".encode())
