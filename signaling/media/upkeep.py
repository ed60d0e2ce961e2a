"""The engine's periodic work: repairs, reports, voices, qualities, evidence, and lost peers."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import count

import msgspec

from signaling.media.engine import Seat, Side, Speaking, Witnessed
from signaling.media.event_stream import EventStream
from signaling.media.media_room import MediaRoom, SeatMedia

log = logging.getLogger(__name__)

TICK_SECONDS = 0.1
TURNS_A_TICK = 10
"""Rooms take turns within a tick: all at once, they would delay packets."""
TICKS_A_REPORT = 10
"""The reports of one room are spread over this many ticks."""
TICKS_AN_ALLOCATION = 5
"""Layers are chosen again this often, and at once when the speakers change."""


class Clocks(msgspec.Struct, frozen=True):
    """`now` dates evidence; `seconds` is the monotonic clock that measures intervals."""

    now: Callable[[], datetime]
    seconds: Callable[[], float]


class Upkeep:
    """Does this work ten times per second, for every room."""

    def __init__(
        self,
        clocks: Clocks,
        events: EventStream,
        lose: Callable[[Seat, Side], None],
        consent_seconds: float,
    ) -> None:
        self._clocks, self._events, self._lose, self._consent_seconds = clocks, events, lose, consent_seconds

    async def run(self, rooms: Mapping[str, MediaRoom]) -> None:
        """Run for as long as the task does. A failure in one room must not stop the others."""
        for turn in count():
            await asyncio.sleep(TICK_SECONDS / TURNS_A_TICK)
            tick, first = divmod(turn, TURNS_A_TICK)
            for name, room in list(rooms.items())[first::TURNS_A_TICK]:
                try:
                    self.tick(name, room, tick)
                except Exception:
                    log.exception("the upkeep of a room failed")

    def tick(self, name: str, room: MediaRoom, tick: int) -> None:
        """Do one room's work for one tick, a tenth of a second."""
        at = self._clocks.seconds()
        room.tick(at)
        room.report(at, tick % TICKS_A_REPORT, TICKS_A_REPORT)
        others_speak = room.speakers_changed(at)
        if others_speak:
            self._events.emit(Speaking(name, room.speaking))
        for change in room.give_voice(name, at):
            self._events.emit(change)
        for refusal in room.refusals(name):
            self._events.emit(refusal)
        if others_speak or tick % TICKS_AN_ALLOCATION == 0:
            room.allocate(at)
        for connection, media in list(room.seats.items()):
            self._watch(Seat(name, connection), media, at)

    def _watch(self, seat: Seat, media: SeatMedia, at: float) -> None:
        heard_at = media.new_evidence()
        if heard_at is not None:
            ago = timedelta(seconds=self._clocks.seconds() - heard_at)
            self._events.emit(Witnessed(seat, self._clocks.now() - ago))
        if media.ingress is not None and self._silent(media.ingress.peer.ice.checked_at, at):
            self._lose(seat, "publish")
        if media.egress is not None and self._silent(media.egress.peer.ice.checked_at, at):
            self._lose(seat, "subscribe")

    def _silent(self, checked_at: float, at: float) -> bool:
        return at - checked_at > self._consent_seconds
