"""The media engine's face: rooms, seats and opaque session descriptions. Who sits there, no engine knows.

Two peer connections a seat: *publish*, which the browser offers, and *subscribe*, which the engine offers; so there
is no glare, joining never renegotiates what others send, and the same messages can drive other engines.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal, Protocol

import msgspec

from signaling.media.bounds import Many, Name, Number, Text

Side = Literal["publish", "subscribe"]
MediaKind = Literal["audio", "video", "screen"]
"""A microphone, a camera, a shared screen."""
RIDS = ("l", "m", "h")
"""The names under which a browser may send one picture in several qualities, the smallest first."""


class Seat(msgspec.Struct, frozen=True, order=True):
    """A connection's place in a media room; both ids are opaque."""

    room: Name
    connection: Name


class FeedId(msgspec.Struct, frozen=True, order=True):
    """One stream that a seat publishes."""

    connection: Name
    kind: MediaKind


class TileSize(msgspec.Struct, frozen=True):
    """How large a picture is shown, in pixels of the screen."""

    width: Number
    height: Number


class Offer(msgspec.Struct, frozen=True):
    """What the engine offers a subscriber."""

    id: Number
    connection_id: Name
    """Names the peer connection; a new one asks the browser to build a new peer connection."""
    sdp: Text
    feeds: Annotated[dict[Name, FeedId], Many]
    """By `mid`; media sections that are off stand in the SDP and not here."""
    slots: Annotated[tuple[Name, ...], Many] = ()
    """Media ids of audio slots: the engine puts whoever is heard into them, and `VoicesChanged` says who. An
    engine without slots names every audio feed in `feeds`."""


class Published(msgspec.Struct, frozen=True, tag=True):
    """The seat's publish connection is up (DTLS done); its feeds can be subscribed to."""

    seat: Seat
    feeds: Annotated[tuple[FeedId, ...], Many]


class Unpublished(msgspec.Struct, frozen=True, tag=True):
    """These feeds are gone."""

    seat: Seat
    feeds: Annotated[tuple[FeedId, ...], Many]


class Connected(msgspec.Struct, frozen=True, tag=True):
    """The DTLS handshake of one side is done."""

    seat: Seat
    side: Side


class Lost(msgspec.Struct, frozen=True, tag=True):
    """Consent on one side ran out or its transport closed; the browser may publish or resubscribe again."""

    seat: Seat
    side: Side


class Witnessed(msgspec.Struct, frozen=True, tag=True):
    """An authenticated packet of this seat arrived at `at`; emitted at most once a second for each seat."""

    seat: Seat
    at: datetime


class Speaking(msgspec.Struct, frozen=True, tag=True):
    """Who is heard loudest now, loudest first."""

    room: Name
    connections: Annotated[tuple[Name, ...], Many]


class VoicesChanged(msgspec.Struct, frozen=True, tag=True):
    """Who is in the audio slots of a subscriber now, by media id."""

    seat: Seat
    connection_id: Name
    voices: Annotated[dict[Name, FeedId], Many]


class PicturesRefused(msgspec.Struct, frozen=True, tag=True):
    """The pictures, by media id, that a subscriber is not sent because its browser refused the formats they come in.
    It replaces the one before."""

    seat: Seat
    connection_id: Name
    mids: Annotated[tuple[Name, ...], Many]


MediaEvent = Published | Unpublished | Connected | Lost | Witnessed | Speaking | VoicesChanged | PicturesRefused


class SeatStatistics(msgspec.Struct, frozen=True):
    """Counters of one seat, in packets, and how its ways are."""

    received: Number
    forwarded: Number
    lost: Number
    jitter_ms: float = 0.0
    """Of what comes from it, the worst stream."""
    round_trip_ms: float = 0.0
    """To it and back; 0 before it is known."""
    budget: Number = 0
    """What it can be sent, in bits per second; 0 before it subscribes."""
    layers: Annotated[dict[Name, Name], Many] = {}
    """Which quality of each picture it is sent, `""` where there is one only, by media id."""


class MediaEngine(Protocol):
    """The built-in engine and others behind one interface. SDP is opaque text to callers.

    A description the engine cannot use raises `domain.errors.MediaRefused`.
    """

    async def open_room(self, room: str) -> None:
        """Take seats of this room from now on; opening it twice is fine."""
        ...

    async def close_room(self, room: str) -> None:
        """Forget the room, all its seats and their connections. No event follows; unknown rooms are fine."""
        ...

    async def publish(self, seat: Seat, offer: str) -> str:
        """The answer to a browser's offer. A second publish of a seat replaces the first, unless its certificate is
        the same: then it restarts ICE."""
        ...

    async def subscribe(self, seat: Seat, wants: Sequence[FeedId], *, fresh: bool = False) -> Offer | None:
        """An offer for exactly these feeds, or None when nothing needs renegotiating.

        Feeds that are not published (yet) are left out. `fresh` drops the old peer connection and builds a new one.
        """
        ...

    async def accept(self, seat: Seat, offer_id: int, answer: str) -> None:
        """The browser's answer; one to an offer that was superseded is ignored."""
        ...

    async def view(self, seat: Seat, tiles: Mapping[FeedId, TileSize | None]) -> None:
        """How large the seat's page shows these pictures; None: not at all. What it never named is sent small."""
        ...

    async def restart(self, seat: Seat) -> Offer | None:
        """An offer with new ICE credentials for the same subscribe connection; None when there is none to restart,
        or the engine cannot: subscribe freshly then.

        A publish connection restarts by the browser's own new offer: `publish` knows it by its certificate.
        """
        ...

    async def leave(self, seat: Seat) -> None:
        """Forget the seat and both its connections; unknown seats are fine."""
        ...

    async def statistics(self, room: str) -> dict[str, SeatStatistics]:
        """Counters by connection."""
        ...

    def events(self) -> AsyncIterator[MediaEvent]:
        """What happens in the engine, in order; one consumer."""
        ...

    async def close(self) -> None:
        """End every connection, then `events`, and give the ports and processes back."""
        ...
