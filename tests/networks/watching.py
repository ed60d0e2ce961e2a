"""When people receive sound and pictures, noted by their own pages."""

from collections.abc import Sequence
from itertools import pairwise

from runtime.clock import now
from tests.evening.people import Somebody
from tests.waiting import eventually

_NOTE = """
window.progress = { audio: [], video: [] };
const seen = {};
setInterval(async () => {
  for (const row of (await window.vesperStatistics?.())?.inbound ?? []) {
    const count = row.kind === "audio" ? row.packetsReceived : row.framesDecoded;
    if (count && count !== seen[row.kind]) progress[row.kind].push(Date.now() / 1000);
    seen[row.kind] = count;
  }
}, 50);
"""
"""Notes each moment (to 0.05 s) at which new sound or a new picture had arrived; page and test share one clock."""


class Watch:
    """Two people who receive each other; get one from `begin`."""

    def __init__(self, people: Sequence[Somebody]) -> None:
        self._people = people

    @classmethod
    async def begin(cls, *people: Somebody) -> "Watch":
        """Note from now on."""
        for person in people:
            await person.page.evaluate(_NOTE)
        return cls(people)

    async def longest_gap(self, kind: str, since: float) -> float:
        """The longest time without media of this kind for one of them, until now, in seconds."""
        until = now().timestamp()
        each = [[since, *moments, until] for moments in await self._moments(kind, since)]
        return max(after - before for moments in each for before, after in pairwise(moments))

    async def first_after(self, kind: str, since: float) -> float:
        """Seconds until each had received media of this kind."""

        async def all_of_them() -> list[list[float]] | None:
            each = await self._moments(kind, since)
            return each if all(each) else None

        return max(moments[0] for moments in await eventually(all_of_them, 30)) - since

    async def _moments(self, kind: str, since: float) -> list[list[float]]:
        """For each person, the moments when media of this kind arrived."""
        noted: list[dict[str, list[float]]] = [await one.page.evaluate("progress") for one in self._people]
        return [[moment for moment in each[kind] if moment >= since] for each in noted]
