"""`vesper run` waits until its processes answer, and stops waiting when one ends."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.errors import CannotStart
from tests.sharing import free_port
from vesper.run.health import answers, listens, wait_until
from vesper.run.processes import Child


def test_it_waits_until_ready() -> None:
    asked = iter([False, False, True])
    wait_until(lambda: next(asked), [])


def test_the_end_of_a_child_is_reported_with_the_last_line_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("vesper: TICKET_KEY is missing.\n")
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(2)"])
    process.wait()
    with pytest.raises(CannotStart, match=r"The server stopped with exit code 2: .*TICKET_KEY is missing"):
        wait_until(lambda: False, [Child("server", process, log)])


def test_a_port_that_listens_need_not_answer() -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        assert listens(port)
    assert not listens(port)
    assert not answers(f"http://127.0.0.1:{port}/api/health")
