"""The messages in a live room's mailbox: from its connections, the media engine, its node, and itself."""

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
    """A person arrives; `entered` gets the result or the refusal. The room adds the resume to the welcome."""

    arrival: Arrival
    outgoing: Outgoing
    welcome: m.Welcomed
    entered: "asyncio.Future[None]"


class Ask(msgspec.Struct, frozen=True):
    """A connection's request."""

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
    """Sent twice a second: the persons who are in other rooms, and the node's trouble, in a sentence."""

    elsewhere: frozenset[str]
    trouble: str | None = None


class Learn(msgspec.Struct, frozen=True):
    """Facts that others have recorded of the session, and the display names and aliases of its people."""

    events: Sequence[AnyEvent]
    names: Mapping[str, str]
    aliases: Mapping[str, str]


class Stop(msgspec.Struct, frozen=True):
    """The node is stopping."""


class Closed(msgspec.Struct, frozen=True):
    """The last effect was carried out."""


RoomMail = Enter | Ask | Seen | Drop | Tick | Learn | Stop | MediaEvent
Mail = RoomMail | Closed
