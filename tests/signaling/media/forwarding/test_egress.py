"""What a seat receives: slots for voices, sections for pictures, and nothing before the subscriber agreed."""

from collections.abc import Callable
from itertools import count

import pytest
from aiortc.rtp import HeaderExtensionsMap, RtpPacket

from signaling.media.engine import RIDS, FeedId, Seat, TileSize
from signaling.media.formats import rtcp, rtp
from signaling.media.formats.sdp_text import Incoming
from signaling.media.forwarding.downlink import FIRST
from signaling.media.forwarding.egress import Egress
from signaling.media.forwarding.ingress import Ingress, Producer
from signaling.media.speakers import Voice

PAT_SOUND, PAT_PICTURE, PAT_SCREEN = (FeedId("pat", kind) for kind in ("audio", "video", "screen"))
SAM_SOUND, SAM_PICTURE = FeedId("sam", "audio"), FeedId("sam", "video")
EVERYTHING = frozenset({rtp.OPUS, rtp.VP8, *rtp.REPAIRED})
VP8_ONLY, H264_ONLY = frozenset({rtp.OPUS, rtp.VP8}), frozenset({rtp.OPUS, rtp.H264})
LARGE = TileSize(1_280, 720)
KEYFRAME = b"\x90\xe0\x80\x05\x02\x03\x00"


@pytest.fixture
def dana(far_end: Callable):
    return far_end(("192.0.2.1", 4_000))


@pytest.fixture
def egress(dana) -> Egress:
    numbers = count(1)
    return Egress(Seat("room", "dana"), dana.peer, "c0ffee", lambda: next(numbers))


@pytest.fixture
def producers(far_end: Callable) -> dict[FeedId, Producer]:
    """Pat's feeds: sound, and a picture in three qualities."""
    sections = [
        Incoming("audio", "0", {111: rtp.OPUS}, {}, (1,), ()),
        Incoming("video", "1", {96: rtp.VP8}, {}, (), (), RIDS),
    ]
    ingress = Ingress(Seat("room", "pat"), far_end(("192.0.2.2", 4_000)).peer, sections, reporter=1)
    for ssrc, layer in enumerate(ingress.layers, 1):
        layer.bind(ssrc)
    return {producer.feed: producer for producer in ingress.producers}


def agree(egress: Egress) -> None:
    egress.offer(1, "")
    for slot in egress.slots:
        slot.agree(EVERYTHING)


def keyframe(producer: Producer, rid: str, at: float = 10.0) -> None:
    layer, number = producer.layers[rid], 1
    packet = RtpPacket(rtp.VP8, 1, number, 3_000, layer.ssrc or 0, KEYFRAME).serialize(HeaderExtensionsMap())
    layer.reception.note(number, 3_000, 100, at)
    layer.begin(packet, 12)


def test_there_are_three_slots_for_voices_and_a_section_for_each_picture(egress: Egress) -> None:
    assert egress.want([PAT_SOUND, PAT_PICTURE, SAM_SOUND, SAM_PICTURE])
    assert egress.voice_mids == ("0", "1", "2")
    assert egress.feeds == {"3": PAT_PICTURE, "4": SAM_PICTURE}
    assert all(section.stream is not None for section in egress.sections())


def test_a_picture_is_not_sent_to_a_subscriber_who_refused_its_format(egress: Egress, producers) -> None:
    egress.want([PAT_PICTURE])
    egress.offer(1, "")
    assert not egress.look_for_refusals(producers), "nobody has answered"
    reported: tuple[str, ...] = ()
    for formats, refused in ((VP8_ONLY, ()), (H264_ONLY, ("3",)), (VP8_ONLY, ())):
        for slot in egress.slots:
            slot.agree(formats)
        egress.connect(producers)
        egress.allocate((), 10.0)
        assert egress.look_for_refusals(producers) == (refused != reported)
        assert egress.refused == refused
        reported = refused
        assert len(producers[PAT_PICTURE].layers["l"].waiting) == (not refused)


def test_another_voice_needs_no_agreement(egress: Egress) -> None:
    egress.want([PAT_SOUND])
    agree(egress)
    assert not egress.want([SAM_SOUND])
    assert egress.want([SAM_SOUND, SAM_PICTURE])


def test_an_emptied_section_is_filled_by_the_next_of_its_kind_under_new_ssrcs(egress: Egress) -> None:
    egress.want([PAT_PICTURE, PAT_SCREEN])
    agree(egress)
    before = egress.sections()[3].stream
    assert egress.want([SAM_PICTURE, PAT_SCREEN])
    after = egress.sections()[3].stream
    assert egress.feeds == {"3": SAM_PICTURE, "4": PAT_SCREEN}
    assert before is not None
    assert after is not None
    assert before.ssrc != after.ssrc


def test_a_section_that_carries_nothing_is_still_stated(egress: Egress) -> None:
    egress.want([PAT_PICTURE])
    egress.want([])
    assert [(section.kind, section.stream is None) for section in egress.sections()] == [
        *[("audio", False)] * 3,
        ("video", True),
    ]


