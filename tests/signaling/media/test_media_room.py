"""Who is heard in a room, and when there is new evidence of a seat."""

from collections.abc import Callable

import pytest

from signaling.media import rtp
from signaling.media.engine import Seat, SeatStatistics
from signaling.media.ingress import Ingress
from signaling.media.media_room import MediaRoom, SeatMedia
from signaling.media.sdp_text import Incoming

SOUND = Incoming("audio", "0", {111: rtp.OPUS}, {2: rtp.AUDIO_LEVEL}, (7,), ())


@pytest.fixture
def room(far_end: Callable) -> MediaRoom:
    """Pat and Dana, who publish sound."""
    room = MediaRoom()
    for port, name in enumerate(("pat", "dana")):
        seat = room.seats[name] = SeatMedia()
        seat.ingress = Ingress(Seat("room", name), far_end(("192.0.2.1", port)).peer, [SOUND], reporter=1)
        seat.published = True
    return room


def speak(room: MediaRoom, name: str, level: float, at: float) -> None:
    (producer,) = room.seats[name].ingress.producers
    reception = producer.layers[""].reception
    reception.note(reception.packets, 0, 100, at)
    producer.level = level


def test_the_loudest_is_told_when_that_changes(room: MediaRoom) -> None:
    speak(room, "pat", 30.0, 10.0)
    assert room.speakers_changed(10.1)
    assert room.speaking == ("pat",)
    assert not room.speakers_changed(10.2)
    speak(room, "dana", 20.0, 10.2)
    assert room.speakers_changed(10.3)
    assert room.speaking == ("dana", "pat")


def test_a_microphone_that_sends_nothing_falls_silent(room: MediaRoom) -> None:
    speak(room, "pat", 30.0, 10.0)
    room.speakers_changed(10.1)
    assert room.speakers_changed(11.0)
    assert room.speaking == ()


def test_what_is_not_published_yet_is_no_producer(room: MediaRoom) -> None:
    room.seats["pat"].published = False
    assert {feed.connection for feed in room.producers} == {"dana"}


def test_evidence_is_told_once_a_second(room: MediaRoom) -> None:
    seat = room.seats["pat"]
    assert seat.new_evidence() is None
    told = []
    for tenth in range(1, 31):
        seat.ingress.peer.heard_at = tenth / 10
        if (heard_at := seat.new_evidence()) is not None:
            told.append(heard_at)
    assert told == [1.0, 2.0, 3.0]


def test_a_seat_without_media_has_zeros() -> None:
    assert SeatMedia().statistics() == SeatStatistics(0, 0, 0)
