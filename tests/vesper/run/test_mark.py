"""Removing the mark stops the process that keeps it; a process that ends removes its mark."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from vesper.run import mark


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Handle SIGINT: tests started in the background of a script ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_removing_it_interrupts_the_process(tmp_path: Path) -> None:
    kept = tmp_path / "running"
    with pytest.raises(KeyboardInterrupt), mark.kept(kept):
        kept.unlink()
        threading.Event().wait(10)


def test_it_is_removed_at_the_end(tmp_path: Path) -> None:
    kept = tmp_path / "running"
    with mark.kept(kept):
        assert kept.exists()
    assert not kept.exists()


def test_without_a_mark_no_file_is_created(tmp_path: Path) -> None:
    with mark.kept(None):
        assert list(tmp_path.iterdir()) == []
