"""`make bench-media`: measure, print the table and one line of JSON, and write its section of docs/benchmarks.md."""

import os
import signal
import sys
from collections.abc import Mapping

import msgspec
import uvloop
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

from bench import report
from bench.media.figures import figures, machine_line
from bench.media.load.generators import NoCompiler
from bench.media.run import Found, measure
from bench.media.sizes import FULL, QUICK, Sizes
from bench.report import DOCUMENT, Section
from runtime.clock import now

NOTES = (
    "A room of 12: each member sends Opus (50 packets/s of 90 bytes, with its level) and VP8 (35 packets/s of 1,060 "
    "bytes, in one quality) and receives the pictures of the 11 others and three voices: 6,420 outgoing packets/s. "
    "Janus does not choose voices; members ask it for the three speakers, who hear two voices: 6,270.",
    "All media stay inside the machine, under AES-GCM-128. Engine and load generator have a core each; the engines "
    "run in turn on the same core, with priority (nice -15).",
    "Clean means: nothing lost, nothing refused, 99 of 100 sampled packets forwarded within 20 ms. The generator reads "
    "its sockets every 0.4 ms; these delays include that.",
    "Processor time is the scheduler's, of all threads of the engine's process, with incoming media, reports and the "
    "kernel's work for it, divided by the outgoing packets.",
    "The members of the storm do their handshakes on the generator's core, so its seconds include their own work.",
    "Memory is the process's growth from empty to the first step's rooms, per participant.",
)


def main(environ: Mapping[str, str]) -> int:
    """Run with the sizes from QUICK."""
    console = Console(stderr=True)
    quick = environ.get("QUICK", "0") not in ("", "0")
    try:
        found = run(QUICK if quick else FULL, console)
    except NoCompiler as error:
        console.print(f"[red]{error}")
        return 1
    for why in found.missing:
        console.print(f"[bold red]**** NOT MEASURED: {why}. ****")
    section = _section("make bench-media QUICK=1" if quick else "make bench-media", found)
    report.show(section, Console(width=None if sys.stdout.isatty() else 200))
    if not quick:
        report.write(section, now().date().isoformat())
        console.print(f"Written to {DOCUMENT}.")
    print(msgspec.json.encode(machine_line(found)).decode())
    return 0


def run(sizes: Sizes, console: Console) -> Found:
    """The results of one run, with progress for people."""
    columns = (*Progress.get_default_columns(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        return uvloop.run(measure(sizes, progress))


def _section(command: str, found: Found) -> Section:
    began = f"At the start, the machine's load average was {found.load_average:.1f}."
    missing = tuple(f"Not measured: {why}." for why in found.missing)
    return Section(
        name="media",
        title="Media: packets through one core",
        command=command,
        notes=(*NOTES, began, *missing),
        figures=figures(found),
    )


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the run's changes are undone, as after Ctrl-C
    sys.exit(main(dict(os.environ)))  # noqa: TID251  the process's start: the only reader of the environment