@pytest.mark.parametrize("missing", ["agreement", "keys"])
def test_nothing_is_taken_before_there_are(missing: str, egress: Egress, producers) -> None:
    egress.want([PAT_SOUND, PAT_PICTURE])
    if missing == "keys":
        agree(egress)
        egress.peer.sending = None
    egress.connect(producers)
    egress.allocate((), 10.0)
    assert not egress.hear([Voice(PAT_SOUND, 20.0, 10.0)], producers, 10.0)
    assert all(layer.waiting == [] for producer in producers.values() for layer in producer.layers.values())


def test_a_voice_gets_a_slot_and_gives_it_back(egress: Egress, producers) -> None:
    egress.want([PAT_SOUND])
    agree(egress)
    voices = [Voice(PAT_SOUND, 20.0, 10.0), Voice(SAM_SOUND, 10.0, 10.0)]
    assert egress.hear(voices, producers, 10.0)
    assert egress.voices == {"0": PAT_SOUND}
    assert not egress.hear(voices, producers, 10.1)
    assert len(producers[PAT_SOUND].layers[""].waiting) == 1
    egress.connect({})
    assert egress.voices == {}
    assert producers[PAT_SOUND].layers[""].waiting == []


def test_a_picture_starts_small_until_the_page_reports_its_size(egress: Egress, producers) -> None:
    egress.want([PAT_PICTURE])
    agree(egress)
    egress.connect(producers)
    egress.allocate((), 10.0)
    picture = producers[PAT_PICTURE]
    keyframe(picture, "l")
    assert egress.layers == {"3": "l"}
    for rid in RIDS:
        picture.layers[rid].reception.note(9, 0, 100, 10.0)
    egress.tiles = {PAT_PICTURE: LARGE}
    egress.allocate((), 10.0)
    assert egress.layers == {"3": "l"}
    keyframe(picture, "h")
    assert egress.layers == {"3": "h"}


def test_a_picture_off_screen_pauses_and_comes_back(egress: Egress, producers) -> None:
    egress.want([PAT_PICTURE])
    agree(egress)
    egress.connect(producers)
    egress.allocate((), 10.0)
    keyframe(producers[PAT_PICTURE], "l")
    egress.tiles = {PAT_PICTURE: None}
    egress.allocate((), 10.0)
    assert egress.layers == {}
    egress.tiles = {}
    egress.allocate((), 10.0)
    keyframe(producers[PAT_PICTURE], "l")
    assert egress.layers == {"3": "l"}


def test_a_feed_that_is_unpublished_stops_and_starts_again_when_published(egress: Egress, producers) -> None:
    egress.want([PAT_PICTURE])
    agree(egress)
    for known, waiting in ((producers, 1), ({}, 0), (producers, 1)):
        egress.connect(known)
        egress.allocate((), 10.0)
        assert len(producers[PAT_PICTURE].layers["l"].waiting) == waiting


def test_closing_empties_every_slot(egress: Egress, producers) -> None:
    egress.want([PAT_SOUND, PAT_PICTURE])
    agree(egress)
    egress.connect(producers)
    egress.hear([Voice(PAT_SOUND, 20.0, 10.0)], producers, 10.0)
    egress.allocate((), 10.0)
    egress.close()
    assert egress.feeds == {}
    assert all(layer.waiting == [] for producer in producers.values() for layer in producer.layers.values())


def carry(egress: Egress, producers, bits: float) -> int:
    """Send Dana Pat's picture at this many bits per second; returns its SSRC for her."""
    egress.want([PAT_PICTURE])
    agree(egress)
    egress.connect(producers)
    egress.allocate((), 10.0)
    keyframe(producers[PAT_PICTURE], "l")
    producers[PAT_PICTURE].layers["l"].bits_per_second = bits
    (slot,) = (slot for slot in egress.slots if slot.feed == PAT_PICTURE)
    assert slot.consumer is not None
    return slot.consumer.ssrc


def test_the_fall_of_the_browser_s_estimate_bounds_what_is_sent(egress: Egress, producers) -> None:
    ssrc = carry(egress, producers, 900_000)
    for estimate in (1_200_000, 950_000):
        egress.peer.on_rtcp(rtcp.estimate(9, estimate, [ssrc]), 11.0)
    assert egress.downlink.bits_per_second == pytest.approx(950_000, rel=0.01)


def test_reported_loss_bounds_what_is_sent(egress: Egress, producers) -> None:
    ssrc = carry(egress, producers, 900_000)
    for highest, lost in ((1_000, 0), (2_000, 500)):
        block = rtcp.ReportBlock(ssrc, 128, lost, highest, 0, 0, 0)
        egress.peer.on_rtcp(rtcp.receiver_report(9, [block]), 11.0)
    assert egress.downlink.bits_per_second < 900_000 < FIRST


def test_reports_of_streams_nobody_sends_change_nothing(egress: Egress, producers) -> None:
    carry(egress, producers, 900_000)
    egress.peer.on_rtcp(rtcp.receiver_report(9, [rtcp.ReportBlock(0xBAD, 255, 10, 100, 0, 0, 0)]), 11.0)
    egress.peer.on_rtcp(rtcp.nack(9, 0xBAD, [1, 2]) + rtcp.keyframe_request(9, 0xBAD), 11.0)
    assert egress.downlink.bits_per_second == FIRST
