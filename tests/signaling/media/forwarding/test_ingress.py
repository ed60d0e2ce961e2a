"""A publisher's streams are bound to their media sections, by the offer or by a packet's extensions."""

from collections.abc import Callable

import pytest
from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtp import HeaderExtensionsMap, RtcpPacket, RtpPacket, unpack_remb_fci

from signaling.media.engine import RIDS, FeedId, Seat
from signaling.media.formats import rtp
from signaling.media.formats.sdp import AUDIO_LEVEL_URI, MID_URI, RID_URI, Fingerprint
from signaling.media.formats.sdp_text import Incoming
from signaling.media.forwarding.ingress import Ingress
from signaling.media.forwarding.layer import Layer
from signaling.media.forwarding.uplink import MOST
from signaling.media.speakers import HEARD

EXTENSIONS = HeaderExtensionsMap()
EXTENSIONS.configure(RTCRtpParameters(headerExtensions=[RTCRtpHeaderExtensionParameters(rtp.MID, MID_URI)]))
SOUND = Incoming("audio", "0", {111: rtp.OPUS}, {2: rtp.AUDIO_LEVEL}, (), ())
PICTURE = Incoming("video", "1", {96: rtp.VP8, 97: rtp.RETRANSMISSIONS[rtp.VP8]}, {}, (21,), (22,))


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


def bound(ingress: Ingress, data: memoryview, ssrc: int) -> Layer | None:
    found = ingress.bind(data, rtp.header_size(data, len(data)), ssrc)
    return found[1] if found else None


def layer_of(ingress: Ingress, kind: str) -> Layer:
    (layer,) = next(producer for producer in ingress.producers if producer.feed.kind == kind).layers.values()
    return layer


def test_a_seat_publishes_one_feed_for_each_section(ingress: Ingress) -> None:
    assert ingress.feeds == (FeedId("pat", "audio"), FeedId("pat", "video"))


def test_a_stream_the_offer_named_is_bound_from_the_start(ingress: Ingress) -> None:
    assert ingress.by_ssrc == {21: (ingress.producers[1], layer_of(ingress, "video"))}


def test_a_stream_is_bound_by_the_section_its_packet_names(ingress: Ingress) -> None:
    assert bound(ingress, packet("0"), 7) is layer_of(ingress, "audio")
    assert ingress.by_ssrc[7][1].ssrc == 7


def test_a_packet_that_names_no_section_binds_nothing(ingress: Ingress) -> None:
    assert bound(ingress, packet(None), 7) is None
    assert bound(ingress, packet("elsewhere"), 7) is None
    assert list(ingress.by_ssrc) == [21]


def test_a_section_has_one_stream_at_a_time(ingress: Ingress) -> None:
    bound(ingress, packet("0"), 7)
    bound(ingress, packet("0"), 8)
    assert sorted(ingress.by_ssrc) == [8, 21]


def spoken(level: int) -> memoryview:
    made = RtpPacket(payload_type=rtp.OPUS, ssrc=7, payload=b"opus")
    made.extensions.audio_level = (True, level)
    extensions = HeaderExtensionsMap()
    extensions.configure(
        RTCRtpParameters(headerExtensions=[RTCRtpHeaderExtensionParameters(rtp.AUDIO_LEVEL, AUDIO_LEVEL_URI)])
    )
    return memoryview(bytearray(made.serialize(extensions)))


def test_speech_is_noticed_within_a_tenth_of_a_second_and_lasts_through_a_pause(ingress: Ingress) -> None:
    (sound, _) = ingress.producers
    for _ in range(5):
        sound.hear(spoken(20), 20)
    assert sound.level < HEARD
    for _ in range(10):
        sound.hear(spoken(90), 20)
    assert sound.level > HEARD + 5


def test_a_sender_without_a_level_counts_as_the_quietest_speech(far) -> None:
    quiet = Incoming("audio", "0", {111: rtp.OPUS}, {}, (), ())
    (sound,) = Ingress(Seat("room", "pat"), far.peer, [quiet], reporter=9).producers
    assert sound.level == HEARD


