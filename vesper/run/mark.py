"""A file that is there while Vesper runs. Whoever removes it stops Vesper, as Ctrl-C does.

`make` removes what it was making when it alone is interrupted, and sends its children no signal: so the Makefile makes
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
    """Keep the file, if one is named; when it is removed, this process gets SIGINT, once."""
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
