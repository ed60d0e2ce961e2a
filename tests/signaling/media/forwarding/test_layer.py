"""One quality of a feed: begun with key frames, repaired, asked for sparingly, and reported truly."""

from collections.abc import Callable

import pytest
from aiortc.rtp import HeaderExtensionsMap, RtcpPacket, RtpPacket

from signaling.media.formats import rtcp, rtp
from signaling.media.forwarding.layer import ALIVE_SECONDS, KEYFRAME_INTERVAL, Consumer, Layer
from signaling.media.forwarding.repair import MAX_GAP

PAT, DANA = ("192.0.2.1", 4_000), ("192.0.2.2", 4_000)
KEYFRAME, INTERFRAME = b"\x90\xe0\x80\x05\x02\x03\x00", b"\x90\xe0\x80\x06\x02\x03\x01"


@pytest.fixture
def pat(far_end: Callable):
    return far_end(PAT)


@pytest.fixture
def dana(far_end: Callable):
    return far_end(DANA)


@pytest.fixture
def layer(pat) -> Layer:
    layer = Layer("video", "l", pat.peer, reporter=1)
    layer.bind(0xCAFE)
    return layer


@pytest.fixture
def consumer(dana) -> Consumer:
    return Consumer(dana.peer, 90_000, 7, 8)


def arrive(layer: Layer, sequence: int, payload: bytes = INTERFRAME, at: float = 100.0) -> bytes:
    """Process a packet as the packet path would."""
    packet = RtpPacket(rtp.VP8, 1, sequence, 3_000 * sequence, 0xCAFE, payload).serialize(HeaderExtensionsMap())
    gap = layer.reception.note(sequence, 3_000 * sequence, len(payload), at)
    layer.keep(memoryview(bytearray(packet)), sequence, gap)
    if layer.waiting:
        layer.begin(packet, 12)
    return packet


def asked(far) -> list[RtcpPacket]:
    taken, far.sent = far.sent, []
    return [part for packet in taken for part in RtcpPacket.parse(packet)]


def test_a_copy_begins_with_a_key_frame(layer: Layer, consumer: Consumer) -> None:
    layer.join(consumer, 100.0)
    arrive(layer, 1)
    assert consumer.layer is None
    arrive(layer, 2, KEYFRAME)
    assert consumer.layer is layer
    assert len(layer.fan_out.targets) == 1


def h264(layer: Layer, sequence: int, payload: bytes, picture: int) -> None:
    """Process a packet of an H.264 picture as the packet path would."""
    packet = RtpPacket(rtp.H264, 0, sequence, picture, 0xCAFE, payload).serialize(HeaderExtensionsMap())
    gap = layer.reception.note(sequence, picture, len(payload), 100.0)
    layer.keep(memoryview(bytearray(packet)), sequence, gap)
    if layer.waiting:
        layer.begin(packet, 12)


@pytest.mark.parametrize(
    ("parameters", "slices"),
    [
        (b"\x78\x00\x02\x09\xf0\x00\x04\x67\x42\xe0\x1f\x00\x02\x68\xce", [b"\x7c\x85\x88", b"\x7c\x45\x88"]),
        (b"\x78\x00\x03\x06\x05\x01\x00\x04\x67\x42\xe0\x1f", [b"\x65\x88"]),
        (b"\x67\x42", [b"\x68\xce", b"\x65\x88", b"\x65\x22"]),
    ],
    ids=["a delimiter and parameters, a slice in parts", "a remark and parameters", "each by itself, two slices"],
)
def test_an_h264_copy_begins_with_the_parameters_and_never_in_the_middle_of_their_picture(
    parameters: bytes, slices: list[bytes], layer: Layer, consumer: Consumer
) -> None:
    h264(layer, 1, parameters, 3_000)
    layer.join(consumer, 100.0)
    for sequence, payload in enumerate(slices, 2):
        h264(layer, sequence, payload, 3_000)
        assert consumer.layer is None, "a decoder can do nothing with slices whose parameters it never got"
    h264(layer, 9, parameters, 6_000)
    assert consumer.layer is layer


def test_an_h264_copy_begins_with_the_slice_where_its_picture_has_no_parameters(
    layer: Layer, consumer: Consumer
) -> None:
    h264(layer, 1, b"\x41\x9a", 3_000)
    layer.join(consumer, 100.0)
    h264(layer, 2, b"\x06\x05\x01", 6_000)
    assert consumer.layer is None
    h264(layer, 3, b"\x65\x88", 6_000)
    assert consumer.layer is layer


def test_a_subscriber_that_accepts_no_retransmissions_gets_none(layer: Layer, consumer: Consumer, dana) -> None:
    layer.join(consumer, 100.0)
    arrive(layer, 1, KEYFRAME)
    consumer.repairs = False
    layer.resend(consumer, 1_001)
    assert dana.sent == []
    consumer.repairs = True
    layer.resend(consumer, 1_001)
    assert len(dana.sent) == 1


def test_a_copy_that_parts_gets_no_more(layer: Layer, consumer: Consumer) -> None:
    layer.join(consumer, 100.0)
    arrive(layer, 1, KEYFRAME)
    layer.part(consumer)
    assert layer.fan_out.targets == []
    assert (consumer.layer, consumer.forwarded) == (None, 1)


