"""One subject of the store writes each table, so that a change of its storage has one place."""

import re
from collections import defaultdict
from pathlib import Path

PROJECT = Path(__file__).parents[2]
STORE = PROJECT / "store"
OTHER_PACKAGES = ("domain", "runtime", "server", "signaling", "workers", "bots", "vesper")

WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|DELETE\s+FROM|UPDATE(?=\s+\w+\s+(?:AS\s+\w+\s+)?SET\b))\s+(\w+)"
    r"|\bInsertion\(\s*\"(\w+)\""
)


def files() -> list[Path]:
    """The files of the store."""
    return sorted(path for path in STORE.rglob("*.py") if path.name != "__init__.py")


def subject(path: Path) -> str:
    """The subject's folder of a file; "" for the modules that all subjects share."""
    return "" if path.parent == STORE else path.parent.name


def written(text: str) -> set[str]:
    """The tables that SQL in this text writes."""
    return {one or other for one, other in WRITES.findall(text)}


def test_writing_statements_are_found() -> None:
    text = """
        INSERT INTO notes (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET at = $2
        UPDATE rooms SET closed_at = $4
        DELETE FROM rosters WHERE session_id = $1
        SELECT FROM sessions WHERE id = $2 FOR UPDATE
        Insertion(
            "client_days",
    """
    assert written(text) == {"notes", "rooms", "rosters", "client_days"}


def test_one_subject_writes_each_table() -> None:
    writers = defaultdict(set)
    for path in files():
        for table in written(path.read_text()):
            writers[table].add(subject(path))
    assert {table: subjects for table, subjects in writers.items() if len(subjects) > 1} == {}
    assert len(writers) > 30


def test_only_the_store_writes_tables() -> None:
    for package in OTHER_PACKAGES:
        for path in (PROJECT / package).rglob("*.py"):
            assert not written(path.read_text()), path
