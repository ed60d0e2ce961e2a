"""A file that exists while Vesper runs. Removing it stops Vesper, as Ctrl-C does.

When `make` alone is interrupted, it sends its children no signal but removes its target: so the Makefile's target is
this file.
"""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

_LOOK_SECONDS = 0.2


@contextlib.contextmanager
def kept(mark: Path | None) -> Iterator[None]:
    """Create the file, if one is named, and remove it at the end; an earlier removal sends this process one SIGINT."""
    if mark is None:
        yield
        return
    mark.touch()
    over = threading.Event()
    watching = threading.Thread(target=_watch, args=(mark, over), daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
        mark.unlink(missing_ok=True)


def _watch(mark: Path, over: threading.Event) -> None:
    while not over.wait(_LOOK_SECONDS):
        if not mark.exists():
            os.kill(os.getpid(), signal.SIGINT)
            return
