"""The processes that `vesper run` starts: each logs to its own file and ends with `vesper run`."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from runtime.children import die_with_parent
from runtime.secrets import private_files

_STOP_SECONDS = 10
AGAIN_SECONDS = 1.0
"""Between the end of a child that is kept running and its next start."""


class Child(msgspec.Struct, frozen=True):
    """One started process."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def end_report(self) -> str | None:
        """None while it runs; afterwards a sentence on how it ended."""
        code = self.process.poll()
        if code is None:
            return None
        if code == 0:
            return f"The {self.name} ended (its log is {self.log})"
        if code < 0:  # after a signal, the log's last line is about something else
            return f"The {self.name} was stopped by {signal.Signals(-code).name} (its log is {self.log})"
        return f"The {self.name} stopped with exit code {code}: {last_line(self.log)} (its log is {self.log})"


class Children:
    """The processes started so far; they are stopped in the reverse order."""

    def __init__(self, environment: Mapping[str, str], logs: Path) -> None:
        self._environment = dict(environment)
        self._logs = logs
        self.started: list[Child] = []
        self._watched: list[Child] = []
        self._kept: dict[str, Sequence[str]] = {}

    def start(self, name: str, arguments: Sequence[str], standard_input: bytes = b"") -> Child:
        """Run `python -m …arguments` as the child called `name`, with these bytes on its standard input."""
        return self._launch(name, arguments, standard_input, "w")

    def keep(self, name: str, arguments: Sequence[str]) -> Child:
        """Like `start`, but `end_reports` starts it again, a second after it has reported its end."""
        self._kept[name] = arguments
        return self.start(name, arguments)

    def _launch(self, name: str, arguments: Sequence[str], standard_input: bytes, mode: Literal["w", "a"]) -> Child:
        log = self._logs / f"{name}.log"
        with private_files.opened(log, mode) as output:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments], env=self._environment, stdin=subprocess.PIPE,
                stdout=output, stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches only this process, which stops them in order
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509  it takes no lock
            )  # fmt: skip
        assert process.stdin is not None  # it is a pipe, five lines above  # noqa: S101
        with contextlib.suppress(BrokenPipeError), process.stdin:  # a child that died already says so in its log
            process.stdin.write(standard_input)
        child = Child(name, process, log)
        self.started.append(child)
        return child

    def watch(self, child: Child) -> None:
        """Also report the end of a child that was started elsewhere and is stopped there."""
        self._watched.append(child)

    def stop(self) -> None:
        """Ask each process to stop, the last started first, and kill any that does not within ten seconds."""
        for child in reversed(self.started):
            child.process.terminate()
            try:
                child.process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()

    def end_reports(self) -> Iterator[str]:
        """Report the end of each child once, as it happens, until none that was started is left."""
        living = [*self.started, *self._watched]
        while any(child in living for child in self.started):
            for child in list(living):
                if end := child.end_report():
                    living.remove(child)
                    kept = child.name in self._kept
                    yield f"{end}. It is started again" if kept else end
                    if kept:
                        time.sleep(AGAIN_SECONDS)
                        living.append(self._launch(child.name, self._kept[child.name], b"", "a"))
            time.sleep(0.2)


@contextlib.contextmanager
def children(environment: Mapping[str, str], logs: Path) -> Iterator[Children]:
    """A set of children, empty at first, with that environment; stopped on the way out."""
    made = Children(environment, logs)
    try:
        yield made
    finally:
        made.stop()


def last_line(log: Path) -> str:
    """The last line of the log that is not empty."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it did not say why"
