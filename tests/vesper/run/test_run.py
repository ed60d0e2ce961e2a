"""One command starts everything, one key stops everything, and the next start has the same data."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sharing import free_port

PROMPTLY = 60
PROJECT = Path(__file__).parents[3]


class Evening:
    """A started `vesper run`, which prints its address on standard output."""

    def __init__(self, data: Path, environment: dict[str, str]) -> None:
        run = [str(Path(sys.executable).with_name("vesper")), "run", "--json", "--data", str(data)]
        in_the_background = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *run]  # a shell has it ignore SIGINT there
        self.process = subprocess.Popen(
            in_the_background, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def running(self) -> dict[str, Any]:
        """Its announcement, once everything answers."""
        assert self.process.stdout is not None and self.process.stderr is not None
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        return dict(json.loads(line))

    def stop(self, sign: signal.Signals) -> tuple[int, str]:
        """The exit code, and the text on standard error."""
        self.process.send_signal(sign)
        _, said = self.process.communicate(timeout=PROMPTLY)
        return self.process.returncode, said


@pytest.fixture
def environment(passable_path: Path) -> dict[str, str]:
    ports = {name: str(free_port()) for name in ("SERVER_PORT", "SIGNALING_PORT", "MEDIA_PORT")}
    return {"PATH": os.defpath, "TMPDIR": str(passable_path), **ports}


@pytest.fixture
def data(passable_path: Path) -> Path:
    return passable_path / "data"


@pytest.fixture
def evenings() -> Iterator[list[Evening]]:
    """The started runs; they are killed at the end."""
    started: list[Evening] = []
    yield started
    for evening in started:
        evening.process.kill()
        evening.process.communicate()


def test_it_runs_stops_and_finds_its_data_again(
    data: Path, environment: dict[str, str], evenings: list[Evening]
) -> None:
    clinics = []
    for sign in (signal.SIGINT, signal.SIGTERM):
        evenings.append(Evening(data, environment))
        running = evenings[-1].running()
        clinics.append(running["demo"]["clinic"])
        assert running["origin"] == f"http://localhost:{environment['SERVER_PORT']}"
        with urllib.request.urlopen(f"{running['origin']}/api/health", timeout=PROMPTLY) as response:
            assert json.load(response)["status"] == "ok"
        code, said = evenings[-1].stop(sign)
        assert code == 0 and "Stopped. The data is kept." in said
        assert _descendants(data) == []
    assert clinics[0] == clinics[1]


def test_killing_it_leaves_no_process_and_the_next_start_works(
    data: Path, environment: dict[str, str], evenings: list[Evening]
) -> None:
    evenings.append(Evening(data, environment))
    evenings[0].running()
    evenings[0].stop(signal.SIGKILL)
    _wait_until_gone(data)
    evenings.append(Evening(data, environment))
    evenings[1].running()
    assert evenings[1].stop(signal.SIGINT)[0] == 0


def test_interrupting_make_alone_stops_everything(passable_path: Path, environment: dict[str, str]) -> None:
    data = passable_path / "a folder"
    command = [
        "env",
        "--default-signal=INT",
        "make",
        "--old-file=.venv/.run",
        f"BIN={Path(sys.executable).parent}",
        "run",
    ]
    make = subprocess.Popen(
        command, cwd=PROJECT, env=environment | {"DATA": str(data)}, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        assert make.stdout is not None
        said = next(line for line in make.stdout if "Ctrl-C stops everything" in line)
        assert f"The data is in {data}" in said and _descendants(data) != []
        make.send_signal(signal.SIGINT)
        make.communicate(timeout=PROMPTLY)
        assert make.returncode == -signal.SIGINT
        _wait_until_gone(data)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(make.pid, signal.SIGKILL)


def test_the_end_of_a_process_is_reported(data: Path, environment: dict[str, str], evenings: list[Evening]) -> None:
    evenings.append(Evening(data, environment))
    evenings[0].running()
    [worker] = [pid for pid, command in _children(evenings[0].process.pid) if command.endswith("worker")]
    os.kill(worker, signal.SIGKILL)
    assert evenings[0].process.stderr is not None
    for line in evenings[0].process.stderr:
        if "The worker was stopped by SIGKILL" in line:
            break
    else:
        pytest.fail("the end of the worker was not reported")
    assert evenings[0].stop(signal.SIGINT)[0] == 0


def test_a_taken_port_is_one_sentence(data: Path, environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", int(environment["SERVER_PORT"]))):
        code, said = _refused(data, environment)
    assert code == 2
    assert (
        said.startswith(f"vesper: Port {environment['SERVER_PORT']} (SERVER_PORT) is taken") and said.count("\n") == 1
    )


def test_a_broken_data_folder_is_one_sentence(data: Path, environment: dict[str, str]) -> None:
    (data / "postgres" / "data").mkdir(parents=True)
    code, said = _refused(data, environment)
    assert code == 2 and "is not a Postgres data folder; move it away" in said.splitlines()[-1]


def test_a_file_in_place_of_the_data_folder_is_one_sentence(data: Path, environment: dict[str, str]) -> None:
    data.write_text("")
    assert _refused(data, environment) == (
        2, f"vesper: {data}: file exists; check that it is there and may be used.\n"
    )  # fmt: skip


def test_one_of_the_two_database_addresses_is_one_sentence(data: Path, environment: dict[str, str]) -> None:
    code, said = _refused(data, environment | {"DATABASE_URL": "postgresql://vesper_app@127.0.0.1:1/vesper"})
    assert code == 2 and "set both DATABASE_URL and OWNER_DATABASE_URL" in said


def _refused(data: Path, environment: dict[str, str]) -> tuple[int, str]:
    command = [Path(sys.executable).with_name("vesper"), "run", "--data", str(data)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PROMPTLY, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def _children(parent: int) -> list[tuple[int, str]]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [(int(pid), _command(Path(f"/proc/{pid}"))) for pid in listed]


def _descendants(data: Path) -> list[str]:
    """The commands of the processes with this data folder in their arguments or environment."""
    folder = str(data).encode()
    commands = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if folder in (process / "environ").read_bytes() or folder in (process / "cmdline").read_bytes():
                commands.append(_command(process))
        except OSError:  # it ended meanwhile
            continue
    return commands


def _command(process: Path) -> str:
    return (process / "cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode()


def _wait_until_gone(data: Path) -> None:
    deadline = time.monotonic() + PROMPTLY
    while _descendants(data):
        assert time.monotonic() < deadline, _descendants(data)
        time.sleep(0.05)
