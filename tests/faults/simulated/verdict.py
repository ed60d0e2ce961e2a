"""The verdict on an evening: the real arithmetic's results from the ledger, against what really happened."""

import itertools
from collections.abc import Iterable, Sequence
from random import Random

import msgspec

from domain.attendance.credit import attendance
from domain.attendance.facts import SessionFacts, plan_of
from domain.attendance.presence import Stay
from domain.attendance.reasons import error_s
from domain.attendance.records import SessionRecord
from domain.attendance.session import SessionAttendance, work_out
from domain.events.catalogue import AnyEvent
from domain.events.room import SessionEnded
from domain.ledger import chain
from domain.projection.finality import finality
from signaling.journal.journal import Fact
from signaling.room.evidence import SILENT
from tests.faults.simulated.clinic import Clinic
from tests.faults.simulated.reckoning import Doubt, Reckoning, cut
from tests.faults.simulated.truth import Stay as TrueStay

SLACK = 1
"""Seconds: instants are rounded down, by clocks that are less than one second off."""
STAFFS_ACTS = frozenset(("ended", "removed", "moved"))
UNNOTICED_S = int(SILENT.total_seconds())
"""A device that staff closes, or a stopping node, may have been silent for this long."""
PROMISED = {"left": 0, "removed": 0, "ended": 0, "moved": 0}
BY_WITNESS = {"media": 2, "socket": 15}
"""Seconds by which an end may be dated too early while its node lives, whatever bound is stated."""
FOUND_WITHIN_S = BY_WITNESS
"""Seconds from the last evidence until a loss is found, while its node lives: the stated bound."""
Errors = dict[str, list[int]]
Key = tuple[str, str]
Stays = dict[str, list[Stay]]
"""By person."""
Edge = tuple[int, int]
"""`(second, error)`: an edge, and the seconds by which it may be wrong."""


class Verdict(msgspec.Struct):
    """The figures of one evening. `wrong` holds a sentence for each broken promise."""

    seed: int
    people: int = 0
    facts: int = 0
    intervals: int = 0
    within: int = 0
    """Intervals with both edges right, within the bounds that the record states."""
    lost_events: int = 0
    double_counted_s: int = 0
    for_review: int = 0
    """Intervals within their bounds that left no seconds, because their end is unknown; they are flagged for review."""
    unsupported_s: int = 0
    """Seconds credited beyond what really happened, and beyond the clocks' last second."""
    on_trust_s: int = 0
    """Seconds credited to silent devices until staff, or a stopping node, closed them."""
    errors: Errors = msgspec.field(default_factory=dict)
    """By witness: the seconds by which each loss was dated too early."""
    bounds: Errors = msgspec.field(default_factory=dict)
    """By witness: the stated bound of each loss."""
    wrong: list[str] = msgspec.field(default_factory=list)


