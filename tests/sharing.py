"""Shares of concurrent tests: ports, networks, and quiet for measuring time.

Each share is a locked file, so that it also holds between runs; the kernel releases it when its process ends.
"""

import contextlib
import fcntl
import os
import secrets
import socket
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

_FOLDER = Path(tempfile.gettempdir()) / f"vesper-tests-{os.getuid()}"
_PORTS = range(20_000, 32_700, 10)
"""The first of ten ports each; below the ports that the system assigns itself (from 32768 on Linux)."""
_TOGETHER = {
    "tests/evening/test_styleguide.py", "tests/faults/test_simulator.py", "tests/signaling/media/janus/test_engine.py",
}  # fmt: skip
"""Modules whose tests all run in one process, in their order: they depend on each other, or share a slow fixture."""
_FIRST = ("tests/bench/ledger/", "tests/faults/", "tests/evening/", "tests/vesper/run/", "tests/signaling/media/")
"""The longest tests begin first, so that no worker is busy for long at the end while the others are idle."""
_PATIENCE_SECONDS = 600
"""A test that is stopped in a debugger holds up others at most this long."""
_ours: list[int] = []
"""The shares that this process holds until it ends."""


def claim(share: str) -> bool:
    """Take the share with this name until the process ends; False when another process has it."""
    file = _open(share)
    if taken := _lock(file, fcntl.LOCK_EX):
        _ours.append(file)
    else:
        os.close(file)
    return taken


def free_port(address: str = "127.0.0.1") -> int:
    """The first of ten consecutive free ports at this address; no other test gets one of them."""
    start = secrets.randbelow(len(_PORTS))
    for first in (*_PORTS[start:], *_PORTS[:start]):
        if claim(f"ports-{first}") and all(_is_free(address, port) for port in range(first, first + 10)):
            return first
    raise RuntimeError("The tests have no ports left.")


def _is_free(address: str, port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind((address, port))
            except OSError:
                return False
    return True


class OneByOne(LoadScopeScheduling):
    """Gives the workers one test after the other, and a module whose tests depend on each other as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::", maxsplit=1)[0]
        return module if module in _TOGETHER else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneByOne:
    """The scheduler of `pytest -n 2`."""
    return OneByOne(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests run first, and those marked `alone` last."""
    items.sort(key=lambda item: (_is_alone(item), _turn(item.nodeid)))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test marked `alone` wait until no other runs on this machine; no other begins meanwhile.

    Its time limit begins with the test.
    """
    with _alone() if _is_alone(item) else _among_others():
        return (yield)


def _turn(nodeid: str) -> int:
    return next((turn for turn, folder in enumerate(_FIRST) if nodeid.startswith(folder)), len(_FIRST))


def _is_alone(item: pytest.Item) -> bool:
    return item.get_closest_marker("alone") is not None


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with _locked("turn", fcntl.LOCK_EX), _locked("running", fcntl.LOCK_EX):
        yield


@contextlib.contextmanager
def _among_others() -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        with _locked("turn", fcntl.LOCK_SH):  # a test that waits to be alone holds it, so that its turn comes
            stack.enter_context(_locked("running", fcntl.LOCK_SH))
        yield


@contextlib.contextmanager
def _locked(share: str, how: int) -> Iterator[None]:
    file, latest = _open(share), time.monotonic() + _PATIENCE_SECONDS
    try:
        while not _lock(file, how) and time.monotonic() < latest:
            time.sleep(0.01)
        yield
    finally:
        os.close(file)


def _lock(file: int, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(share: str) -> int:
    _FOLDER.mkdir(mode=0o700, exist_ok=True)
    return os.open(_FOLDER / share, os.O_RDWR | os.O_CREAT, 0o600)
