"""`python -m bench.minutes.against CHECKOUT`: compare this release's restatement of a ledger with another checkout's.

Each has its own database, with its own tables and the same facts, and runs with this checkout's packages; they take
turns. EVENTS is the number of facts, PAIRS the number of turns of each.
"""

import asyncio
import contextlib
import os
import statistics
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from bench.minutes.run import agree

HERE = Path(__file__).parents[2]
EVENTS, PAIRS = "200000", "3"


async def compare(other: Path, environ: Mapping[str, str]) -> list[float]:
    """The other's seconds divided by this release's, pair by pair: above 1, this release is faster.

    Raises:
        Different: they do not credit the same seconds for the same facts.
    """
    async with _restating(HERE, environ) as own, _restating(other, environ) as theirs:
        agree(await _line(own), await _line(theirs), "the facts, or the seconds that are credited")
        return [await _pair(own, theirs, number) for number in range(int(environ.get("PAIRS") or PAIRS))]


@contextlib.asynccontextmanager
async def _restating(checkout: Path, environ: Mapping[str, str]) -> AsyncIterator[Process]:
    """A process with the checkout's code that waits for its turns."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("restating.py")),
        environ.get("EVENTS") or EVENTS,
        cwd=checkout,
        env={**environ, "PYTHONPATH": str(checkout), "PYTHONSAFEPATH": "1"},
        stdin=PIPE,
        stdout=PIPE,
    )
    try:
        yield process
    finally:
        assert process.stdin is not None  # noqa: S101  it is a pipe, some lines above
        process.stdin.close()
        await process.wait()


async def _pair(own: Process, theirs: Process, number: int) -> float:
    """The ratio of one turn of each; they begin alternately."""
    turns = {process: await _turn(process) for process in ((own, theirs) if number % 2 == 0 else (theirs, own))}
    mine, other = turns[own], turns[theirs]
    print(f"this release {mine:.2f} s, the other {other:.2f} s: {other / mine:.2f} × as fast", flush=True)
    return other / mine


async def _turn(process: Process) -> float:
    assert process.stdin is not None  # noqa: S101  it is a pipe
    process.stdin.write(b"turn\n")
    return float(await _line(process))


async def _line(process: Process) -> str:
    assert process.stdout is not None  # noqa: S101  it is a pipe
    return (await process.stdout.readline()).decode().strip()


if __name__ == "__main__":
    ratios = asyncio.run(compare(Path(sys.argv[1]).resolve(), dict(os.environ)))  # noqa: TID251  the process's start
    print(f"restatement: {statistics.median(ratios):.2f} × as fast, the median of {len(ratios)} pairs")
