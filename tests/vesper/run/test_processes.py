"""Children run on their own, are stopped in order, and their end is told."""

import signal
from pathlib import Path

import pytest

from vesper.run.processes import Children, children, last_line

MODULES = {
    "done": "",
    "patient": "import time\nprint('ready', flush=True)\ntime.sleep(100)",
    "failing": "import sys\nsys.exit('starting\\nthe journal folder is missing')",
}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    for name, source in MODULES.items():
        (tmp_path / f"{name}.py").write_text(source)
    return {"PYTHONPATH": str(tmp_path)}


def test_leaving_stops_them(environment: dict[str, str], tmp_path: Path) -> None:
    with children(environment, tmp_path) as started:
        child = started.start("worker", ["patient"])
        assert child.obituary() is None
    assert child.process.returncode == -signal.SIGTERM


def test_the_end_of_a_child_is_told_with_its_last_words(environment: dict[str, str], tmp_path: Path) -> None:
    started = Children(environment, tmp_path)
    started.start("signaling", ["failing"])
    assert list(started.obituaries()) == [
        "The signaling stopped with exit code 1: the journal folder is missing "
        f"(its log is {tmp_path / 'signaling.log'})"
    ]


def test_one_that_was_killed_says_by_what(environment: dict[str, str], tmp_path: Path) -> None:
    with children(environment, tmp_path) as started:
        child = started.start("worker", ["patient"])
        child.process.kill()
        [told] = started.obituaries()
    assert told == f"The worker was stopped by SIGKILL (its log is {tmp_path / 'worker.log'})"


def test_one_that_is_kept_is_started_again_and_its_log_goes_on(environment: dict[str, str], tmp_path: Path) -> None:
    with children(environment, tmp_path) as started:
        started.keep("signaling", ["failing"])
        told = started.obituaries()
        for _ in range(2):
            assert next(told).endswith(f"(its log is {tmp_path / 'signaling.log'}). It is started again")
    assert len(started.started) == 2
    assert (tmp_path / "signaling.log").read_text().count("the journal folder is missing") == 2


def test_one_that_is_done_is_not_called_broken(environment: dict[str, str], tmp_path: Path) -> None:
    started = Children(environment, tmp_path)
    started.start("bots", ["done"])
    assert list(started.obituaries()) == [f"The bots ended (its log is {tmp_path / 'bots.log'})"]


def test_the_end_of_one_that_is_only_watched_is_told_too(environment: dict[str, str], tmp_path: Path) -> None:
    others = Children(environment, tmp_path)
    with children(environment, tmp_path) as started:
        started.start("worker", ["patient"])
        started.watch(others.start("Postgres", ["failing"]))
        assert next(started.obituaries()).startswith("The Postgres stopped with exit code 1")


def test_an_empty_log_is_admitted(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("\n")
    assert last_line(tmp_path / "log") == "it did not say why"
