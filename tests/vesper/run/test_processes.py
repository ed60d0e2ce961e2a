"""Children run on their own, are stopped in order, and their end is reported."""

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


def test_leaving_the_block_stops_them(environment: dict[str, str], tmp_path: Path) -> None:
    with children(environment, tmp_path) as started:
        child = started.start("worker", ["patient"])
        assert child.end_report() is None
    assert child.process.returncode == -signal.SIGTERM


def test_the_end_of_a_child_is_reported_with_its_last_line(environment: dict[str, str], tmp_path: Path) -> None:
    started = Children(environment, tmp_path)
    started.start("signaling", ["failing"])
    assert list(started.end_reports()) == [
        "The signaling stopped with exit code 1: the journal folder is missing "
        f"(its log is {tmp_path / 'signaling.log'})"
    ]


def test_a_killed_child_is_reported_with_its_signal(environment: dict[str, str], tmp_path: Path) -> None:
    with children(environment, tmp_path) as started:
        child = started.start("worker", ["patient"])
        child.process.kill()
        [reports] = started.end_reports()
    assert reports == f"The worker was stopped by SIGKILL (its log is {tmp_path / 'worker.log'})"


def test_a_kept_child_is_started_again_and_its_log_is_appended_to(environment: dict[str, str], tmp_path: Path) -> None:
    with children(environment, tmp_path) as started:
        started.keep("signaling", ["failing"])
        reports = started.end_reports()
        for _ in range(2):
            assert next(reports).endswith(f"(its log is {tmp_path / 'signaling.log'}). It is started again")
    assert len(started.started) == 2
    assert (tmp_path / "signaling.log").read_text().count("the journal folder is missing") == 2


def test_a_child_that_is_done_is_not_reported_as_broken(environment: dict[str, str], tmp_path: Path) -> None:
    started = Children(environment, tmp_path)
    started.start("bots", ["done"])
    assert list(started.end_reports()) == [f"The bots ended (its log is {tmp_path / 'bots.log'})"]


def test_the_end_of_a_watched_child_is_reported(environment: dict[str, str], tmp_path: Path) -> None:
    others = Children(environment, tmp_path)
    with children(environment, tmp_path) as started:
        started.start("worker", ["patient"])
        started.watch(others.start("Postgres", ["failing"]))
        assert next(started.end_reports()).startswith("The Postgres stopped with exit code 1")


def test_an_empty_log_gives_no_reason(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("\n")
    assert last_line(tmp_path / "log") == "it did not say why"
