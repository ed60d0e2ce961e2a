"""`vesper run` waits until what it started answers, and no longer than it lives."""

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


def test_a_child_that_ends_first_is_told_with_its_last_words(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    log.write_text("vesper: TICKET_KEY is missing.\n")
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(2)"])
    process.wait()
    with pytest.raises(CannotStart, match=r"The server stopped with exit code 2: .*TICKET_KEY is missing"):
        wait_until(lambda: False, [Child("server", process, log)])


def test_who_listens_and_who_answers() -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        assert listens(port)
    assert not listens(port)
    assert not answers(f"http://127.0.0.1:{port}/api/health")
