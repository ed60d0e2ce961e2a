"""One session worked out by itself: who was present when, in what window, what each client earned (steps 1 to 7)."""

from collections.abc import Collection
from operator import attrgetter

import msgspec

from domain.breakouts import Places, places, supervised
from domain.chronicle import Act, Chronicle
from domain.events import ROLES, SessionPlanned
from domain.facts import SessionFacts, counted
from domain.instants import second
from domain.policy import Policy
from domain.presence import Connection, Stay, bridged_gaps, union_of
from domain.records import Outcome
from domain.spans import Spans, intersect, subtract, union
from domain.window import Window, window, with_declared

_start = attrgetter("start")


class Presence(msgspec.Struct):
    """One person in one capacity: stays, and steps 2 to 4 over them."""

    stays: list[Stay]
    """In order of their start; none is empty."""
    connected: Spans
    bridged: Spans
    added: Spans
    removed: Spans
    filled: Spans
    """As it was before anything was removed."""
    counted: Spans


class Client(msgspec.Struct, kw_only=True):
    """One client's way through the steps.

    `proven` is what steps 1 to 7 credit; `earned` what the session's outcome, lateness and the door leave of it
    (`domain.outcome`); `credited` what is left when other sessions took theirs.
    """

    person: str
    payer: str | None
    presence: Presence
    lobby_at: int | None
    late_s: int | None
    late: bool
    denied: bool
    """Too late, or judged at the door: nothing is credited."""
    proven: Spans
    missed: bool
    """Whether they would have earned a second but for lateness, the door, and removals of their own presence."""
    on_roster: bool
    earned: Spans
    credited: Spans
    alone: Spans
    """The seconds that a facilitator elsewhere in the session does not cover, where the policy asks for one nearby."""
    flags: set[str]
    lost_to: list[tuple[str, Spans]]
    also_in: set[str]


class Sitting(msgspec.Struct, kw_only=True):
    """One session after step 7, before other sessions are looked at."""

    facts: SessionFacts
    chronicle: Chronicle
    window: Window
    facilitators: dict[str, Presence]
    taught: Spans
    """The seconds with a qualified person, whenever they were."""
    facilitated: Spans
    """The seconds of the window, outside breaks, with a qualified person."""
    clients: dict[str, Client]
    lives: dict[str, list[Connection]]
    """Each client's connections as a client."""
    flags: set[str]
    ignored: list[str]
    outcome: Outcome | None = None
    cancellation: Act | None = None
    """The one that stands, in a cancelled session."""
    reinstated: bool = False


def sit(facts: SessionFacts, now: int | None) -> Sitting:
    """Steps 1 to 7 of one session, up to the second `now` when one is given."""
    return _Reading(facts, now).sitting()


