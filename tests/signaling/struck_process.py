"""A whole `vesper signaling` that fails at SIGUSR1, as its argument says: one of its tasks fails, or its disk hangs."""

import asyncio
import signal
import sys
import threading
from typing import Any

from runtime.settings import SignalingSettings
from signaling import main as node
from signaling.journal.journal import Disk, Journal
from tests.unforeseen import others, strike

BLOW = sys.argv.pop(1)
_never, _hung = threading.Event(), threading.Event()


def meet(blow: str) -> None:
    if blow == "disk":
        _hung.set()
    else:
        [task] = others(set())[blow]
        meet.striking = asyncio.get_running_loop().create_task(strike(task), name="blow")  # type: ignore[attr-defined]


async def run(settings: SignalingSettings, whole: Any = node.run) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, meet, BLOW)
    await whole(settings)


def write(journal: Journal, frames: bytes, whole: Any = Journal._write) -> None:
    if _hung.is_set():
        _never.wait()
    whole(journal, frames)


def open_journal(folder: Any, _: Disk | None = None, whole: Any = Journal.open) -> Journal:
    opened: Journal = whole(folder, Disk(patience_seconds=1.0))
    return opened


if __name__ == "__main__":
    node.run, Journal._write, Journal.open = run, write, open_journal  # type: ignore[method-assign,assignment]
    from vesper.__main__ import main

    main()
