"""`make bench-minutes`: measure, print the table, and write its section of docs/benchmarks.md."""

import os
from collections.abc import Mapping

import msgspec
import uvloop
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

from bench import report
from bench.ledger.installation import installed
from bench.minutes.run import Stage, measure
from bench.minutes.sizes import FULL, QUICK, Sizes
from bench.report import DOCUMENT, Figure, Section
from runtime.clock import now

NOTES = (
    "An evening: three and a quarter hours, a facilitator and twelve clients, about a hundred facts; people come "
    "early or late, are dropped and come back, change devices, wait, and overrun the break.",
    "The SQL (`bench/minutes/peer.sql`) does the steps 1, 2 and 5 to 7 with window functions over typed columns "
    "in memory, on one core, without nested loops; the core does all nine steps, and holds, status and units. "
    "Under a policy that bridges nothing both must give the same seconds for every client, or the run fails.",
    "Core and SQL take turns, and are measured in processor seconds, so that other work does not count. Each figure "
    "is the best of the rounds.",
    "The crowds take turns, a batch each, so that all meet the same machine load. Two workers are processes that "
    "share the facts that one reads alone; waits for locks of Postgres are counted every 10 ms.",
    "The worker and the restatement are the worker's own code on one core, next to Postgres: fetching, decoding, "
    "computing with derivation, and replacing records and hour totals. Every resulting byte is compared.",
    "`python -m bench.minutes.against CHECKOUT` restates the same facts with another release's checkout and with this "
    "one in turns, each in its own database, and prints how many times as fast this one is.",
)


def main(environ: Mapping[str, str]) -> None:
    """Run with the sizes from QUICK and EVENTS."""
    console = Console(stderr=True)
    quick = environ.get("QUICK", "0") not in ("", "0")
    sizes = QUICK if quick else FULL
    if events := environ.get("EVENTS", ""):
        sizes = msgspec.structs.replace(sizes, restated=int(events))
    section = Section(
        name="minutes",
        title="The minute: facts to seconds, and why",
        command="QUICK=1 make bench-minutes" if quick else "make bench-minutes",
        notes=NOTES,
        figures=run(sizes, environ, console),
    )
    report.show(section, Console())
    if not quick:
        report.write(section, now().date().isoformat())
        console.print(f"Written to {DOCUMENT}.")


def run(sizes: Sizes, environ: Mapping[str, str], console: Console) -> list[Figure]:
    """The figures of one run, with progress for people."""
    columns = (*Progress.get_default_columns(), MofNCompleteColumn(), TimeElapsedColumn())
    with installed(dict(environ)) as installation, Progress(*columns, console=console) as progress:
        return uvloop.run(measure(Stage(installation, sizes, progress)))


if __name__ == "__main__":
    main(dict(os.environ))  # noqa: TID251  the process's start: the only reader of the environment
