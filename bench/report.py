"""docs/benchmarks.md: each bench rewrites its own section."""

import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import msgspec
from rich.console import Console
from rich.table import Table

DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

The command named in each section writes it, in one run on one machine. Compare ratios, whose two sides ran in one
run, and not figures of different machines.
"""
VERSIONS = ("asyncpg", "websockets", "aiohttp", "msgspec", "uvloop")

Verdict = Literal["met", "MISSED", ""]


class Figure(msgspec.Struct, frozen=True):
    """One line of a bench's table."""

    what: str
    figure: str
    aim: str = ""
    verdict: Verdict = ""


class Section(msgspec.Struct, frozen=True):
    """The results of one bench."""

    name: str
    title: str
    command: str
    notes: Sequence[str]
    figures: Sequence[Figure]


def judged(what: str, figure: str, aim: str, met: bool) -> Figure:
    """A figure with an aim, and whether it was met."""
    return Figure(what, figure, aim, "met" if met else "MISSED")


def show(section: Section, console: Console) -> None:
    """Print the section's table."""
    table = Table(title=section.title)
    for heading in ("what", "figure", "aim", ""):
        table.add_column(heading)
    for line in section.figures:
        table.add_row(line.what, line.figure, line.aim, line.verdict)
    console.print(table)


def write(section: Section, date: str, document: Path = DOCUMENT) -> None:
    """Replace the section of the same name, or add it at the end; the rest of the document stays."""
    start, end = f"<!-- {section.name} -->", f"<!-- end of {section.name} -->"
    whole = document.read_text() if document.exists() else HEAD
    before, found, rest = whole.partition(start)
    after = rest.partition(end)[2].strip() if found else ""
    document.parent.mkdir(parents=True, exist_ok=True)
    document.write_text(f"{before.rstrip()}\n\n{start}\n{_text(section, date)}{end}\n" + f"\n{after}\n" * bool(after))


def _text(section: Section, date: str) -> str:
    rows = [(line.what, line.figure, line.aim, line.verdict) for line in section.figures]
    lines = ["| what | figure | aim | |", "|---|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    notes = [f"- {note}" for note in section.notes]
    stamp = f"`{section.command}`, {date}, {machine()}; {_versions()}."
    return "\n".join([f"## {section.title}", "", stamp, "", *lines, "", *notes, ""])


def machine() -> str:
    """The machine: processors, memory, system."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GiB, {platform.system()}"


def _versions() -> str:
    packages = ", ".join(f"{package} {version(package)}" for package in VERSIONS)
    return f"Python {sys.version.split()[0]}, {packages}"
