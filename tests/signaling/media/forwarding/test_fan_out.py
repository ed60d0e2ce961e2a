"""A subscriber's copy continues without a gap when its source stops, changes or restarts."""

from collections.abc import Callable

import pytest
from aiortc.rtp import HeaderExtensionsMap, RtpPacket, unwrap_rtx

from signaling.media.formats import rtp
from signaling.media.formats.rtcp import SenderReport
from signaling.media.formats.vp8 import Picture
from signaling.media.forwarding.fan_out import FIRST_SEQUENCE, Copy, FanOut
from signaling.media.forwarding.reception import Reception

VIDEO = 90_000
HOME = ("192.0.2.1", 4_000)


@pytest.fixture
def dana(far_end: Callable) -> Copy:
    return Copy(far_end(HOME).peer, VIDEO, 7, 8)


def stream(sequence: int, timestamp: int, arrival: float, packets: int = 1) -> Reception:
    """A stream that has received this many packets."""
    reception = Reception(VIDEO)
    for number in range(packets):
        reception.note(sequence + number & 0xFFFF, timestamp, 100, arrival)
    return reception


def test_a_copy_begins_at_its_own_first_number(dana: Copy) -> None:
    dana.start(60_000, 5_000, None, stream(60_000, 5_000, 1.0))
    assert 60_000 + dana.sequence_offset & 0xFFFF == FIRST_SEQUENCE + 1
    assert dana.timestamp_offset == 0


def test_another_source_continues_where_the_one_before_ended(dana: Copy) -> None:
    before = stream(65_535, 2**32 - 900, 1.0, packets=2)
    dana.start(65_535, 2**32 - 900, None, before)
    dana.stop(before, None)
    dana.start(9, 77, None, stream(9, 77, 3.0))
    assert 9 + dana.sequence_offset & 0xFFFF == FIRST_SEQUENCE + 3
    assert 77 + dana.timestamp_offset & 0xFFFFFFFF == 2**32 - 900 + 2 * VIDEO + 1 & 0xFFFFFFFF


def test_pictures_are_numbered_on_across_sources(dana: Copy) -> None:
    before = stream(1, 0, 1.0)
    dana.start(1, 0, Picture(2, 500, 4, 9), before)
    dana.stop(before, Picture(2, 0x7FFF, 4, 255))
    dana.start(1, 0, Picture(2, 40, 4, 3), stream(1, 0, 2.0))
    assert (40 + dana.picture_offset) % 0x8000 == 0
    assert (3 + dana.temporal_offset) % 0x100 == 0


def test_a_retransmission_repeats_the_copy(dana: Copy) -> None:
    packet = RtpPacket(rtp.VP8, 1, 60_000, 5_000, 0xCAFE, b"\x90\xe0\x80\x05\x02\x03\x01frame")
    dana.start(60_000, 5_000, None, stream(60_000, 5_000, 1.0))
    dana.picture_offset, dana.temporal_offset = 10, 20
    sent = packet.serialize(HeaderExtensionsMap())
    copy = RtpPacket.parse(dana.copy(sent, 60_000))
    again = unwrap_rtx(RtpPacket.parse(dana.retransmission(sent, 60_000)), rtp.VP8, dana.ssrc)
    assert (copy.sequence_number, copy.ssrc) == (FIRST_SEQUENCE + 1, 7)
    assert copy.payload == again.payload == b"\x90\xe0\x80\x0f\x16\x03\x01frame"
    assert again.sequence_number == copy.sequence_number


def test_the_round_trip_excludes_the_subscriber_s_own_delay(dana: Copy) -> None:
    dana.report(stream(1, 0, 1.0), SenderReport(1, 0x5_0001_0000, 0, 0, 0), at=10.0)
    dana.heard_back(0x9999, 0.0, 11.0)
    assert dana.round_trip == 0.0
    dana.heard_back(0x5_0001, 0.75, 10.8)
    assert dana.round_trip == pytest.approx(0.05)


def test_the_send_list_follows_addresses_and_keys(dana: Copy) -> None:
    fan_out = FanOut(dana.peer.wire)
    fan_out.refresh([dana])
    assert len(fan_out.targets) == 1
    dana.peer.ice.chosen = None
    fan_out.refresh([dana])
    assert fan_out.targets == []


def test_pictures_are_renumbered_only_where_a_copy_needs_it(dana: Copy) -> None:
    fan_out = FanOut(dana.peer.wire)
    fan_out.refresh([dana])
    assert not fan_out.renumbers
    dana.picture_offset = 1
    fan_out.refresh([dana])
    assert fan_out.renumbers
