"""The messages between the signaling process and a media process, over a Unix socket: msgpack, each after its length.
They hold descriptions and ids only: a media process never learns who sits where.
"""

import asyncio
from typing import Annotated, Any

import msgspec

from signaling.media.bounds import Many, Name, Number, Port, Text
from signaling.media.engine import FeedId, MediaEvent, Offer, Seat, SeatStatistics, TileSize
from signaling.media.transport.peers import Listening

MAX_MESSAGE_BYTES = 1 << 20
"""A longer message ends the line."""
_LENGTH_BYTES = 4


class Begin(msgspec.Struct, frozen=True, tag=True):
    """The first message to a process."""

    listening: Listening
    consent_seconds: float
    log_level: Name
    log_format: Name


class OpenRoom(msgspec.Struct, frozen=True, tag=True):
    room: Name


class CloseRoom(msgspec.Struct, frozen=True, tag=True):
    room: Name


class Publish(msgspec.Struct, frozen=True, tag=True):
    seat: Seat
    offer: Text


class Subscribe(msgspec.Struct, frozen=True, tag=True):
    seat: Seat
    wants: Annotated[tuple[FeedId, ...], Many]
    fresh: bool


class Accept(msgspec.Struct, frozen=True, tag=True):
    seat: Seat
    offer_id: Number
    answer: Text


class ViewTiles(msgspec.Struct, frozen=True, tag=True):
    seat: Seat
    tiles: Annotated[tuple[tuple[FeedId, TileSize | None], ...], Many]


class Restart(msgspec.Struct, frozen=True, tag=True):
    seat: Seat


class Leave(msgspec.Struct, frozen=True, tag=True):
    seat: Seat


class CountPackets(msgspec.Struct, frozen=True, tag=True):
    room: Name


Request = OpenRoom | CloseRoom | Publish | Subscribe | Accept | ViewTiles | Restart | Leave | CountPackets
"""The requests to a `MediaEngine`, one Struct for each of its methods."""


class Call(msgspec.Struct, frozen=True, tag=True):
    """A request; its reply has the same number."""

    number: Number
    request: Request


class Begun(msgspec.Struct, frozen=True, tag=True):
    """The process listens on this UDP port."""

    port: Port


class Reply(msgspec.Struct, frozen=True, tag=True):
    """The answer to a call: the method's result, or the sentence of its refusal."""

    number: Number
    answer: Text | None = None
    offer: Offer | None = None
    statistics: Annotated[dict[Name, SeatStatistics], Many] = {}
    refusal: Text | None = None


class Emitted(msgspec.Struct, frozen=True, tag=True):
    """An event of the engine."""

    event: MediaEvent


ToProcess = Begin | Call
FromProcess = Begun | Reply | Emitted

to_process = msgspec.msgpack.Decoder(ToProcess)
from_process: msgspec.msgpack.Decoder[FromProcess] = msgspec.msgpack.Decoder(FromProcess)
_encoder = msgspec.msgpack.Encoder()


def frame(message: ToProcess | FromProcess) -> bytes:
    """A message as bytes for the socket."""
    packed = _encoder.encode(message)
    return len(packed).to_bytes(_LENGTH_BYTES, "big") + packed


async def read(reader: asyncio.StreamReader, decoder: "msgspec.msgpack.Decoder[Any]") -> Any | None:
    """The next message; None when the other side is gone."""
    try:
        size = int.from_bytes(await reader.readexactly(_LENGTH_BYTES), "big")
        return decoder.decode(await reader.readexactly(size)) if size <= MAX_MESSAGE_BYTES else None
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
