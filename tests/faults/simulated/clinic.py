"""A clinic's evening: sessions that overlap, their staff and clients, and what staff do in them."""

from collections.abc import Sequence
from functools import partial

import msgspec

from domain.events.attendance import AttendanceCorrected
from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.events.schedule import Role, RosterEntry, SessionPlanned
from domain.ledger import chain
from domain.policy import Policy
from runtime import policies
from signaling import messages as m
from store.ledger import facts as ledger
from tests.faults.simulated.fleet import Fleet
from tests.faults.simulated.live_room import CLINIC
from tests.faults.simulated.people import Attendee, Seat
from tests.faults.simulated.truth import Truth
from tests.faults.simulated.world import World, instant

POLICY_NAME = "evening-sud"


class Scale(msgspec.Struct, frozen=True):
    """The size of the evening."""

    sessions: int = 14
    clients: int = 15
    """Per session; every sixth joins a second session too."""
    nodes: int = 3


class Clinic:
    """The whole clinic, and the truth about its evening."""

    def __init__(self, seed: int, scale: Scale) -> None:
        self.world = World(seed)
        self.truth = Truth()
        self.fleet = Fleet(self.world, self.truth, scale.nodes)
        self.policy: Policy
        self.policy, self._reference = policies.load(POLICY_NAME, 1)
        self.attendees: dict[str, list[Attendee]] = {}
        chance = self.world.chance
        sessions = [(self.world.new_id(), chance.randrange(600, 3000)) for _ in range(scale.sessions)]
        before: list[str] = []
        for session, start in sessions:
            clients = [self.world.new_id() for _ in range(scale.clients)]
            self._plan(session, start, clients, guests=before[::6])
            before = clients

    def live(self) -> None:
        """Run the whole evening, then ship everything that it left on disks."""
        self.fleet.suffer(until=8000)
        self.world.run(11_000)
        self.fleet.bring_everything_in()
        for session in sorted(self.truth.plans):
            self._correct(session)

    def record(self, stream: str, event: Event) -> None:
        """Append a server's fact, in its own stream."""
        past = [row for row in self.fleet.database.of_session(event.session) if row.stream == stream]
        numbered = msgspec.structs.replace(event, id=self.world.new_id(), seq=len(past) + 1)
        link = chain.link(past[-1].hash if past else chain.START, encode(numbered))
        self.fleet.database.append(ledger.row(numbered, CLINIC, stream, link))

    def _plan(self, session: str, start: int, clients: Sequence[str], guests: Sequence[str]) -> None:
        chance = self.world.chance
        length = chance.randrange(2400, 4800)
        leaders = [self.world.new_id() for _ in range(chance.choice((1, 2)))]
        roles: tuple[Role, ...] = ("facilitator", "co_facilitator")
        roster = [RosterEntry(person, role) for person, role in zip(leaders, roles)]  # noqa: B905  one leader or two
        planned = SessionPlanned(
            at=instant(-86_400),
            session=session,
            kind="group",
            timezone="America/New_York",
            start=instant(start),
            end=instant(start + length),
            policy=self._reference,
            breaks=((instant(start + 1200), instant(start + 1500)),) if chance.random() < 0.5 else (),
            roster=(*roster, *(RosterEntry(person) for person in clients)),
            pull_out=chance.random() < 0.2,
        )
        self.truth.plans[session] = planned
        self.record(f"plan:{session}", planned)
        seats: list[Seat] = [Seat(session, entry.person, entry.role) for entry in planned.roster]
        seats += [Seat(session, person, "client") for person in guests]
        self.attendees[session] = [Attendee(self.fleet, self.world, self.truth, seat) for seat in seats]
        for attendee in self.attendees[session]:
            early, late = (-300, -30) if attendee.role != "client" else (-500, 1200)
            self.world.at(start + chance.uniform(early, late), attendee.arrive)
        self._lead(session, start, start + length)

    # ---- acts of staff ----

    def _lead(self, session: str, start: int, end: int) -> None:
        chance, at = self.world.chance, self.world.at
        for again in range(20):
            at(start + 30 * again, partial(self._staff_asks, session, m.StartSession()))
        at(start + 5, partial(self._keep_door, session))
        if chance.random() < 0.5:
            begins = chance.uniform(start + 600, start + 2000)
            at(begins, partial(self._staff_asks, session, m.StartBreak()))
            at(begins + chance.uniform(60, 600), partial(self._staff_asks, session, m.EndBreak()))
        if chance.random() < 0.3:
            until = instant(end + chance.choice((-300, 600, 900)))
            at(end - chance.uniform(400, 900), partial(self._staff_asks, session, m.ExtendSession(until=until)))
        for _ in range(chance.randrange(5)):
            at(chance.uniform(start + 600, end), partial(self._send_somebody, session, m.ReturnToLobby))
        if chance.random() < 0.4:
            at(chance.uniform(start + 600, end), partial(self._send_somebody, session, m.Remove))
        if chance.random() < 0.85:
            closes = end + chance.uniform(-300, 500)
            for again in range(5):
                at(closes + 40 * again, partial(self._staff_asks, session, m.EndSession()))

    def _keep_door(self, session: str) -> None:
        if session not in self.truth.ended:
            self._staff_asks(session, m.AdmitAll())
            self.world.within(10, 40, partial(self._keep_door, session))

    def _send_somebody(self, session: str, request: type[m.ReturnToLobby] | type[m.Remove]) -> None:
        clients = [each for each in self.attendees[session] if each.role == "client" and each.device is not None]
        if clients:
            self._staff_asks(session, request(person=self.world.chance.choice(clients).person))

    def _staff_asks(self, session: str, request: m.Request) -> None:
        for leader in self.attendees[session]:
            if leader.role != "client" and leader.device is not None and leader.device.admitted and leader.node:
                leader.node.do(partial(leader.node.ask, leader.device, request))
                return

    # ---- corrections afterwards ----

    def _correct(self, session: str) -> None:
        """Record additions and removals, most of them approved by a second person."""
        plan, chance = self.truth.plans[session], self.world.chance
        clients = [entry.person for entry in plan.roster if entry.role == "client"]
        for person in chance.sample(clients, 3):
            begins = (plan.start - instant(0)).total_seconds() + chance.randrange(0, 1800)
            corrected = AttendanceCorrected(
                at=instant(20_000),
                session=session,
                person=person,
                op=chance.choice(("add", "remove")),
                start=instant(begins),
                end=instant(begins + chance.randrange(300, 900)),
                by="maker",
                approved_by=chance.choice(("approver", "approver", "maker")),
            )
            self.truth.corrections.append(corrected)
            self.record(f"correction:{session}", corrected)
