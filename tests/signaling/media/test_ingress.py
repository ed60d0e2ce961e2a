"""A publisher's streams are bound to their media sections, by what the offer said or by what a packet says."""

from collections.abc import Callable

import pytest
from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtp import HeaderExtensionsMap, RtcpPacket, RtpPacket

from signaling.media import rtp
from signaling.media.engine import FeedId, Seat
from signaling.media.ingress import Ingress, Producer
from signaling.media.reception import MAX_GAP
from signaling.media.sdp import MID_URI
from signaling.media.sdp_text import Incoming

EXTENSIONS = HeaderExtensionsMap()
EXTENSIONS.configure(RTCRtpParameters(headerExtensions=[RTCRtpHeaderExtensionParameters(rtp.MID, MID_URI)]))
SOUND = Incoming("audio", "0", {111: rtp.OPUS}, {}, (), ())
PICTURE = Incoming("video", "1", {96: rtp.VP8, 97: rtp.RETRANSMISSION}, {}, (21,), (22,))


@pytest.fixture
def far(far_end: Callable):
    return far_end(("192.0.2.1", 4_000))


@pytest.fixture
def ingress(far) -> Ingress:
    return Ingress(Seat("room", "pat"), far.peer, [SOUND, PICTURE], reporter=9)


def packet(mid: str | None, **fields: int) -> memoryview:
    made = RtpPacket(**{"payload_type": rtp.OPUS, "ssrc": 7} | fields)
    made.extensions.mid = mid
    made.payload = b"\0\5late"
    return memoryview(bytearray(made.serialize(EXTENSIONS)))


def bound(ingress: Ingress, data: memoryview, ssrc: int) -> Producer | None:
    return ingress.bind(data, rtp.header_size(data, len(data)), ssrc)


def test_a_seat_publishes_one_feed_for_each_section(ingress: Ingress) -> None:
    assert ingress.feeds == (FeedId("pat", "audio"), FeedId("pat", "video"))


def test_a_stream_the_offer_named_is_bound_from_the_start(ingress: Ingress) -> None:
    assert ingress.by_ssrc == {21: ingress.producers[1]}


def test_a_stream_is_bound_by_the_section_its_packet_names(ingress: Ingress) -> None:
    assert bound(ingress, packet("0"), 7) is ingress.producers[0]
    assert ingress.by_ssrc[7].ssrc == 7


def test_a_packet_that_names_no_section_binds_nothing(ingress: Ingress) -> None:
    assert bound(ingress, packet(None), 7) is None
    assert bound(ingress, packet("elsewhere"), 7) is None
    assert list(ingress.by_ssrc) == [21]


def test_a_section_has_one_stream_at_a_time(ingress: Ingress) -> None:
    bound(ingress, packet("0"), 7)
    bound(ingress, packet("0"), 8)
    assert sorted(ingress.by_ssrc) == [8, 21]


def test_the_level_follows_speech(ingress: Ingress) -> None:
    (sound, _) = ingress.producers
    spoken = RtpPacket(payload_type=rtp.OPUS, ssrc=7, payload=b"opus")
    spoken.extensions.audio_level = (True, 20)
    level = HeaderExtensionsMap()
    uri = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
    level.configure(RTCRtpParameters(headerExtensions=[RTCRtpHeaderExtensionParameters(rtp.AUDIO_LEVEL, uri)]))
    data = memoryview(bytearray(spoken.serialize(level)))
    header = rtp.header_size(data, len(data))
    for sequence in range(30):
        sound.account(data, header, sequence, 0)
    assert 20 < sound.level < 30


def test_a_gap_too_wide_to_repair_asks_for_a_key_frame(ingress: Ingress, far) -> None:
    (_, picture) = ingress.producers
    data = packet("1", payload_type=rtp.VP8, ssrc=21)
    picture.account(data, rtp.header_size(data, len(data)), 1_000, MAX_GAP + 1)
    assert far.sent == []
    picture.tick(10.0)
    (asked,) = RtcpPacket.parse(far.sent.pop())
    assert (asked.fmt, asked.media_ssrc) == (1, 21)


def test_a_retransmission_of_what_was_not_missed_is_ignored(ingress: Ingress) -> None:
    data = packet(None, payload_type=rtp.RETRANSMISSION, ssrc=22)
    assert ingress.recover(data, len(data), rtp.header_size(data, len(data)), 1.0) is None


def test_a_retransmission_is_known_by_what_the_offer_said(ingress: Ingress) -> None:
    (_, picture) = ingress.producers
    data = packet(None, payload_type=rtp.RETRANSMISSION, ssrc=22)
    picture.account(packet("1"), 12, 6, 1)
    producer, original = ingress.recover(data, len(data), rtp.header_size(data, len(data)), 1.0)
    read = RtpPacket.parse(original)
    assert producer is picture
    assert (read.ssrc, read.sequence_number, read.payload, read.payload_type) == (21, 5, b"late", rtp.VP8)
