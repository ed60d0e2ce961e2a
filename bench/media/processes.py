"""What a process uses, from /proc: processor time of all its threads, and memory."""

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
"""Every engine alike goes before what else the machine does."""


class Usage(msgspec.Struct, frozen=True):
    """Seconds of processor time since the process began, and bytes of memory now.

    The kernel's share and the program's are counted by the tick, the sum by the scheduler.
    """

    seconds: float
    waited_seconds: float
    """Ready to run, but something else had the core."""
    kernel_seconds: float
    program_seconds: float
    memory: int

    def since(self, before: "Usage") -> "Usage":
        """What was used in between; the memory stays that of the end."""
        return Usage(
            self.seconds - before.seconds,
            self.waited_seconds - before.waited_seconds,
            self.kernel_seconds - before.kernel_seconds,
            self.program_seconds - before.program_seconds,
            self.memory,
        )

    @property
    def kernel_share(self) -> float:
        """How much of it was the kernel's."""
        both = self.kernel_seconds + self.program_seconds
        return self.kernel_seconds / both if both else 0.0


def usage(pid: int) -> Usage:
    """What the process has used until now. Threads that have ended are missing from the sum."""
    proc = Path(f"/proc/{pid}")
    fields = (proc / "stat").read_text().rpartition(")")[2].split()
    program, kernel = (int(field) / TICKS for field in fields[11:13])
    pages = int((proc / "statm").read_text().split()[1])
    scheduled = list(_scheduled(proc))
    ran, waited = sum(thread[0] for thread in scheduled), sum(thread[1] for thread in scheduled)
    return Usage(ran / 1e9, waited / 1e9, kernel, program, pages * PAGE_BYTES)


def _scheduled(proc: Path) -> Iterator[tuple[int, int]]:
    """Of each thread: nanoseconds that it ran, and that it waited for a core."""
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
    """The processes that this one has started and that still run."""
    threads = Path("/proc/self/task").iterdir()
    return {int(pid) for thread in threads for pid in (thread / "children").read_text().split()}


@contextmanager
def staying_on(core: int) -> Iterator[None]:
    """This thread, and what it starts meanwhile, stay on that core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def going_first() -> Iterator[None]:
    """What this thread starts meanwhile goes before other work, where the system allows that."""
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
    """The same for this whole session, where Linux shares processors among sessions before it looks at priorities."""
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