class _Reading:
    """The parts of one session that several steps need."""

    def __init__(self, facts: SessionFacts, now: int | None) -> None:
        self.facts = facts
        self.now = now
        self.plan: SessionPlanned = facts.plan
        self.policy: Policy = facts.policy
        self.counted = counted(facts.events, now)
        self.chronicle = Chronicle(self.counted, now)
        marks = (("stale_facts", self.counted.stale), ("clock_skew", self.chronicle.clock_skewed))
        self.flags: set[str] = {flag for flag, holds in marks if holds}
        self.ignored = list(self.counted.stale)
        self.disputed: set[str] = set()
        self.never_closed: set[str] = set()
        self.as_client: dict[str, list[Stay]] = {}
        self.as_facilitator: dict[str, list[Stay]] = {}
        self.lobby: dict[str, int] = {}
        self.lives: dict[str, list[Connection]] = {}
        self.payers = {entry.person: entry.payer for entry in self.plan.roster if entry.role == "client"}

    def sitting(self) -> Sitting:
        self._read_connections()
        self._read_corrections()
        chronicle, plan = self.chronicle, self.plan
        frame = with_declared(window(plan, chronicle.extended_to, chronicle.ended_at, self.now), chronicle.breaks)
        facilitators = {person: self._presence(person, stays, True) for person, stays in self.as_facilitator.items()}
        taught = union(interval for presence in facilitators.values() for interval in presence.counted)
        facilitated = intersect(frame.teaching, taught)
        clients = {person: self._client(person, facilitators, facilitated) for person in sorted(self.as_client)}
        return Sitting(
            facts=self.facts,
            chronicle=chronicle,
            window=frame,
            facilitators=facilitators,
            taught=taught,
            facilitated=facilitated,
            clients=clients,
            lives=self.lives,
            flags=self.flags,
            ignored=self.ignored,
        )

    def _read_connections(self) -> None:
        for entry in self.plan.roster:
            self._place(entry.person, entry.role, [])
        for connection in self.chronicle.connections.values():
            self._read_connection(connection)

    def _read_connection(self, connection: Connection) -> None:
        person, role, opened = connection.person, connection.role, connection.opened
        if person is None or role is None or opened is None:
            return
        self._place(person, role, connection.stays())
        if (removed_at := connection.removed_at()) is not None:
            self.chronicle.sent_off[person].append(removed_at)
        open_ended = connection.never_closed()
        if open_ended:
            self.flags.add("never_closed")
        if role == "client":
            self.lives.setdefault(person, []).append(connection)
            self.lobby[person] = min(self.lobby.get(person, opened[0]), opened[0])
            if open_ended:
                self.never_closed.add(person)

    def _place(self, person: str, role: str, stays: list[Stay]) -> None:
        """Put stays where the role makes them count: with the client's, the facilitator's, both or neither."""
        if role == "client":
            self.as_client.setdefault(person, []).extend(stays)
        if role in self.policy.qualified_roles:
            self.as_facilitator.setdefault(person, []).extend(stays)
        if role not in ROLES:
            self.flags.add("unknown_role")

    def _read_corrections(self) -> None:
        self.corrected: dict[str, list[tuple[bool, int, int]]] = {}
        known = {connection.person for connection in self.chronicle.connections.values()}
        known.update(entry.person for entry in self.plan.roster)
        for correction in self.chronicle.corrections:
            if correction.two_people and correction.person in known:
                change = (correction.add, correction.start, correction.end)
                self.corrected.setdefault(correction.person, []).append(change)
            else:
                self.flags.add("correction_not_counted")
                self.disputed.add(correction.person)
                self.ignored.append(correction.id)

    def _presence(self, person: str, stays: list[Stay], bridging: bool) -> Presence:
        """Steps 2 to 4."""
        stays = [stay for stay in stays if stay.start < stay.end]
        stays.sort(key=_start)
        connected = union_of(stays)
        changes = self.corrected.get(person)
        added = union((start, end) for add, start, end in changes if add) if changes else []
        removed = union((start, end) for add, start, end in changes if not add) if changes else []
        sent_off = self.chronicle.sent_off.get(person, ())
        bridged = bridged_gaps(connected, stays, added, self.policy.bridge_max_s, sent_off) if bridging else []
        filled = union([*connected, *bridged, *added]) if bridged or added else connected
        return Presence(stays, connected, bridged, added, removed, filled, subtract(filled, removed))

    def _places(self, person: str, roles: Collection[str], presence: Presence) -> Places:
        lives = [life for life in self.chronicle.connections.values() if life.person == person and life.role in roles]
        return places(lives, presence.bridged)

    def _company(self, person: str, presence: Presence, facilitators: dict[str, Presence]) -> Spans | None:
        """The seconds in which a facilitator was where the client was; None where the policy asks for one anywhere."""
        if self.policy.facilitator_in == "session":
            return None
        qualified = [
            (self._places(name, self.policy.qualified_roles, held), held.added, held.removed)
            for name, held in facilitators.items()
        ]
        here = self._places(person, ("client",), presence)
        return supervised(here, presence.added, qualified)

    def _client(self, person: str, facilitators: dict[str, Presence], facilitated: Spans) -> Client:
        presence = self._presence(person, self.as_client[person], self.policy.bridge_credit)
        lobby_at = self.lobby.get(person)
        late_s = None if lobby_at is None else max(0, lobby_at - second(self.plan.start))
        late = late_s is not None and late_s > self.policy.late_cutoff_s
        company = self._company(person, presence, facilitators)
        reach = facilitated if company is None else intersect(facilitated, company)
        proven = intersect(presence.counted, reach)
        marks = (
            ("late", late),
            ("never_closed", person in self.never_closed),
            ("correction_not_counted", person in self.disputed),
        )
        return Client(
            person=person,
            payer=self.payers.get(person),
            presence=presence,
            lobby_at=lobby_at,
            late_s=late_s,
            late=late,
            denied=False,
            proven=proven,
            missed=bool(proven) or bool(presence.removed and intersect(presence.filled, reach)),
            on_roster=person in self.payers,
            earned=proven,
            credited=proven,
            alone=[] if company is None else subtract(presence.counted, company),
            flags={flag for flag, holds in marks if holds},
            lost_to=[],
            also_in=set(),
        )
