"""Evenings with fresh seeds, simulated and in real processes, for any length of time: `make soak MINUTES=60`.

CI soaks for a minute, with the same seeds each time, so that only a change of the code can fail it.
"""

import argparse
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree
from pathlib import Path
from random import Random

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from runtime.clock import seconds_since_boot
from tests.faults.simulated.figures import Figures, share
from tests.faults.simulated.simulator import simulate

PROJECT = Path(__file__).parents[2]
KILLS = "tests/faults/processes/test_kill.py"


class Kills(msgspec.Struct):
    """The results of killing real processes."""

    rounds: int = 0
    tests: int = 0
    spent: float = 0.0
    seconds: dict[str, list[float]] = {}
    """Measured times by name."""


class Soak:
    """Runs until its time is over, or something is wrong."""

    def __init__(self, console: Console, chance: Random) -> None:
        self._console, self._chance = console, chance
        self.figures = Figures()
        self.kills = Kills()
        self.wrong: list[str] = []

    def run(self, minutes: float) -> None:
        """Simulate, and kill real processes for about half of the time."""
        begun, columns = seconds_since_boot(), (TextColumn("{task.description}"), BarColumn(None), TimeElapsedColumn())
        with Progress(*columns, console=self._console) as progress:
            soaking = progress.add_task("", total=minutes * 60)
            while (passed := seconds_since_boot() - begun) < minutes * 60 and not self.wrong:
                self._one_round(passed)
                progress.update(soaking, completed=seconds_since_boot() - begun, description=self._so_far())

    def simulate(self, seed: int) -> None:
        """Simulate one evening in virtual time."""
        verdict = simulate(seed)
        self.figures.add(verdict)
        self.wrong += [f"seed {seed}: {what}" for what in verdict.wrong]

    def report(self) -> None:
        """Print the figures."""
        sums = self.figures.sums()
        sums.add_row("times real processes were killed, stopped or cut off", f"{self.kills.tests:,}")
        for name, seconds in sorted(self.kills.seconds.items()):
            tenths = [round(each * 10) for each in seconds]
            sums.add_row(f"{name}, p50 and largest", f"{share(tenths, 0.5) / 10} s, {max(tenths) / 10} s")
        self._console.print(sums, self.figures.losses())
        for what in self.wrong:
            self._console.print(f"[red]{what}[/]", highlight=False)

    def _one_round(self, passed: float) -> None:
        if self.kills.spent < passed / 2:
            self._kill(self._chance.getrandbits(31))
        else:
            self.simulate(self._chance.getrandbits(31))

    def _kill(self, seed: int) -> None:
        begun = seconds_since_boot()
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            command = [sys.executable, "-m", "pytest", "-q", KILLS, f"--fault-seed={seed}"]
            command += [f"--junit-xml={report}", "-o", "junit_family=xunit1"]
            done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
            if done.returncode:
                self.wrong.append(f"--fault-seed={seed}: {done.stdout}")
            self._read(report)
        self.kills.rounds += 1
        self.kills.spent += seconds_since_boot() - begun

    def _read(self, report: Path) -> None:
        for case in tree.parse(report).iter("testcase"):  # our own file
            self.kills.tests += 1
            for one in case.iter("property"):
                self.kills.seconds.setdefault(one.get("name", ""), []).append(float(one.get("value", 0)))

    def _so_far(self) -> str:
        figures = self.figures
        return f"{figures.evenings} evenings, {figures.intervals:,} intervals, {self.kills.rounds} rounds of kills"


def main() -> int:
    """Soak, or repeat one seed; returns 1 when something is wrong."""
    asked = argparse.ArgumentParser(prog="soak", description=__doc__)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--seed", type=int, help="simulate this one evening again, and nothing else")
    asked.add_argument("--chance", type=int, help="choose the same seeds in every run; without it they are fresh")
    wanted = asked.parse_args()
    soak = Soak(Console(), Random(wanted.chance))
    if wanted.seed is None:
        soak.run(wanted.minutes)
    else:
        soak.simulate(wanted.seed)
    soak.report()
    return bool(soak.wrong)


if __name__ == "__main__":
    sys.exit(main())
