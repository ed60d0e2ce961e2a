"""The media engine's interface: rooms, seats and opaque session descriptions. No engine knows who sits in a seat.

Each seat has two peer connections: *publish*, offered by the browser, and *subscribe*, offered by the engine. So there
is no glare, a join never renegotiates what others send, and the same messages can drive other engines.
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
"""The rids of the qualities in which a browser may send one picture, smallest first."""


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
    """Names the peer connection; for a new id the browser builds a new peer connection."""
    sdp: Text
    feeds: Annotated[dict[Name, FeedId], Many]
    """By `mid`; inactive media sections are in the SDP and not here."""
    slots: Annotated[tuple[Name, ...], Many] = ()
    """Media ids of audio slots: the engine puts the current speakers into them, and `VoicesChanged` names these. An
    engine without slots lists every audio feed in `feeds`."""


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
    """The connections that speak now, loudest first."""

    room: Name
    connections: Annotated[tuple[Name, ...], Many]


class VoicesChanged(msgspec.Struct, frozen=True, tag=True):
    """The feeds in the audio slots of a subscriber now, by media id."""

    seat: Seat
    connection_id: Name
    voices: Annotated[dict[Name, FeedId], Many]


class PicturesRefused(msgspec.Struct, frozen=True, tag=True):
    """The media ids of pictures that a subscriber does not get because its browser refused their formats.
    It replaces the event before it."""

    seat: Seat
    connection_id: Name
    mids: Annotated[tuple[Name, ...], Many]


MediaEvent = Published | Unpublished | Connected | Lost | Witnessed | Speaking | VoicesChanged | PicturesRefused


class SeatStatistics(msgspec.Struct, frozen=True):
    """Counters of one seat, in packets, and the state of its paths."""

    received: Number
    forwarded: Number
    lost: Number
    jitter_ms: float = 0.0
    """Of its worst incoming stream."""
    round_trip_ms: float = 0.0
    """To the seat and back; 0 while unknown."""
    budget: Number = 0
    """What it may be sent, in bits per second; 0 before it subscribes."""
    layers: Annotated[dict[Name, Name], Many] = {}
    """The rid of each picture that it is sent, by media id; `""` where there is only one quality."""


class MediaEngine(Protocol):
    """The built-in engine and others behind one interface. SDP is opaque text to callers.

    A description the engine cannot use raises `domain.errors.MediaRefused`.
    """

    async def open_room(self, room: str) -> None:
        """Accept seats of this room from now on; opening it twice is fine."""
        ...

    async def close_room(self, room: str) -> None:
        """Drop the room, all its seats and their connections. No event follows; unknown rooms are fine."""
        ...

    async def publish(self, seat: Seat, offer: str) -> str:
        """The answer to a browser's offer. A second publish of a seat replaces the first; with the same certificate it
        restarts ICE instead."""
        ...

    async def subscribe(self, seat: Seat, wants: Sequence[FeedId], *, fresh: bool = False) -> Offer | None:
        """An offer for exactly these feeds, or None when nothing needs renegotiating.

        Feeds that are not published are left out. `fresh` drops the old peer connection and builds a new one.
        """
        ...

    async def accept(self, seat: Seat, offer_id: int, answer: str) -> None:
        """Take the browser's answer; an answer to a superseded offer is ignored."""
        ...

    async def view(self, seat: Seat, tiles: Mapping[FeedId, TileSize | None]) -> None:
        """Take how large the seat's page shows these pictures; None: not at all. Pictures it never named are sent
        small."""
        ...

    async def restart(self, seat: Seat) -> Offer | None:
        """An offer with new ICE credentials for the same subscribe connection. None when there is none to restart or
        the engine cannot; then subscribe with `fresh`.

        A browser restarts a publish connection by a new offer: `publish` recognises it by its certificate.
        """
        ...

    async def leave(self, seat: Seat) -> None:
        """Drop the seat and both its connections; unknown seats are fine."""
        ...

    async def statistics(self, room: str) -> dict[str, SeatStatistics]:
        """Counters by connection."""
        ...

    def events(self) -> AsyncIterator[MediaEvent]:
        """The engine's events, in order, for one consumer."""
        ...

    async def close(self) -> None:
        """End every connection, then `events`; release ports and processes."""
        ...
