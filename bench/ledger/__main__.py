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
    "A long history: one clinic's evenings over three years, with their schedule, records and all clients' consents, "
    "compared with their first days; two databases, two servers, and requests that take turns. "
    "EVENTS=10000000 makes the long one longer.",
    "While people come and go, the rooms and their staff stay; MINUTES=60 runs this for an hour.",
    "Postgres is durable (fsync, synchronous commit); the load generator shares the machine with what it measures.",
    "COPY is one COPY of the same rows into a table with the ledger's columns, indexes, checks and foreign key, "
    "taking turns with the shipper; both figures are the medians of the rounds. The shipper does more than COPY: it "
    "reads and checks the journal, numbers the rows of each clinic under its lock, passes over repeats and checks each "
    "stream's chain, and commits every batch; with one clinic nothing of that runs beside the copying.",
    "Each committed message is a break that staff declare or end: one fact each, one room per socket.",
    "Slow adds 200 ms to each answer of Postgres; away cuts its connections and refuses new ones.",
    "A flooder is a process on another core that is admitted to one of the rooms, sends every kind of message, pings "
    "and junk, and resumes when it is dismissed. The lease is renewed each second and lasts three.",
    "A knock is the HTTP request for a ticket by a personal link; then socket, lobby, and staff who admit everyone; "
    "a rate breaks at the first failure, or when p99 is over 2 s. "
    "With media, each visitor also connects its own path and sends a clip; a DTLS handshake costs the visitor as much "
    "as the server, and both run on this machine.",
)


def main(environ: Mapping[str, str]) -> None:
    """Run with the sizes from QUICK, EVENTS and MINUTES."""
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
        notes=(*NOTES, f"At the start, the machine's load average was {busy:.1f}."),
        figures=figures,
    )


if __name__ == "__main__":
    main(dict(os.environ))  # noqa: TID251  the process's start: the only reader of the environment