def named(rid: str, *, repaired: bool = False) -> memoryview:
    """A packet that names its section and its quality."""
    made = RtpPacket(payload_type=rtp.VP8, ssrc=7, payload=b"\0\5late")
    if repaired:
        made.payload_type = rtp.RETRANSMISSIONS[rtp.VP8]
    made.extensions.mid, made.extensions.rtp_stream_id = "1", rid
    extensions = HeaderExtensionsMap()
    identifier = rtp.REPAIRED_RID if repaired else rtp.RID
    extensions.configure(
        RTCRtpParameters(
            headerExtensions=[
                RTCRtpHeaderExtensionParameters(rtp.MID, MID_URI),
                RTCRtpHeaderExtensionParameters(identifier, RID_URI),
            ]
        )
    )
    return memoryview(bytearray(made.serialize(extensions)))


@pytest.fixture
def simulcast(far) -> Ingress:
    return Ingress(Seat("room", "pat"), far.peer, [Incoming("video", "1", {96: rtp.VP8}, {}, (), (), RIDS)], reporter=9)


def test_each_quality_of_a_picture_is_bound_by_its_name(simulcast: Ingress) -> None:
    (picture,) = simulcast.producers
    assert bound(simulcast, named("h"), 31) is picture.layers["h"]
    assert bound(simulcast, named("l"), 32) is picture.layers["l"]
    assert bound(simulcast, named("x"), 33) is None
    assert bound(simulcast, packet("1"), 34) is None


def test_a_retransmission_of_a_quality_is_known_by_its_name(simulcast: Ingress) -> None:
    (picture,) = simulcast.producers
    bound(simulcast, named("m"), 31)
    picture.layers["m"].keep(named("m"), 6, 1)
    data = named("m", repaired=True)
    layer, original = simulcast.recover(data, len(data), rtp.header_size(data, len(data)), 1.0)
    assert layer is picture.layers["m"]
    assert RtpPacket.parse(original).ssrc == 31


def test_a_report_says_how_the_streams_arrive_and_how_much_may_be_sent(ingress: Ingress, far) -> None:
    layer_of(ingress, "video").reception.note(1, 0, 100, 1.0)
    ingress.report(2.0)
    report, estimate = (part for packet in far.sent for part in RtcpPacket.parse(packet))
    assert [block.ssrc for block in report.reports] == [21]
    assert unpack_remb_fci(estimate.fci)[0] == pytest.approx(MOST, rel=0.01)
    assert unpack_remb_fci(estimate.fci)[1] == [21]


def test_another_offer_of_the_same_connection_is_known_by_its_certificate(ingress: Ingress) -> None:
    ingress.fingerprints = (Fingerprint("sha-256", "AB"),)
    assert ingress.is_of((Fingerprint("sha-256", "AB"),), [SOUND, PICTURE])
    assert not ingress.is_of((Fingerprint("sha-256", "CD"),), [SOUND, PICTURE])
    assert not ingress.is_of((Fingerprint("sha-256", "AB"),), [SOUND])


def test_a_retransmission_of_a_packet_that_was_not_missing_is_ignored(ingress: Ingress) -> None:
    data = packet(None, payload_type=rtp.RETRANSMISSIONS[rtp.VP8], ssrc=22)
    assert ingress.recover(data, len(data), rtp.header_size(data, len(data)), 1.0) is None


def test_a_retransmission_is_recognised_by_the_offer(ingress: Ingress) -> None:
    data = packet(None, payload_type=rtp.RETRANSMISSIONS[rtp.VP8], ssrc=22)
    layer_of(ingress, "video").keep(packet("1"), 6, 1)
    layer, original = ingress.recover(data, len(data), rtp.header_size(data, len(data)), 1.0)
    read = RtpPacket.parse(original)
    assert layer is layer_of(ingress, "video")
    assert (read.ssrc, read.sequence_number, read.payload, read.payload_type) == (21, 5, b"late", rtp.VP8)