class Examination:
    """Examines one evening that is over."""

    def __init__(self, clinic: Clinic, seed: int) -> None:
        self._clinic = clinic
        self._chance = Random(seed)
        self.verdict = Verdict(seed)
        self._facts = [self._session_facts(session) for session in sorted(clinic.truth.plans)]
        self._records = attendance(self._facts, explain=True)
        self._trusted: set[str] = set()
        self._unclosed: set[str] = set()
        self._worked_out = {facts.id: work_out(facts, None) for facts in self._facts}
        self._stays = {session: _by_person(attended) for session, attended in self._worked_out.items()}

    def examine(self) -> Verdict:
        """Check every promise."""
        self._look_for_lost_events()
        self._look_at_chains()
        self._look_for_ends()
        self._look_at_intervals()
        self._look_at_credit()
        self._look_for_doubles()
        self._replay()
        return self.verdict

    def _session_facts(self, session: str) -> SessionFacts:
        events = self._clinic.fleet.database.events(session)
        plan = plan_of(events)
        assert plan is not None
        return SessionFacts(id=session, plan=plan, policy=self._clinic.policy, events=events)

    def _all_stays(self, session: str) -> Iterable[Stay]:
        return itertools.chain.from_iterable(self._stays[session].values())

    def _say(self, what: str) -> None:
        self.verdict.wrong.append(what)

    # ---- the ledger ----

    def _look_for_lost_events(self) -> None:
        rows = self._clinic.fleet.database.rows
        on_disk = [entry.row for node in self._clinic.fleet.nodes for entry in node.disk if isinstance(entry, Fact)]
        lost = [row for row in on_disk if rows.get(row.event_id) != row]
        self.verdict.facts, self.verdict.lost_events = len(rows), len(lost)
        if lost:
            self._say(f"{len(lost)} facts were on a disk and are not in the ledger")

    def _look_at_chains(self) -> None:
        streams: dict[str, list[tuple[int, bytes, bytes]]] = {}
        for row in self._clinic.fleet.database.rows.values():
            streams.setdefault(row.stream, []).append((row.seq, row.body, row.hash))
        for stream, links in streams.items():
            if chain.first_broken([(body, link) for _, body, link in sorted(links)]) is not None:
                self._say(f"the chain of {stream} does not hold")

    def _look_for_ends(self) -> None:
        """Check that ended sessions are final once every disk is shipped: their statements wait for nothing."""
        for facts in self._facts:
            ended = any(isinstance(event, SessionEnded) for event in facts.events)
            if ended and not finality(facts.events, facts.plan.end, None, 0).whole:
                self._say(f"{facts.id} has ended and is not final")

    # ---- intervals ----

    def _look_at_intervals(self) -> None:
        derived = {
            stay.begun_by: (attended, stay)
            for session, attended in self._worked_out.items()
            for stay in self._all_stays(session)
        }
        self.verdict.people = len({stay.person for stay in self._clinic.truth.stays})
        for true in self._clinic.truth.stays:
            self.verdict.intervals += 1
            found = derived.pop(true.admission, None)
            if found is None:
                self._review(true)
                continue
            attended, stay = found
            horizon = max(stay.end, attended.window.end)
            bound, end = error_s(stay, horizon), cut(true.end if true.end is not None else true.start)
            early, off = min(end, horizon) - stay.end, stay.start - cut(true.start)
            self._count(true, early, bound)
            trusted = self._trust(true, stay, early)
            if abs(off) > SLACK or not -SLACK - trusted <= early <= min(bound, _promised(true, bound)) + SLACK:
                self._say(f"{_text(true)}: begins {off} s off, ends {early} s early, {stay.known}, stated {bound} s")
            else:
                self.verdict.within += 1
        for attended, stay in derived.values():
            if stay.end - stay.start > SLACK:
                self._say(f"{attended.facts.id}: a presence of {stay.end - stay.start} s that never was")

    def _review(self, true: TrueStay) -> None:
        """Check a presence without a recorded end: it leaves no seconds, and the record must flag it for review."""
        if true.how in ("lost", "node") and "never_closed" in self._records[true.session].flags:
            self.verdict.within += 1
            self.verdict.for_review += 1
            self._unclosed.add(true.admission)
        else:
            self._say(f"{_text(true)} is not in the record")

    def _trust(self, true: TrueStay, stay: Stay, early: int) -> int:
        if true.how not in ("lost", "node") or stay.known not in STAFFS_ACTS:
            return 0
        self.verdict.on_trust_s += max(0, -early)
        self._trusted.add(stay.begun_by)
        return UNNOTICED_S

    def _count(self, true: TrueStay, early: int, bound: int) -> None:
        if true.how in ("lost", "node"):
            witness = true.witness if true.how == "lost" else f"{true.witness}, node died"
            self.verdict.errors.setdefault(witness, []).append(early)
            self.verdict.bounds.setdefault(witness, []).append(bound)

    # ---- credit ----

    def _look_at_credit(self) -> None:
        doubts = self._doubts()
        truth, policy = self._clinic.truth, self._clinic.policy
        at_least, at_most = (
            Reckoning(truth, policy, Doubt(doubts, sign, frozenset(self._unclosed))) for sign in (-1, 1)
        )
        least, most = at_least.less_doubles(at_most), at_most.less_doubles(at_least)
        for session, record in self._records.items():
            for person, client in record.clients.items():
                credited = {at for span in client.credited for at in range(*span)}
                edges, elsewhere = self._edges(session, person)
                over = runs(credited - most.get((session, person), frozenset()))
                under = runs(least.get((session, person), frozenset()) - credited)
                most_edges = [*((at, 0) for at, _ in edges), *elsewhere, *self._trusted_edges()]
                self.verdict.unsupported_s += self._blame(f"{person} in {session} too much", over, most_edges)
                self._blame(
                    f"{person} in {session} too little",
                    under,
                    [*edges, *elsewhere, *self._trusted_edges()],
                )

    def _blame(self, whom: str, spans: Sequence[Edge], edges: Sequence[Edge]) -> int:
        """Check that differing seconds are at an edge, within its error; returns the number that are not."""
        wrong = [
            (start, end)
            for start, end in spans
            if not any(at - SLACK <= start and end <= at + bound + SLACK for at, bound in edges)
        ]
        for start, end in wrong:
            self._say(f"{whom}: {end - start} s from {start} on")
        return sum(end - start for start, end in wrong)

    def _trusted_edges(self) -> list[Edge]:
        stays = itertools.chain.from_iterable(self._all_stays(session) for session in self._stays)
        return [(stay.end - UNNOTICED_S, UNNOTICED_S) for stay in stays if stay.begun_by in self._trusted]

    def _doubts(self) -> dict[Key, int]:
        doubts: dict[Key, int] = {}
        for session, attended in self._worked_out.items():
            for person, stays in self._stays[session].items():
                doubts[session, person] = max((error_s(stay, attended.window.end) for stay in stays), default=0)
        return doubts

    def _edges(self, session: str, person: str) -> tuple[list[Edge], list[Edge]]:
        """A person's edges with their errors: `(in this session, in the sessions that rival it)`.

        A second that the rival cannot prove, and gives back, is proved here.
        """
        edges = {
            of: _edges_of(self._worked_out[of], self._stays[of], record, person)
            for of, record in self._records.items()
            if person in record.clients
        }
        return edges.pop(session), [edge for others in edges.values() for edge in others]

    def _look_for_doubles(self) -> None:
        people: dict[str, list[int]] = {}
        for record in self._records.values():
            for person, client in record.clients.items():
                people.setdefault(person, []).extend(at for span in client.credited for at in range(*span))
        self.verdict.double_counted_s = sum(len(seconds) - len(set(seconds)) for seconds in people.values())
        if self.verdict.double_counted_s:
            self._say(f"{self.verdict.double_counted_s} s are counted twice")

    # ---- replay ----

    def _replay(self) -> None:
        """Check that facts in any order, and doubled, give the same bytes."""
        expected = msgspec.json.encode(self._records)
        for _ in range(2):
            again = [msgspec.structs.replace(facts, events=self._shuffled(facts.events)) for facts in self._facts]
            self._chance.shuffle(again)
            if msgspec.json.encode(attendance(again, explain=True)) != expected:
                self._say("the same facts in another order make another record")

    def _shuffled(self, events: Sequence[AnyEvent]) -> list[AnyEvent]:
        doubled = [*events, *self._chance.sample(list(events), len(events) // 3)]
        self._chance.shuffle(doubled)
        return doubled


def _by_person(attended: SessionAttendance) -> Stays:
    """Every stay by person, even without a provable second."""
    stays: Stays = {}
    for connection in attended.timeline.connections.values():
        if connection.person is not None:
            stays.setdefault(connection.person, []).extend(connection.stays())
    return stays


def _edges_of(attended: SessionAttendance, stays: Stays, record: SessionRecord, person: str) -> list[Edge]:
    spans = record.clients[person].derivation or ()
    edges = [(edge.at, edge.error_s) for span in spans for edge in (span.start, span.end)]
    own = [stay for holder in (person, *attended.facilitators) for stay in stays.get(holder, ())]
    return edges + [edge for stay in own for edge in ((stay.start, 0), (stay.end, error_s(stay, attended.window.end)))]


def _promised(stay: TrueStay, otherwise: int) -> int:
    if stay.how in ("lost", "aborted"):
        return BY_WITNESS[stay.witness]
    return PROMISED.get(stay.how, otherwise)


def _text(stay: TrueStay) -> str:
    span = f"{stay.start:.1f} to {stay.end or 0:.1f}"
    return f"{stay.role} {stay.person} in {stay.session}, {span} ({stay.how}, {stay.witness})"


def runs(seconds: Iterable[int]) -> list[tuple[int, int]]:
    """The seconds as spans of consecutive ones."""
    found: list[tuple[int, int]] = []
    for at in sorted(seconds):
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found