def test_a_switch_keeps_the_old_layer_until_the_key_frame(layer: Layer, consumer: Consumer, pat) -> None:
    layer.join(consumer, 100.0)
    arrive(layer, 1, KEYFRAME)
    better = Layer("video", "h", pat.peer, reporter=1)
    better.bind(0xD00D)
    better.join(consumer, 100.1)
    arrive(better, 50)
    assert consumer.layer is layer
    arrive(better, 51, KEYFRAME)
    assert consumer.layer is better
    assert layer.fan_out.targets == []
    (target,) = better.fan_out.targets
    assert 51 + target[4] & 0xFFFF == 1_002
    assert better.fan_out.renumbers


def test_a_copy_waits_in_one_place_only(layer: Layer, consumer: Consumer, pat) -> None:
    better = Layer("video", "h", pat.peer, reporter=1)
    layer.join(consumer, 100.0)
    better.join(consumer, 100.0)
    assert (layer.waiting, better.waiting) == ([], [consumer])
    consumer.stop_waiting()
    assert better.waiting == []


def test_copies_wait_again_for_a_restarted_stream(layer: Layer, consumer: Consumer) -> None:
    layer.join(consumer, 100.0)
    arrive(layer, 1, KEYFRAME)
    layer.bind(0xBEEF)
    assert consumer.layer is None
    assert layer.waiting == [consumer]


def test_key_frames_are_asked_for_sparingly_however_many_want_one(layer: Layer, consumer: Consumer, pat, dana) -> None:
    layer.join(consumer, 100.0)
    layer.join(Consumer(dana.peer, 90_000, 9, 10), 100.1)
    assert len(asked(pat)) == 1
    layer.tick(100.01 + KEYFRAME_INTERVAL)
    assert len(asked(pat)) == 1


def test_missing_packets_are_asked_for_again(layer: Layer, pat) -> None:
    arrive(layer, 1, KEYFRAME)
    arrive(layer, 4)
    assert [nack.lost for nack in asked(pat)] == [[2, 3]]
    arrive(layer, 3)
    layer.tick(100.1)
    assert [nack.lost for nack in asked(pat)] == [[2]]


def test_a_gap_too_wide_to_repair_asks_for_a_key_frame(layer: Layer, pat) -> None:
    arrive(layer, 1, KEYFRAME)
    arrive(layer, MAX_GAP + 3)
    assert asked(pat) == []
    layer.tick(100.1)
    (pli,) = asked(pat)
    assert (pli.fmt, pli.media_ssrc) == (1, 0xCAFE)


def test_a_late_packet_is_forwarded_in_its_place_but_not_from_before_the_copy(
    layer: Layer, consumer: Consumer, dana
) -> None:
    arrive(layer, 1)
    layer.join(consumer, 100.0)
    arrive(layer, 4, KEYFRAME)
    arrive(layer, 6)
    for sequence in (3, 5):
        layer.forward_late(arrive(layer, sequence))
    (late,) = (RtpPacket.parse(packet) for packet in dana.sent)
    assert (late.sequence_number, late.ssrc) == (1_002, 7)


def test_only_packets_that_were_sent_can_be_retransmitted(layer: Layer, consumer: Consumer, dana) -> None:
    arrive(layer, 1)
    layer.join(consumer, 100.0)
    arrive(layer, 2, KEYFRAME)
    for sequence in (1_000, 1_001, 1_002):
        layer.resend(consumer, sequence)
    assert [RtpPacket.parse(packet).payload[:2] for packet in dana.sent] == [(1_001).to_bytes(2, "big")]


def test_a_long_copy_still_knows_where_it_began(layer: Layer, consumer: Consumer, dana) -> None:
    layer.join(consumer, 100.0)
    arrive(layer, 0, KEYFRAME)
    for sequence in range(1, 70_000):
        layer.reception.note(sequence & 0xFFFF, 0, 100, 100.0)
    assert consumer.covers(70_000 - 5 & 0xFFFF)


def test_the_publisher_s_clock_is_reported_in_the_copy_s_numbers(layer: Layer, consumer: Consumer, dana) -> None:
    layer.join(consumer, 100.0)
    arrive(layer, 1, KEYFRAME)
    layer.sender_reported(rtcp.SenderReport(0xCAFE, 7 << 32, 6_000, 99, 99), 100.2)
    (report,) = asked(dana)
    assert (report.ssrc, report.sender_info.rtp_timestamp, report.sender_info.packet_count) == (7, 6_000, 1)


def test_a_layer_that_falls_silent_is_not_alive(layer: Layer) -> None:
    assert not layer.alive(100.0)
    arrive(layer, 1, at=100.0)
    assert layer.alive(100.0 + ALIVE_SECONDS / 2)
    assert not layer.alive(100.0 + ALIVE_SECONDS)


def test_the_rate_covers_the_time_since_the_last_call(layer: Layer) -> None:
    layer.rate(100.0)
    arrive(layer, 1, bytes(1_000), at=100.5)
    layer.rate(102.0)
    assert layer.bits_per_second == 4_000
