"""The resources of a process, from /proc: processor time of all its threads, and memory."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
AUTOGROUP = Path("/proc/self/autogroup")
NICENESS = -15
"""Every engine has this priority over other work of the machine."""


class Usage(msgspec.Struct, frozen=True):
    """Seconds of processor time since the process began, and bytes of memory.

    The kernel's and the program's seconds are counted in ticks, the sum by the scheduler.
    """

    seconds: float
    waited_seconds: float
    """Seconds that threads were ready to run while other work had the core."""
    kernel_seconds: float
    program_seconds: float
    memory: int

    def since(self, before: "Usage") -> "Usage":
        """The usage in between; the memory is that of the end."""
        return Usage(
            self.seconds - before.seconds,
            self.waited_seconds - before.waited_seconds,
            self.kernel_seconds - before.kernel_seconds,
            self.program_seconds - before.program_seconds,
            self.memory,
        )

    @property
    def kernel_share(self) -> float:
        """The kernel's share of the processor time (0 to 1)."""
        both = self.kernel_seconds + self.program_seconds
        return self.kernel_seconds / both if both else 0.0


def usage(pid: int) -> Usage:
    """The usage of the process until now. Threads that have ended are not included."""
    proc = Path(f"/proc/{pid}")
    fields = (proc / "stat").read_text().rpartition(")")[2].split()
    program, kernel = (int(field) / TICKS for field in fields[11:13])
    pages = int((proc / "statm").read_text().split()[1])
    scheduled = list(_scheduled(proc))
    ran, waited = sum(thread[0] for thread in scheduled), sum(thread[1] for thread in scheduled)
    return Usage(ran / 1e9, waited / 1e9, kernel, program, pages * PAGE_BYTES)


def _scheduled(proc: Path) -> Iterator[tuple[int, int]]:
    """For each thread: nanoseconds that it ran, and nanoseconds that it waited for a core."""
    for thread in (proc / "task").iterdir():
        try:
            ran, waited, _ = (thread / "schedstat").read_text().split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        yield int(ran), int(waited)


def waited(thread: int) -> float:
    """Seconds that a thread of this process was ready to run and did not get a core."""
    return int(Path(f"/proc/self/task/{thread}/schedstat").read_text().split()[1]) / 1e9


def children() -> set[int]:
    """The ids of this process's running child processes."""
    threads = Path("/proc/self/task").iterdir()
    return {int(pid) for thread in threads for pid in (thread / "children").read_text().split()}


@contextmanager
def staying_on(core: int) -> Iterator[None]:
    """Pin this thread, and the processes it starts meanwhile, to a core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def going_first() -> Iterator[None]:
    """Give the processes that this thread starts meanwhile priority over other work, if the system allows it."""
    thread = threading.get_native_id()
    before = os.getpriority(os.PRIO_PROCESS, thread)
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, thread, NICENESS)
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, thread, before)


@contextmanager
def session_first() -> Iterator[None]:
    """Give this session priority too, where Linux divides processors among sessions before it considers priorities."""
    if not AUTOGROUP.exists():
        yield
        return
    before = AUTOGROUP.read_text().split()[-1]
    with suppress(OSError):
        AUTOGROUP.write_text(str(NICENESS))
    try:
        yield
    finally:
        with suppress(OSError):
            AUTOGROUP.write_text(before)
