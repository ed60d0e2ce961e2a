"""A process runs until it is asked to stop, and stops cleanly."""

import asyncio
import os
import signal
import socket
import subprocess
import sys

import pytest

from domain.errors import DatabaseAway
from runtime import lifecycle
from runtime.errors import CannotStart


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_and_its_clean_up_runs(sign: signal.Signals) -> None:
    steps: list[str] = []

    async def main() -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(asyncio.Event().wait())
                os.kill(os.getpid(), sign)
        finally:
            await asyncio.sleep(0)
            steps.append("closed")

    lifecycle.run(main())
    assert steps == ["closed"]


def test_a_taken_port_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        async def main() -> None:
            await asyncio.start_server(lambda *_: None, "127.0.0.1", port)

        with pytest.raises(CannotStart, match=rf"{port}.*in use"):
            lifecycle.run(main())


def test_a_refusal_inside_a_task_group_is_raised_without_the_group() -> None:
    async def fail() -> None:
        raise DatabaseAway

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())

    with pytest.raises(DatabaseAway):
        lifecycle.run(main())


def test_a_bug_is_raised_unchanged() -> None:
    async def main() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lifecycle.run(main())


HELD_UP = """
import threading
from runtime.lifecycle import LastResort
threading.Thread(target=threading.Event().wait).start()
LastResort(0.1).start()
"""


def test_a_process_with_a_hanging_thread_still_ends() -> None:
    done = subprocess.run([sys.executable, "-c", HELD_UP], timeout=20, check=False)
    assert done.returncode == lifecycle.FAILED
