"""A connection: one socket's life in one room, from opening to closing."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from domain.events.room import ConnectionClosed
from domain.events.schedule import GUEST_ROLES, STAFF_ROLES, Role
from signaling.media.engine import FeedId
from signaling.room.evidence import MISSED


class Arrival(msgspec.Struct, frozen=True):
    """A person with a good ticket or resume, on one connection."""

    connection: str
    person: str
    member: str
    """The person in this session, as `domain.room.members` has it: the same on each of their devices."""
    role: Role
    name: str
    replaces: str | None = None
    """The person's own connection that this one replaces, after a reload or a lost network."""
    link: str | None = None
    sign_in: str | None = None
    oversees: bool = False
    guest_of: str | None = None
    granted: datetime | None = None
    """These five as in `domain.access.tickets.Grant`."""
    alias: str | None = None
    """What peers see of a client or a guest."""

    @property
    def knows_people(self) -> bool:
        """Whether to show them who the others are. Clients and guests see labels and ids of this session alone."""
        return self.role in STAFF_ROLES or self.oversees


@dataclass
class Connection:
    """One socket's life in this room."""

    arrival: Arrival
    since: datetime
    """When it opened or was returned to the lobby: the start of its wait."""
    last_seen: datetime
    witness: str = "socket"
    media_at: datetime | None = None
    """When media last was its sign of life."""
    missed_at: datetime | None = None
    """When it was asked for a sign because its media had stopped; None once it gave one."""
    admitted: bool = False
    microphone: bool = False
    camera: bool = False
    screen: bool = False
    feeds: tuple[FeedId, ...] = ()

    @property
    def identity(self) -> str:
        return self.arrival.connection

    @property
    def devices(self) -> tuple[bool, bool, bool]:
        """Whether its microphone, its camera and its shared screen are on."""
        return self.microphone, self.camera, self.screen

    @property
    def person(self) -> str:
        return self.arrival.person

    def give_sign(self, at: datetime, witness: str) -> None:
        """Take a sign of life at `at`; older evidence changes nothing."""
        if at > self.last_seen:
            self.last_seen, self.witness, self.missed_at = at, witness, None
            if witness == "media":
                self.media_at = at

    def miss(self, now: datetime) -> bool:
        """Whether to ask it for a sign now: media flowed until its last sign, and it was not asked yet."""
        flowed = self.media_at is not None and self.media_at + MISSED >= self.last_seen
        missed = flowed and self.missed_at is None and now > self.last_seen + MISSED
        if missed:
            self.missed_at = now
        return missed

    def lost(self, now: datetime) -> ConnectionClosed:
        """Its close, found at `now` and dated at its last sign."""
        return ConnectionClosed(
            at=now,
            connection=self.identity,
            cause="lost",
            last_seen=min(self.last_seen, now),
            missed_at=self.missed_at,
        )

    @property
    def is_guest(self) -> bool:
        return self.arrival.role in GUEST_ROLES

    @property
    def is_staff(self) -> bool:
        return self.arrival.role in STAFF_ROLES

    @property
    def oversees(self) -> bool:
        return self.arrival.oversees
