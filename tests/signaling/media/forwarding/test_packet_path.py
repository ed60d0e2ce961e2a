"""A publisher's packets reach each subscriber, in its own numbers and keys, and nothing else does."""

import socket
from collections.abc import Callable, Iterator

import pytest
from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtp import HeaderExtensionsMap, RtcpPacket, RtcpRtpfbPacket, RtpPacket, unwrap_rtx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signaling.media.engine import FeedId, Seat, TileSize
from signaling.media.formats import rtcp, rtp
from signaling.media.formats.sdp import MID_URI
from signaling.media.formats.sdp_text import Incoming
from signaling.media.forwarding.egress import Egress
from signaling.media.forwarding.ingress import Ingress, Producer
from signaling.media.forwarding.layer import Consumer, Layer
from signaling.media.forwarding.packet_path import PacketPath
from signaling.media.speakers import Voice
from signaling.media.transport import wire
from signaling.media.transport.peer import MAX_SOURCES
from signaling.media.transport.udp_port import UdpPort
from signaling.media.transport.wire import OpenWire
from tests.signaling.media.conftest import FarEnd

PAT, DANA = Seat("room", "pat"), Seat("room", "dana")
SOUND, PICTURE = FeedId("pat", "audio"), FeedId("pat", "video")
KEYFRAME, INTERFRAME = b"\x10\x00" + bytes(40), b"\x10\x01" + bytes(40)
THEIR_VP8, THEIR_RTX, THEIR_MID = 120, 124, 3
VP8_AGAIN = rtp.RETRANSMISSIONS[rtp.VP8]
LARGE = TileSize(1_280, 720)
VIDEO_SSRC, REPAIR_SSRC = 0xCAFE, 0xBEEF
SECTIONS = (
    Incoming("audio", "sound", {109: rtp.OPUS}, {THEIR_MID: rtp.MID}, (), ()),
    Incoming("video", "picture", {THEIR_VP8: rtp.VP8, THEIR_RTX: VP8_AGAIN}, {THEIR_MID: rtp.MID}, (), ()),
)
EXTENSIONS = HeaderExtensionsMap()
EXTENSIONS.configure(RTCRtpParameters(headerExtensions=[RTCRtpHeaderExtensionParameters(THEIR_MID, MID_URI)]))


def video(sequence: int, payload: bytes = INTERFRAME, **changes: int | str) -> bytes:
    packet = RtpPacket(THEIR_VP8, 1, sequence, sequence * 3_000, VIDEO_SSRC, payload)
    packet.extensions.mid = "picture"
    for name, value in changes.items():
        setattr(packet, name, value)
    return packet.serialize(EXTENSIONS)


def repair(sequence: int, payload: bytes = INTERFRAME) -> bytes:
    packet = RtpPacket(THEIR_RTX, 1, 5, sequence * 3_000, REPAIR_SSRC, sequence.to_bytes(2, "big") + payload)
    packet.extensions.mid = "picture"
    return packet.serialize(EXTENSIONS)


class Evening:
    """Pat publishes, Dana subscribes; both ends of both connections are in the test's hands."""

    def __init__(self, far_end: Callable, open_wire: OpenWire = wire.best) -> None:
        self.now = 100.0
        self.port = UdpPort("127.0.0.1", 0, lambda: self.now, open_wire)
        self.path = PacketPath(self.port, lambda: self.now)
        self.sockets = [_bound(), _bound()]
        self.pat, self.dana = (far_end(one.getsockname(), self.port.wire) for one in self.sockets)
        for end in (self.pat, self.dana):
            self.port.admit(end.address, end.peer)
        self.ingress = Ingress(PAT, self.pat.peer, SECTIONS, reporter=1)
        ssrcs = iter(range(11, 99))
        self.egress = Egress(DANA, self.dana.peer, "c0ffee", lambda: next(ssrcs))

    @property
    def producers(self) -> dict[FeedId, Producer]:
        return {producer.feed: producer for producer in self.ingress.producers}

    @property
    def layers(self) -> list[Layer]:
        return list(self.producers[PICTURE].layers.values())

    def subscribe(self, *feeds: FeedId, tile: TileSize | None = LARGE) -> None:
        self.egress.want(feeds)
        for slot in self.egress.slots:
            slot.agree(frozenset({rtp.OPUS, rtp.VP8, *rtp.REPAIRED}))
        self.egress.connect(self.producers)
        self.egress.hear([Voice(feed, 20.0, self.now) for feed in feeds if feed == SOUND], self.producers, self.now)
        self.show(tile)

    def show(self, tile: TileSize | None) -> None:
        """Dana's page shows the picture this large."""
        self.egress.tiles = {PICTURE: tile}
        self.egress.allocate((), self.now)

    def consumer(self, feed: FeedId) -> Consumer:
        return next(slot.consumer for slot in self.egress.slots if slot.feed == feed)

    def publish(self, *packets: bytes) -> list[RtpPacket]:
        """The packets that Dana gets when Pat sends these, one every 20 ms."""
        for packet in packets:
            self.now += 0.02
            self.sockets[0].sendto(self.pat.seal(packet), ("127.0.0.1", self.port.number))
            self.path.drain()
        return [RtpPacket.parse(packet) for packet in self.got_by_dana() if not _is_report(packet)]

    def report(self, report: bytes) -> list[RtpPacket]:
        """The packets that Dana gets when she sends this report."""
        self.sockets[1].sendto(self.dana.seal_rtcp(report), ("127.0.0.1", self.port.number))
        self.path.drain()
        return [RtpPacket.parse(packet) for packet in self.got_by_dana()]

    def asked_of_pat(self) -> list[RtcpPacket]:
        return [part for packet in _received(self.sockets[0], self.pat) for part in RtcpPacket.parse(packet)]

    def close(self) -> None:
        for one in (*self.sockets, self.port.socket):
            one.close()

    def got_by_dana(self) -> list[bytes]:
        return list(_received(self.sockets[1], self.dana))


