"""Rooms of a group's size at an engine: all members send sound and a picture, see all others and hear the loudest."""

import asyncio
import secrets
from collections.abc import Sequence

import msgspec
from aiortc import RTCCertificate

from bench.media.load import descriptions
from bench.media.load.connecting import PeerConnection
from bench.media.load.generators import Generator, Payload
from bots.descriptions import addresses, answer
from signaling.media.engine import FeedId, MediaEngine, Published, Seat
from signaling.media.formats import sdp

MEMBERS = 12
LOUDEST = 3
SPEECH, QUIET = 20, 100
"""Audio levels, in -dBov."""
AT_ONCE = 6
"""Concurrent handshakes while a room is filled."""

SOUND_RATE, PICTURE_RATE = 50.0, 35.0
SOUND = Payload(False, descriptions.OPUS, SOUND_RATE, 90, 960, b"")
PICTURE = Payload(True, descriptions.VP8, PICTURE_RATE, 1060, 90_000 * 2 // 35, b"")


class Shape(msgspec.Struct, frozen=True):
    """The traffic of one room, in packets per second."""

    members: int = MEMBERS
    engine_chooses_voices: bool = True
    """If True, members ask for every voice, and the engine sends each the loudest of the others. If False, members ask
    for the speakers only, and speakers hear one voice less."""

    @property
    def incoming(self) -> float:
        """Packets per second from all publishers together."""
        return self.members * (SOUND_RATE + PICTURE_RATE)

    @property
    def outgoing(self) -> float:
        """Packets per second to all subscribers together."""
        return self.voices * SOUND_RATE + self.members * (self.members - 1) * PICTURE_RATE

    @property
    def voices(self) -> int:
        """Number of outgoing copies of voices."""
        others = self.members - 1
        return (
            self.members * min(LOUDEST, others) if self.engine_chooses_voices else min(LOUDEST, self.members) * others
        )

    def wants(self, seat: Seat, seats: Sequence[Seat]) -> list[FeedId]:
        """The feeds that a member asks for: voices, and all other pictures."""
        heard = seats if self.engine_chooses_voices else seats[:LOUDEST]
        voices = [FeedId(other.connection, "audio") for other in heard if other != seat]
        return voices + [FeedId(other.connection, "video") for other in seats if other != seat]


class Venue:
    """An engine and the generator that loads it."""

    def __init__(self, engine: MediaEngine, generator: Generator) -> None:
        self.engine, self.generator = engine, generator
        self._certificate = RTCCertificate.generateCertificate()
        self._published: dict[Seat, asyncio.Event] = {}
        self._connections: list[PeerConnection] = []

    async def follow(self) -> None:
        """Read the engine's events, in a task of its own."""
        async for event in self.engine.events():
            if isinstance(event, Published):
                self._published.setdefault(event.seat, asyncio.Event()).set()

    async def fill(self, room: str, shape: Shape, at_once: int = AT_ONCE) -> None:
        """Fill a room; returns when all members are connected both ways."""
        await self.engine.open_room(room)
        seats = [Seat(room, f"{room}-{number}") for number in range(shape.members)]
        turns = asyncio.Semaphore(at_once)
        await self._publish(seats[0], True, turns)
        async with asyncio.TaskGroup() as tasks:
            for number, seat in enumerate(seats[1:], 1):
                tasks.create_task(self._publish(seat, number < LOUDEST, turns))
        async with asyncio.TaskGroup() as tasks:
            for seat in seats:
                tasks.create_task(self._subscribe(seat, shape.wants(seat, seats), turns))

    async def close(self) -> None:
        """Close every socket."""
        for connection in self._connections:
            await connection.close()

    async def _publish(self, seat: Seat, speaks: bool, turns: asyncio.Semaphore) -> None:
        audio, video = secrets.randbits(31) | 1, secrets.randbits(31) | 1
        async with turns:
            connection = self._new_connection()
            text = await self.engine.publish(seat, descriptions.offer(connection.credentials, audio, video))
            peer = await self._hand_over(connection, text)
            await asyncio.wait_for(self._published.setdefault(seat, asyncio.Event()).wait(), 10)
        level = SPEECH if speaks else QUIET
        sound = descriptions.extension(descriptions.AUDIO_MID, level)
        picture = descriptions.extension(descriptions.VIDEO_MID)
        self.generator.add_stream(peer, audio, msgspec.structs.replace(SOUND, extension=sound))
        self.generator.add_stream(peer, video, msgspec.structs.replace(PICTURE, extension=picture))

    async def _subscribe(self, seat: Seat, wants: Sequence[FeedId], turns: asyncio.Semaphore) -> None:
        async with turns:
            offer = await self.engine.subscribe(seat, wants)
            if offer is None:
                raise RuntimeError("The engine offers a subscriber nothing.")
            connection = self._new_connection()
            offered = sdp.read(offer.sdp)
            await self.engine.accept(seat, offer.id, answer(offered, connection.credentials))
            peer = await self._hand_over(connection, offer.sdp)
        ssrcs = tuple(ssrc for section in offered.sections for ssrc in section.ssrcs if section.kind == "video")
        self.generator.add_report(peer, descriptions.bandwidth_report(ssrcs))

    def _new_connection(self) -> PeerConnection:
        connection = PeerConnection(self._certificate)
        self._connections.append(connection)
        return connection

    async def _hand_over(self, connection: PeerConnection, text: str) -> int:
        await connection.secure(addresses(text)[0], sdp.read(text).secrets)
        return self.generator.add_peer(connection.fd, *connection.sessions, connection.check)
