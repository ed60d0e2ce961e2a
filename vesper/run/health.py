"""Wait until the started processes answer."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence

from runtime.errors import CannotStart
from vesper.run.processes import Child

PATIENCE_SECONDS = 60
_ASK_SECONDS = 2


def wait_until(ready: Callable[[], bool], children: Sequence[Child]) -> None:
    """Return when `ready` returns True.

    Raises:
        CannotStart: a child ended first, or `PATIENCE_SECONDS` have passed.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not ready():
        for child in children:
            if end := child.end_report():
                raise CannotStart(f"{end}.")
        if time.monotonic() > deadline:
            raise CannotStart(f"Nothing answered within {PATIENCE_SECONDS} s; {children[0].log.parent} may say why.")
        time.sleep(0.05)


def answers(address: str) -> bool:
    """Whether a GET of `address` (http) succeeds."""
    try:
        with urllib.request.urlopen(address, timeout=_ASK_SECONDS):
            return True
    except (urllib.error.URLError, OSError):
        return False


def listens(port: int) -> bool:
    """Whether a program accepts connections on this machine's `port`."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_ASK_SECONDS):
            return True
    except OSError:
        return False
