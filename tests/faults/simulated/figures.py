"""The figures of many evenings, summed up and printed."""

import io
from collections.abc import Iterable

import msgspec
from rich.console import Console
from rich.table import Table

from tests.faults.simulated.verdict import Verdict


class Figures(msgspec.Struct):
    """The promises, and the results."""

    evenings: int = 0
    facts: int = 0
    intervals: int = 0
    within: int = 0
    for_review: int = 0
    lost_events: int = 0
    double_counted_s: int = 0
    unsupported_s: int = 0
    on_trust_s: int = 0
    errors: dict[str, list[int]] = {}
    bounds: dict[str, list[int]] = {}

    def add(self, verdict: Verdict) -> None:
        """Add one evening."""
        self.evenings += 1
        for name in (
            "facts",
            "intervals",
            "within",
            "for_review",
            "lost_events",
            "double_counted_s",
            "unsupported_s",
            "on_trust_s",
        ):
            setattr(self, name, getattr(self, name) + getattr(verdict, name))
        for kept, more in ((self.errors, verdict.errors), (self.bounds, verdict.bounds)):
            for witness, seconds in more.items():
                kept.setdefault(witness, []).extend(seconds)

    def rows(self) -> list[tuple[str, str]]:
        """`(label, value)` of each sum."""
        share = 100 * self.within / self.intervals if self.intervals else 0.0
        return [
            ("evenings", f"{self.evenings:,}"),
            ("facts", f"{self.facts:,}"),
            ("intervals", f"{self.intervals:,}"),
            ("within their stated bounds", f"{share:.3f} %"),
            ("of these without a known end, flagged for review", f"{self.for_review:,}"),
            ("lost events", f"{self.lost_events:,}"),
            ("double-counted seconds", f"{self.double_counted_s:,}"),
            ("credited without evidence, seconds", f"{self.unsupported_s:,}"),
            ("of silent devices until they were closed, seconds", f"{self.on_trust_s:,}"),
        ]

    def text(self) -> str:
        """Both tables as text for a terminal."""
        console = Console(width=110, file=io.StringIO(), record=True)
        console.print("", self.sums(), self.losses())
        return console.export_text()

    def sums(self) -> Table:
        """The sums as a table."""
        table = Table(title="Nothing lost", show_header=False)
        for row in self.rows():
            table.add_row(*row)
        return table

    def losses(self) -> Table:
        """By witness: how many seconds too early losses are dated, and the bounds that the record states."""
        table = Table("witness", "losses", "p50", "p99", "largest", "stated p50", "stated largest")
        table.title = "Losses dated too early, seconds"
        for witness in sorted(self.errors):
            error, bound = self.errors[witness], self.bounds[witness]
            numbers = (share(error, 0.5), share(error, 0.99), max(error), share(bound, 0.5), max(bound))
            table.add_row(witness, f"{len(error):,}", *(f"{number:,}" for number in numbers))
        return table


def share(values: Iterable[int], part: float) -> int:
    """The value below which this part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
