"""Missing packets are asked for a few times, and received ones are kept for a second."""

from collections.abc import Callable

import pytest
from aiortc.rtp import HeaderExtensionsMap, RtcpPacket, RtpPacket

from signaling.media.formats import rtp
from signaling.media.forwarding.repair import KEPT_PACKETS, KEPT_SECONDS, MAX_ASKS, MAX_GAP, Missing, Repair, Ring


def test_missing_packets_are_asked_for_a_few_times() -> None:
    missing = Missing()
    assert missing.after_gap(2, 3) == [65_535, 0, 1]
    assert missing.arrived(0)
    assert not missing.arrived(0)
    asked = [missing.overdue() for _ in range(MAX_ASKS)]
    assert asked == [[65_535, 1]] * (MAX_ASKS - 1) + [[]]


def test_a_gap_too_wide_to_repair_is_given_up() -> None:
    missing = Missing()
    missing.after_gap(10, 2)
    assert missing.after_gap(1_000, 900) == []
    assert missing.overdue() == []


def test_the_ring_keeps_a_second() -> None:
    ring = Ring()
    ring.keep(1, b"one", 0.0)
    ring.keep(2, b"two", 0.9)
    ring.keep(3, b"three", 1.5)
    ring.forget(1.5)
    assert (ring.find(1), ring.find(2), ring.find(3)) == (None, b"two", b"three")


def test_the_ring_is_bounded_in_a_flood() -> None:
    ring = Ring()
    for sequence in range(3 * KEPT_PACKETS):
        ring.keep(sequence, b"flood", 0.0)
    assert len(ring) == KEPT_PACKETS


@pytest.fixture
def pat(far_end: Callable):
    return far_end(("192.0.2.1", 4_000))


@pytest.fixture
def repair(pat) -> Repair:
    repair = Repair(pat.peer, reporter=1)
    repair.begin(0xCAFE)
    return repair


def asked(far) -> list[tuple[int, list[int]]]:
    """The requests to the publisher: the stream and the packets."""
    taken, far.sent = far.sent, []
    return [(nack.media_ssrc, nack.lost) for packet in taken for nack in RtcpPacket.parse(packet)]


def packet(sequence: int) -> bytes:
    return RtpPacket(rtp.VP8, 0, sequence, 0, 0xCAFE, b"picture").serialize(HeaderExtensionsMap())


def test_a_gap_is_asked_for_at_once_and_again_until_its_packets_come(repair: Repair, pat) -> None:
    assert repair.close_gap(4, 3)
    assert asked(pat) == [(0xCAFE, [1, 2, 3])]
    assert repair.close_gap(2, -1)
    assert repair.recover(packet(3), 10.0)
    repair.tick(10.1)
    assert asked(pat) == [(0xCAFE, [1])]


def test_a_gap_too_wide_is_not_asked_for(repair: Repair, pat) -> None:
    assert not repair.close_gap(1_000, MAX_GAP + 1)
    repair.tick(10.0)
    assert asked(pat) == []


def test_a_recovered_packet_is_kept_once_and_for_a_second(repair: Repair) -> None:
    repair.close_gap(4, 1)
    assert repair.recover(packet(3), 10.0)
    assert not repair.recover(packet(3), 10.0)
    assert repair.ring.find(3) == packet(3)
    repair.tick(10.1 + KEPT_SECONDS)
    assert repair.ring.find(3) is None


def test_packets_of_the_stream_before_are_neither_asked_for_nor_kept(repair: Repair, pat) -> None:
    repair.close_gap(4, 1)
    repair.ring.keep(4, packet(4), 10.0)
    asked(pat)
    repair.begin(0xBEEF)
    repair.tick(10.1)
    assert asked(pat) == []
    assert repair.ring.find(4) is None
    repair.close_gap(9, 1)
    assert asked(pat) == [(0xBEEF, [8])]
