"""Each client's true credit: the rules, second by second, applied to what really happened and not to any fact.

It is computed twice, as a lower and an upper bound: a gap close to the bridging limit depends on seconds that no
witness can settle.
"""

from collections.abc import Iterable
from itertools import pairwise
from math import floor

import msgspec

from domain.events.schedule import STAFF_ROLES
from domain.instants import second
from domain.policy import Policy
from tests.faults.simulated.truth import UNPROVED, Stay, Truth
from tests.faults.simulated.world import instant

Seconds = frozenset[int]
Span = tuple[int, int]
LOST = frozenset(("lost", "aborted", "node"))
BRIDGED_AFTER = LOST | {"left", "moved"}


class Doubt(msgspec.Struct, frozen=True):
    """The stated error of each person's presence, in seconds; `sign` is 1 for the upper bound, -1 for the lower."""

    of: dict[tuple[str, str], int]
    """The largest bound of an edge, by session and person."""
    sign: int
    unclosed: frozenset[str] = frozenset()
    """Admissions without a recorded end: they are flagged, and may count for nothing."""

    def limit(self, session: str, person: str, bridge_max_s: int) -> int:
        """The longest gap that is surely bridged, or possibly for the upper bound."""
        return bridge_max_s + 1 if self.sign > 0 else bridge_max_s - 1 - self.of.get((session, person), 0)


def cut(at: float) -> int:
    """The second that holds a virtual moment."""
    return second(instant(floor(at)))


def run(span: Span) -> range:
    """The seconds of a span."""
    return range(*span)


class Reckoning:
    """Steps 1 to 7 of all sessions of one evening: `earned[session, person]`."""

    def __init__(self, truth: Truth, policy: Policy, doubt: Doubt) -> None:
        self._truth, self._policy, self._doubt = truth, policy, doubt
        self._stays: dict[tuple[str, str], list[Stay]] = {}
        for stay in truth.stays:
            self._stays.setdefault((stay.session, stay.person), []).append(stay)
        self.earned = {key: seconds for session in truth.plans for key, seconds in self._session(session).items()}

    def _session(self, session: str) -> dict[tuple[str, str], Seconds]:
        """Steps 1 to 7."""
        taught = self._window(session) - self._breaks(session) & self._facilitated(session)
        return {(session, person): self._counted(session, person) & taught for person in self._clients(session)}

    def _clients(self, session: str) -> list[str]:
        planned = [entry.person for entry in self._truth.plans[session].roster if entry.role == "client"]
        return sorted({*planned, *(person for of, person in self._truth.lobby if of == session)})

    def _window(self, session: str) -> Seconds:
        plan, ended = self._truth.plans[session], self._truth.ended.get(session)
        extended = self._truth.extended.get(session)
        end = second(plan.end) if extended is None else cut(extended)
        return frozenset(range(second(plan.start), end if ended is None else min(end, cut(ended))))

    def _breaks(self, session: str) -> Seconds:
        declared = self._truth.breaks.get(session)
        if declared is None:
            spans = [(second(start), second(end)) for start, end in self._truth.plans[session].breaks]
        else:
            spans = [(cut(each.start), cut(20_000.0 if each.end is None else each.end)) for each in declared]
        return frozenset(at for span in spans for at in run(span))

    def _facilitated(self, session: str) -> Seconds:
        leaders = {stay.person for stay in self._truth.stays if stay.session == session and stay.role in STAFF_ROLES}
        return frozenset().union(*(self._counted(session, leader) for leader in leaders))

    def _counted(self, session: str, person: str) -> Seconds:
        """Steps 2 to 4."""
        stays = self._stays.get((session, person), [])
        added, removed = (self._corrected(session, person, op) for op in ("add", "remove"))
        here = frozenset(at for stay in stays if self._leaves_a_trace(stay) for at in run(self._seconds(stay)))
        bridged = (at for gap in self._bridged(session, person, stays) for at in run(gap))
        return (here.union(bridged) | added) - removed

    def _leaves_a_trace(self, stay: Stay) -> bool:
        """Whether a stay surely (upper bound: possibly) leaves a second: a lost one must outlast its error, any other
        the rounding to seconds."""
        if stay.end is None or self._doubt.sign > 0:
            return stay.end is not None
        if stay.admission in self._doubt.unclosed:
            return False
        doubt = self._doubt.of.get((stay.session, stay.person), 0) if stay.how in LOST else 0
        return stay.end - stay.start > doubt + 2

    def _shuts(self, stay: Stay) -> bool:
        """Whether the stay's end shuts the gap after it; a stay that rounding may leave empty possibly does not."""
        if self._doubt.sign > 0:
            return stay.how not in BRIDGED_AFTER | {UNPROVED} and (stay.end or 0) - stay.start > 2
        return stay.how not in BRIDGED_AFTER

    def _seconds(self, stay: Stay) -> Span:
        """The stay in whole seconds; for the upper bound, a fast clock may have added one."""
        return cut(stay.start), cut(stay.end or 0) + (self._doubt.sign > 0)

    def _bridged(self, session: str, person: str, stays: list[Stay]) -> list[Span]:
        limit = self._doubt.limit(session, person, self._policy.bridge_max_s)
        spans = [self._seconds(stay) for stay in stays if self._leaves_a_trace(stay)]
        faint = {cut(stay.start) for stay in stays if not self._leaves_a_trace(stay)}
        shut = {self._seconds(stay)[1] for stay in stays if self._shuts(stay)}
        decided = self._corrected(session, person, "add") | self._sent_off(session, person)
        return [
            gap
            for gap in gaps(spans)
            if gap[1] - gap[0] <= limit
            and gap[0] not in shut
            and faint.isdisjoint(range(gap[0] - 1, gap[1] + 1))
            and decided.isdisjoint(self._reach(gap, session, person))
        ]

    def _sent_off(self, session: str, person: str) -> Seconds:
        return frozenset(cut(at) for at in self._truth.sent_off.get((session, person), ()))

    def _reach(self, gap: Span, session: str, person: str) -> range:
        """The seconds in which an addition or an act of staff keeps a gap from bridging, surely or possibly."""
        if self._doubt.sign > 0:
            return range(gap[0] + 1, gap[1] - 1)
        return range(gap[0] - 1 - self._doubt.of.get((session, person), 0), gap[1] + 1)

    def _corrected(self, session: str, person: str, op: str) -> Seconds:
        return frozenset(
            at
            for each in self._truth.corrections
            if (each.session, each.person, each.op) == (session, person, op) and each.by != each.approved_by
            for at in range(second(each.start), second(each.end))
        )

    def less_doubles(self, other: "Reckoning") -> dict[tuple[str, str], Seconds]:
        """Step 8: the credit left after other sessions keep what `other` credits them."""
        return {
            key: seconds.difference(*(other.earned[rival] for rival in self._rivals(key)))
            for key, seconds in self.earned.items()
        }

    def _rivals(self, key: tuple[str, str]) -> list[tuple[str, str]]:
        return [rival for rival in self.earned if rival[1] == key[1] and self._claim(rival) < self._claim(key)]

    def _claim(self, key: tuple[str, str]) -> tuple[bool, float, int, str]:
        plan = self._truth.plans[key[0]]
        return (not plan.pull_out, self._truth.lobby.get(key, float("inf")), second(plan.start), key[0])


def gaps(spans: Iterable[Span]) -> list[Span]:
    """The gaps between the spans."""
    runs: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return [(one[1], other[0]) for one, other in pairwise(runs)]
