"""A room's state: its plan and facts, the session's standing, and the people who are connected or away."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.attendance.facts import plan_of
from domain.events.catalogue import AnyEvent
from domain.events.room import ConnectionOpened
from domain.events.schedule import MUTUAL_HELP, SessionPlanned
from domain.people.telling_apart import Shown, beside, distinctions
from domain.room.labels import label
from domain.room.standing import Standing
from signaling.room.connections import Arrival, Connection


class RoomState:
    """One session's room in one epoch. `Room` changes it; pictures and the board only read it.

    `past` are the session's facts so far, in order.
    """

    def __init__(self, planned: SessionPlanned, past: Iterable[AnyEvent] = (), epoch: int = 1) -> None:
        self.planned = planned
        self.session = planned.session
        self.epoch = epoch
        self.standing = Standing()
        self.facts: list[AnyEvent] = []
        self.connections: dict[str, Connection] = {}
        """Everybody who is connected, in the room or in the lobby, by connection id."""
        self.away: dict[str, Arrival] = {}
        """People whose connection was lost in the room and who may come back, by person."""
        self.names: dict[str, str] = {}
        """The display names of the session's people."""
        self.aliases: dict[str, str] = {}
        """What peers see of clients and guests, by person."""
        self.labels: dict[str, str] = {}
        """The label that clients and guests see for everybody who came, by person; a label never changes."""
        self._apart: Mapping[str, str] | None = None
        """What tells people of one name apart; None until it is asked for again."""
        self.closed: type[Exception] | None = None
        """The answer to arrivals once the stream is closed."""
        self.trouble: str | None = None
        """The node's trouble, in a sentence."""
        self.written_until: datetime | None = None
        """When the last draft was kept, perhaps by an earlier node whose clock was ahead."""
        for event in past:
            self.take(event)
        if self.standing.roles is None:
            self.standing.apply(planned)

    def take(self, event: AnyEvent) -> None:
        """Take a fact in."""
        self.facts.append(event)
        self.standing.apply(event)
        if isinstance(event, SessionPlanned):
            self.planned = plan_of((self.planned, event)) or event
        if isinstance(event, ConnectionOpened):
            self._label(event.person)

    def know(self, names: Mapping[str, str]) -> None:
        """Take in display names, and label earlier arrivals in their order."""
        self.names.update(names)
        self._apart = None
        for fact in self.facts:
            if isinstance(fact, ConnectionOpened):
                self._label(fact.person)

    def _label(self, person: str) -> None:
        if person in self.names and person not in self.labels:
            self.labels[person] = label(self.names[person], self.labels.values(), self.aliases.get(person))
            self._apart = None

    def call_by(self, aliases: Mapping[str, str]) -> None:
        """Take in aliases. Who has a label already keeps it until the next takeover or session."""
        self.aliases.update(aliases)
        self._apart = None

    def called(self, person: str) -> str:
        """The person's name for staff, with what tells them apart from others of the session where names are alike."""
        if self._apart is None:
            called = {**self.aliases, **self.labels}
            known = (Shown(person=one, name=name, alias=called.get(one)) for one, name in self.names.items())
            self._apart = distinctions(known)
        return beside(self.names.get(person, ""), self._apart.get(person))

    @property
    def ends(self) -> datetime:
        """The current end of the window: scheduled or extended."""
        return self.standing.extended_to or self.planned.end

    @property
    def keeps_nothing(self) -> bool:
        """Whether it is a meeting of which nothing is kept: its facts live in this object alone."""
        return self.planned.kind == MUTUAL_HELP

    def is_outdated(self, arrival: Arrival) -> bool:
        """Whether a later plan has changed or removed the person's place since the server let them in."""
        return self.standing.has_replaced(arrival.person, arrival.role, arrival.granted)

    def by_person(self, person: str) -> list[Connection]:
        """A person's connections in this room."""
        return [connection for connection in self.connections.values() if connection.person == person]

    def roles_of(self, person: str) -> set[str]:
        """The roles that the plan gives a person, and the roles in which they came."""
        planned = {entry.role for entry in self.planned.roster if entry.person == person}
        came = {event.role for event in self.facts if isinstance(event, ConnectionOpened) and event.person == person}
        return planned | came
