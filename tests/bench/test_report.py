"""docs/benchmarks.md: each bench rewrites its own section and nothing else."""

from pathlib import Path

import pytest

from bench import report
from bench.report import Figure, Section, judged


def section(name: str, figure: str) -> Section:
    figures = [Figure("doors", figure), judged("rooms", "7", "≥ 8", met=False)]
    return Section(name=name, title=f"The {name}", command=f"make bench-{name}", notes=["a note"], figures=figures)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return tmp_path / "docs" / "benchmarks.md"


def test_a_section_names_the_date_and_the_machine_of_its_measurement(document: Path) -> None:
    report.write(section("ledger", "3"), "2026-11-23", document)
    text = document.read_text()
    assert text.startswith("# Benchmarks\n")
    assert "## The ledger\n\n`make bench-ledger`, 2026-11-23, " in text
    assert "| doors | 3 |  |  |\n| rooms | 7 | ≥ 8 | MISSED |\n\n- a note\n" in text
    assert report.machine() in text and "asyncpg " in text


def test_a_section_replaces_its_predecessor_and_leaves_the_others(document: Path) -> None:
    for name, figure in (("ledger", "3"), ("media", "5")):
        report.write(section(name, figure), "2026-11-23", document)
    before = document.read_text()
    report.write(section("ledger", "4"), "2026-11-23", document)
    assert document.read_text() == before.replace("| doors | 3 |", "| doors | 4 |")
