"""Periodic work: evidence is dated at its arrival, silent peers are lost, and reports are spread over time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiortc.rtp import RtcpPacket

from signaling.media.engine import Seat, Side, Speaking, Witnessed
from signaling.media.event_stream import EventStream
from signaling.media.formats import rtp
from signaling.media.formats.sdp_text import Incoming
from signaling.media.forwarding.ingress import Ingress
from signaling.media.media_room import MediaRoom, SeatMedia
from signaling.media.upkeep import TICKS_A_REPORT, Clocks, Upkeep

EVENING = datetime(2026, 3, 2, 18, tzinfo=UTC)
SOUND = Incoming("audio", "0", {111: rtp.OPUS}, {2: rtp.AUDIO_LEVEL}, (7,), ())


class Hour:
    """A room with two publishers, whose clock the test turns."""

    def __init__(self, far_end: Callable) -> None:
        self.seconds = 0.0
        self.events, self.lost = EventStream(), []
        clocks = Clocks(lambda: EVENING + timedelta(seconds=self.seconds), lambda: self.seconds)
        self.upkeep = Upkeep(clocks, self.events, self._lose, consent_seconds=30.0)
        self.room = MediaRoom()
        self.ends = {name: far_end(("192.0.2.1", port)) for port, name in enumerate(("pat", "dana"))}
        for name, end in self.ends.items():
            seat = self.room.seats[name] = SeatMedia()
            seat.ingress, seat.published = Ingress(Seat("room", name), end.peer, [SOUND], reporter=1), True

    def _lose(self, seat: Seat, side: Side) -> None:
        self.lost.append((seat.connection, side))
        self.room.seats[seat.connection].ingress = None

    async def happened(self) -> list[object]:
        self.events.close()
        return [event async for event in self.events.read()]


@pytest.fixture
def hour(far_end: Callable) -> Hour:
    return Hour(far_end)


async def test_evidence_is_dated_at_its_arrival_and_not_at_its_emission(hour: Hour) -> None:
    hour.ends["pat"].peer.heard_at = 5.0
    hour.seconds = 5.09
    hour.upkeep.tick("room", hour.room, 1)
    assert await hour.happened() == [Witnessed(Seat("room", "pat"), EVENING + timedelta(seconds=5))]


async def test_a_peer_without_consent_for_thirty_seconds_is_lost(hour: Hour) -> None:
    hour.ends["dana"].peer.ice.checked_at = 1.0
    hour.seconds = 30.0
    hour.upkeep.tick("room", hour.room, 1)
    assert hour.lost == []
    hour.seconds = 30.5
    hour.upkeep.tick("room", hour.room, 1)
    assert hour.lost == [("pat", "publish")]


async def test_speakers_are_emitted_when_they_change(hour: Hour) -> None:
    (producer,) = hour.room.seats["pat"].ingress.producers
    producer.layers[""].reception.note(1, 0, 100, 1.0)
    producer.level = 20.0
    hour.seconds = 1.0
    for tick in range(7):
        hour.upkeep.tick("room", hour.room, tick)
    assert await hour.happened() == [Speaking("room", ("pat",))]


async def test_each_publisher_gets_one_report_per_second_and_not_all_at_once(hour: Hour) -> None:
    for seat in hour.room.seats.values():
        seat.ingress.producers[0].layers[""].reception.note(1, 0, 100, 1.0)
    reported = []
    for tick in range(TICKS_A_REPORT):
        hour.upkeep.tick("room", hour.room, tick)
        reported.append([name for name, end in hour.ends.items() if end.sent])
        for end in hour.ends.values():
            assert all(RtcpPacket.parse(packet) for packet in end.sent)
            end.sent.clear()
    assert sorted(filter(None, reported)) == [["dana"], ["pat"]]
