"""Removing the mark stops whoever keeps it; who stops by themselves takes it away."""

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from vesper.run import mark


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Whoever starts the tests in the background of a script has them ignore SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_removing_it_interrupts_us(tmp_path: Path) -> None:
    kept = tmp_path / "running"
    with pytest.raises(KeyboardInterrupt), mark.kept(kept):
        kept.unlink()
        threading.Event().wait(10)


def test_it_is_gone_when_we_are(tmp_path: Path) -> None:
    kept = tmp_path / "running"
    with mark.kept(kept):
        assert kept.exists()
    assert not kept.exists()


def test_nothing_is_kept_that_nobody_asked_for(tmp_path: Path) -> None:
    with mark.kept(None):
        assert list(tmp_path.iterdir()) == []
