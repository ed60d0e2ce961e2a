"""What a live room is sent: by its connections, by the media engine, by its node, and by itself."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from domain.events.catalogue import AnyEvent
from signaling import messages as m
from signaling.hosting.outgoing import Outgoing
from signaling.media.engine import MediaEvent
from signaling.room.connections import Arrival


class Enter(msgspec.Struct, frozen=True):
    """Somebody arrives; `entered` hears of it, or of the refusal. The room adds the resume to the welcome."""

    arrival: Arrival
    outgoing: Outgoing
    welcome: m.Welcomed
    entered: "asyncio.Future[None]"


class Ask(msgspec.Struct, frozen=True):
    """A connection asks."""

    connection: str
    request: m.Request


class Seen(msgspec.Struct, frozen=True):
    """A connection gave a sign of life."""

    connection: str
    at: datetime


class Drop(msgspec.Struct, frozen=True):
    """A connection's socket is gone."""

    connection: str


class Tick(msgspec.Struct, frozen=True):
    """A second has passed; these persons are in other rooms, and this is what troubles the node."""

    elsewhere: frozenset[str]
    trouble: str | None = None


class Learn(msgspec.Struct, frozen=True):
    """What others have recorded of the session, and how the people it concerns are called."""

    events: Sequence[AnyEvent]
    names: Mapping[str, str]


class Stop(msgspec.Struct, frozen=True):
    """The node is stopping."""


class Closed(msgspec.Struct, frozen=True):
    """The last effect is out."""


RoomMail = Enter | Ask | Seen | Drop | Tick | Learn | Stop | MediaEvent
Mail = RoomMail | Closed
