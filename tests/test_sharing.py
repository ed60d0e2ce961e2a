"""Concurrent tests do not disturb each other, and tests that measure time run alone."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).parents[1]
CLAIMING = """
from tests.networks.namespaces import free_network
from tests.sharing import free_port
for _ in range(20):
    print(free_port(), free_network() if {networks} else "", flush=True)
input()
"""
ALONE = """
import pathlib, time, pytest
notes = pathlib.Path(__file__).with_name("notes")

def note(what):
    with notes.open("a") as file:
        file.write(what + " ")

@pytest.mark.alone
def test_that_measures_time():
    note("alone")
    time.sleep(0.1)
    note("measured")

@pytest.mark.parametrize("number", range(4))
def test_others(number):
    note("others")
"""


def run(*command: str, **environment: str) -> subprocess.Popen[str]:
    environ = os.environ | environment  # noqa: TID251  the environment of the process that the test starts
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=PROJECT, env=environ, stdin=pipe, stdout=pipe, text=True)


def pytest_run(folder: Path, *options: str, **environment: str) -> tuple[int, str]:
    """Run the tests in a folder, in workers and with one of our plugins; returns the exit code and the last line."""
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = alone: as ours\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "xdist.plugin", *options]
    environment |= {"PYTHONPATH": str(PROJECT), "TMPDIR": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    process = run(*command, f"-c={folder}/pytest.ini", f"--rootdir={folder}", str(folder), **environment)
    said, _ = process.communicate(timeout=100)
    return process.returncode, said.splitlines()[-1]


def test_no_two_processes_get_the_same_port_or_network() -> None:
    source = CLAIMING.format(networks=os.geteuid() == 0)
    claiming = [run(sys.executable, "-c", source, PYTHONPATH=str(PROJECT)) for _ in range(2)]
    claimed: Counter[str] = Counter()
    for process in claiming:
        assert process.stdout is not None
        claimed.update(word for _ in range(20) for word in process.stdout.readline().split())
    for process in claiming:
        process.communicate("\n", timeout=10)
    assert len(claimed) == 40 * (1 + (os.geteuid() == 0)) and set(claimed.values()) == {1}


def test_a_test_that_measures_time_runs_alone(tmp_path: Path) -> None:
    (tmp_path / "test_evening.py").write_text(ALONE)
    code, said = pytest_run(tmp_path, "-n2", "-p", "tests.sharing")
    assert (code, said.split()[0]) == (0, "5"), said
    notes = (tmp_path / "notes").read_text().split()
    assert notes[notes.index("alone") + 1] == "measured", "no other test began meanwhile"
    assert notes.count("others") == 4


def test_a_skip_in_a_worker_fails_where_skips_are_not_allowed(tmp_path: Path) -> None:
    (tmp_path / "test_evening.py").write_text("import pytest\n\ndef test_skips():\n    pytest.skip('no Chromium')\n")
    (tmp_path / "test_module.py").write_text("import pytest\n\npytest.skip('no Janus', allow_module_level=True)\n")
    options = ("-n1", "-p", "tests.no_skips", "--continue-on-collection-errors")
    code, said = pytest_run(tmp_path, *options, VESPER_NO_SKIPS="1")
    assert code == 1 and said.startswith("1 failed, 1 error"), said