def _is_report(packet: bytes) -> bool:
    return 192 <= packet[1] <= 223


def _received(opened: socket.socket, end: FarEnd) -> Iterator[bytes]:
    try:
        while True:
            yield end.open(opened.recv(2_048))
    except BlockingIOError:
        return


def _bound() -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.bind(("127.0.0.1", 0))
    opened.setblocking(False)
    return opened


@pytest.fixture(params=[wire.PlainWire, wire.best])
def evening(far_end: Callable, request: pytest.FixtureRequest) -> Iterator[Evening]:
    """On each kind of wire."""
    evening = Evening(far_end, request.param)
    yield evening
    evening.close()


def test_sound_is_forwarded_at_once_in_the_subscriber_s_numbers(evening: Evening) -> None:
    evening.subscribe(SOUND)
    packet = RtpPacket(109, 1, 500, 960, 0xABCD, b"opus")
    packet.extensions.mid = "sound"
    (got,) = evening.publish(packet.serialize(EXTENSIONS))
    assert (got.payload_type, got.marker, got.payload) == (rtp.OPUS, 1, b"opus")
    assert got.ssrc == evening.consumer(SOUND).ssrc


def test_a_picture_begins_with_a_key_frame_that_was_asked_for(evening: Evening) -> None:
    evening.publish(video(1))
    evening.subscribe(PICTURE)
    (asked,) = evening.asked_of_pat()
    assert (asked.fmt, asked.media_ssrc) == (1, VIDEO_SSRC)
    assert evening.publish(video(2), video(3)) == []
    assert [got.payload for got in evening.publish(video(4, KEYFRAME), video(5))] == [KEYFRAME, INTERFRAME]


def test_key_frames_are_asked_for_at_most_three_times_a_second_until_one_comes(evening: Evening) -> None:
    evening.publish(video(1))
    evening.subscribe(PICTURE)
    evening.asked_of_pat()
    for _ in range(12):
        evening.now += 0.1
        evening.layers[0].tick(evening.now)
    assert len(evening.asked_of_pat()) == 3
    evening.publish(video(2, KEYFRAME))
    evening.now += 1.0
    evening.layers[0].tick(evening.now)
    assert evening.asked_of_pat() == []


def test_a_subscriber_who_lost_a_packet_gets_it_again(evening: Evening) -> None:
    evening.subscribe(PICTURE)
    first, second = evening.publish(video(1, KEYFRAME), video(2, b"\x10\x01second"))
    consumer = evening.consumer(PICTURE)
    (again,) = evening.report(rtcp.nack(9, consumer.ssrc, [second.sequence_number]))
    assert (again.payload_type, again.ssrc) == (rtp.RETRANSMISSIONS[rtp.VP8], consumer.repair_ssrc)
    original = unwrap_rtx(again, rtp.VP8, consumer.ssrc)
    assert (original.sequence_number, original.payload) == (second.sequence_number, b"\x10\x01second")
    assert first.sequence_number == second.sequence_number - 1


def test_a_packet_that_was_never_sent_is_not_sent_again(evening: Evening) -> None:
    evening.subscribe(PICTURE)
    evening.publish(video(1, KEYFRAME))
    consumer = evening.consumer(PICTURE)
    assert evening.report(rtcp.nack(9, consumer.ssrc, [1, 2, 3])) == []
    assert evening.report(rtcp.nack(9, 12_345, [1, 2, 3])) == []


