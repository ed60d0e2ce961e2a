"""The speakers of a room, and new evidence of its seats."""

from collections.abc import Callable
from itertools import count

import pytest

from signaling.media.engine import FeedId, Seat, SeatStatistics, VoicesChanged
from signaling.media.formats import rtp
from signaling.media.formats.sdp_text import Incoming
from signaling.media.forwarding.egress import Egress
from signaling.media.forwarding.ingress import Ingress
from signaling.media.media_room import MediaRoom, SeatMedia

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


@pytest.fixture
def listener(room: MediaRoom, far_end: Callable) -> Egress:
    """Sam, who wants both sounds and has agreed to nothing yet."""
    ssrcs = count(11)
    egress = Egress(Seat("room", "sam"), far_end(("192.0.2.1", 9)).peer, "c0ffee", lambda: next(ssrcs))
    egress.want([FeedId("pat", "audio"), FeedId("dana", "audio")])
    room.seats["sam"] = SeatMedia()
    room.seats["sam"].egress = egress
    return egress


def speak(room: MediaRoom, name: str, level: float, at: float) -> None:
    (producer,) = room.seats[name].ingress.producers
    reception = producer.layers[""].reception
    reception.note(reception.packets, 0, 100, at)
    producer.level = level


def test_a_change_of_speakers_is_reported(room: MediaRoom) -> None:
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


def test_a_new_speaker_gets_a_slot_at_once_without_a_new_offer(room: MediaRoom, listener: Egress) -> None:

    def heard(at: float) -> list[VoicesChanged]:
        room.speakers_changed(at)
        return list(room.give_voice("room", at))

    assert heard(10.0) == []
    for slot in listener.slots:
        slot.agree(frozenset({rtp.OPUS, rtp.VP8}))
    assert heard(10.1) == [], "who is heard has not changed"
    speak(room, "pat", 30.0, 10.2)
    (change,) = heard(10.2)
    assert set(change.voices.values()) == {FeedId("pat", "audio"), FeedId("dana", "audio")}
    assert heard(10.3) == []


def test_a_voice_that_is_gone_gives_its_slot_back_at_once(room: MediaRoom, listener: Egress) -> None:
    for slot in listener.slots:
        slot.agree(frozenset({rtp.OPUS, rtp.VP8}))
    room.speakers_changed(10.0)
    assert list(room.give_voice("room", 10.0))
    room.seats["pat"].published = False
    room.connect(10.1)
    assert set(listener.voices.values()) == {FeedId("dana", "audio")}


def test_a_feed_that_is_not_published_yet_has_no_producer(room: MediaRoom) -> None:
    room.seats["pat"].published = False
    assert {feed.connection for feed in room.producers} == {"dana"}


def test_evidence_is_given_once_per_second(room: MediaRoom) -> None:
    seat = room.seats["pat"]
    assert seat.new_evidence() is None
    witnessed = []
    for tenth in range(1, 31):
        seat.ingress.peer.heard_at = tenth / 10
        if (heard_at := seat.new_evidence()) is not None:
            witnessed.append(heard_at)
    assert witnessed == [1.0, 2.0, 3.0]


def test_a_seat_without_media_has_zeros() -> None:
    assert SeatMedia().statistics() == SeatStatistics(0, 0, 0)
