"""Progress for people: a moving line on a terminal, plain lines elsewhere."""

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console


class Steps:
    """Shows each slow step, and how long it took."""

    def __init__(self, console: Console) -> None:
        self.console = console

    @contextlib.contextmanager
    def step(self, doing: str, done: str) -> Iterator[None]:
        """Show `doing` while the block runs, then `done` with the seconds it took."""
        started = time.monotonic()
        with self._showing(doing):
            yield
        seconds = time.monotonic() - started
        self.console.print(f"[green]✓[/] {done} [dim]({seconds:.1f} s)[/]", highlight=False)

    @contextlib.contextmanager
    def _showing(self, doing: str) -> Iterator[None]:
        if self.console.is_terminal:
            with self.console.status(f"{doing} …"):
                yield
        else:
            self.console.print(f"{doing} …", highlight=False)
            yield