def test_a_packet_lost_on_the_way_in_is_asked_for_and_forwarded_when_it_comes(evening: Evening) -> None:
    evening.subscribe(PICTURE)
    before, after = evening.publish(video(1, KEYFRAME), video(3))
    assert [asked.lost for asked in evening.asked_of_pat() if isinstance(asked, RtcpRtpfbPacket)] == [[2]]
    (repaired,) = evening.publish(repair(2, b"\x10\x01late"))
    assert (repaired.sequence_number, repaired.payload) == (before.sequence_number + 1, b"\x10\x01late")
    assert after.sequence_number == before.sequence_number + 2
    assert evening.publish(repair(2, b"\x10\x01late"), repair(1)) == []


def test_a_key_frame_asked_for_by_a_subscriber_is_asked_of_the_publisher(evening: Evening) -> None:
    evening.subscribe(PICTURE)
    evening.publish(video(1, KEYFRAME))
    evening.asked_of_pat()
    evening.now += 1.0
    evening.report(rtcp.keyframe_request(9, evening.consumer(PICTURE).ssrc))
    (asked,) = evening.asked_of_pat()
    assert asked.media_ssrc == VIDEO_SSRC


def test_the_publisher_s_clock_reaches_the_subscriber_in_its_own_timestamps(evening: Evening) -> None:
    evening.subscribe(PICTURE)
    (got,) = evening.publish(video(1, KEYFRAME))
    report = rtcp.SenderReport(ssrc=VIDEO_SSRC, ntp=7 << 32, timestamp=3_000, packets=99, octets=99)
    evening.sockets[0].sendto(evening.pat.seal_rtcp(rtcp.sender_report(report)), ("127.0.0.1", evening.port.number))
    evening.path.drain()
    (report,) = RtcpPacket.parse(evening.got_by_dana().pop())
    assert report.ssrc == got.ssrc
    assert report.sender_info.ntp_timestamp == 7 << 32
    assert report.sender_info.rtp_timestamp == got.timestamp
    assert report.sender_info.packet_count == 1


def test_the_publisher_gets_a_reception_report(evening: Evening) -> None:
    evening.publish(video(1), video(2), video(4))
    evening.asked_of_pat()
    evening.ingress.report(evening.now)
    report, _ = evening.asked_of_pat()
    (block,) = report.reports
    assert (block.ssrc, block.packets_lost, block.highest_sequence) == (VIDEO_SSRC, 1, 4)


def test_a_stream_under_a_new_ssrc_continues_the_copy(evening: Evening) -> None:
    evening.subscribe(PICTURE)
    (before,) = evening.publish(video(1, KEYFRAME))
    assert evening.publish(video(700, ssrc=0xD00D)) == []
    (after,) = evening.publish(video(701, KEYFRAME, ssrc=0xD00D))
    assert (after.ssrc, after.sequence_number) == (before.ssrc, before.sequence_number + 1)


def test_packets_of_unknown_sections_and_formats_are_dropped(evening: Evening) -> None:
    evening.subscribe(PICTURE)
    unknown = RtpPacket(THEIR_VP8, 1, 1, 0, 0x1111, KEYFRAME).serialize(EXTENSIONS)
    assert evening.publish(unknown, video(1, KEYFRAME, payload_type=50)) == []
    assert evening.port.dropped == {"unbound": 1, "rtp": 1}


def test_the_streams_of_one_peer_are_bounded(evening: Evening) -> None:
    for ssrc in range(1, 3 * MAX_SOURCES):
        evening.publish(video(1, KEYFRAME, ssrc=ssrc))
    assert len(evening.pat.peer.sources) == MAX_SOURCES
    assert len(evening.ingress.by_ssrc) == 1


def test_a_packet_with_another_key_is_dropped_and_is_no_evidence(evening: Evening) -> None:
    evening.sockets[0].sendto(evening.dana.seal(video(1))[:-1] + b"x", ("127.0.0.1", evening.port.number))
    evening.path.drain()
    assert evening.port.dropped == {"rtp": 1}
    assert evening.pat.peer.heard_at == evening.pat.peer.created_at


def test_a_subscriber_who_sends_media_is_not_heard(evening: Evening) -> None:
    evening.sockets[1].sendto(evening.dana.seal(video(1)), ("127.0.0.1", evening.port.number))
    evening.path.drain()
    assert evening.port.dropped == {"rtp": 1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(flags=st.integers(0x80, 0xBF), rest=st.binary(max_size=80), payload_type=st.sampled_from([109, 120, 124]))
def test_no_authentic_packet_however_malformed_raises(
    evening: Evening, flags: int, rest: bytes, payload_type: int
) -> None:
    try:
        sealed = evening.pat.seal(bytes([flags, payload_type]) + rest.ljust(10, b"\0"))
    except Exception:  # libsrtp refuses to seal some of them
        return
    evening.sockets[0].sendto(sealed, ("127.0.0.1", evening.port.number))
    evening.path.drain()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=80), kind=st.integers(192, 223))
def test_no_authentic_report_however_malformed_raises(evening: Evening, body: bytes, kind: int) -> None:
    evening.report(bytes([0x81, kind]) + bytes(2) + body.ljust(4, b"\0"))
