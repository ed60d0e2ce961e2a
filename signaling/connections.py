"""A connection: one socket's life in one room, opening to closing."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from domain.events import STAFF_ROLES, Role
from signaling.media.engine import FeedId


class Arrival(msgspec.Struct, frozen=True):
    """Somebody whose ticket or resume was good."""

    connection: str
    person: str
    role: Role
    name: str
    replaces: str | None = None
    """The person's own connection that this one takes over from, after a reload or a lost network."""


@dataclass
class Connection:
    """One socket's life in this room."""

    arrival: Arrival
    since: datetime
    last_seen: datetime
    witness: str = "socket"
    admitted: bool = False
    microphone: bool = False
    camera: bool = False
    screen: bool = False
    feeds: tuple[FeedId, ...] = ()

    @property
    def identity(self) -> str:
        return self.arrival.connection

    @property
    def person(self) -> str:
        return self.arrival.person

    @property
    def is_staff(self) -> bool:
        return self.arrival.role in STAFF_ROLES
