"""`make bench-ledger`: measure, print the table, and write its section of docs/benchmarks.md."""

import os
from collections.abc import Mapping

import msgspec
import uvloop
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

from bench import report
from bench.ledger.installation import installed
from bench.ledger.run import Stage, measure
from bench.ledger.sizes import FULL, QUICK, Sizes
from bench.report import DOCUMENT, Figure, Section
from runtime.clock import now

NOTES = (
    "Beside a long history: one clinic's evenings over three years, with their schedule, their records and everybody's "
    "consent, against the first days of the same; two databases, two servers, and requests that take turns. "
    "EVENTS=10000000 makes the long one longer.",
    "While people come and go the rooms stay the same and staff stay in them; MINUTES=60 goes on for an hour.",
    "Postgres is durable (fsync, synchronous commit); the load generator shares the machine with all it measures.",
    "COPY is one COPY of the same rows into a table with the ledger's columns, indexes, checks and foreign key, "
    "taking turns with the shipper; both figures are the medians of the rounds.",
    "A message that is committed is a break declared or ended by staff: one fact each, one room a socket.",
    "Slow adds 200 ms to each answer of Postgres; away cuts its connections and refuses new ones.",
    "A flooder is a process on another core that is admitted to one of the rooms, sends every kind of message, pings "
    "and junk, and comes back by its resume when it is dismissed. The lease is renewed each second and lasts three.",
    "A knock is the HTTP request for a ticket by a personal link; then socket, lobby, and staff who let everyone in; "
    "it breaks at the first failure, or where p99 is over 2 s. "
    "Without media nobody sends any. With media each visitor also connects a path of its own and sends a clip; a DTLS "
    "handshake costs the visitor as much as the server, and on this machine both are paid for.",
)


def main(environ: Mapping[str, str]) -> None:
    """Run with the sizes that QUICK, EVENTS and MINUTES ask for."""
    console = Console(stderr=True)
    quick = environ.get("QUICK", "0") not in ("", "0")
    sizes = QUICK if quick else FULL
    if events := environ.get("EVENTS", ""):
        sizes = msgspec.structs.replace(sizes, events=int(events))
    if minutes := environ.get("MINUTES", ""):
        sizes = msgspec.structs.replace(sizes, minutes=float(minutes))
    busy = os.getloadavg()[0]
    section = _section(
        "QUICK=1 make bench-ledger" if quick else "make bench-ledger", run(sizes, environ, console), busy
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


def _section(command: str, figures: list[Figure], busy: float) -> Section:
    return Section(
        name="ledger",
        title="The ledger: facts, doors and minutes",
        command=command,
        notes=(*NOTES, f"When it began, the machine's load average was {busy:.1f}."),
        figures=figures,
    )


if __name__ == "__main__":
    main(dict(os.environ))  # noqa: TID251  the process's start: the one place that reads it
