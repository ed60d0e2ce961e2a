"""`make bench-people`: measure the search of clients, print the table, and write its section of docs/benchmarks.md."""

import os
from collections.abc import Mapping

import uvloop
from rich.console import Console

from bench import report
from bench.ledger.installation import installed
from bench.people.run import FULL, QUICK, measure
from bench.report import DOCUMENT, Section
from runtime.clock import now

NOTES = (
    "Two clinics in one database, the second a tenth of the first. Names are invented, in twelve scripts; half of the "
    "family names are of a short list, so that many share them.",
    "What is typed is a moment in the typing of a name, an alias, an id or a part of one, of one to ten letters; one "
    "in twenty is in no name. Each is one transaction: the search alone, without the rows' programs and aliases.",
)


def main(environ: Mapping[str, str]) -> None:
    """Run with the size from QUICK."""
    console = Console(stderr=True)
    quick = environ.get("QUICK", "0") not in ("", "0")
    with installed(dict(environ)) as installation:
        figures = uvloop.run(measure(installation, QUICK if quick else FULL))
    section = Section(
        name="people",
        title="Clients found as one types",
        command="QUICK=1 make bench-people" if quick else "make bench-people",
        notes=NOTES,
        figures=figures,
    )
    report.show(section, Console())
    if not quick:
        report.write(section, now().date().isoformat())
        console.print(f"Written to {DOCUMENT}.")


if __name__ == "__main__":
    main(dict(os.environ))  # noqa: TID251  the process's start: the only reader of the environment
