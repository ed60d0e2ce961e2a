"""A peer sends sealed packets to its current address, and nothing before it has keys and an address."""

from collections.abc import Callable

import pytest
from aiortc.rtp import HeaderExtensionsMap, RtpPacket

from signaling.media.formats import rtcp
from signaling.media.transport.peer import MAX_SOURCES

HOME, AWAY = ("192.0.2.1", 4_000), ("198.51.100.1", 5_000)
PACKET = RtpPacket(111, 0, 1, 960, 7, b"opus").serialize(HeaderExtensionsMap())


@pytest.fixture
def far(far_end: Callable):
    return far_end(HOME)


def test_packets_and_reports_arrive_sealed(far) -> None:
    far.peer.send_rtp(PACKET)
    far.peer.send_rtcp(rtcp.keyframe_request(1, 2))
    assert far.sent == [PACKET, rtcp.keyframe_request(1, 2)]


def test_packets_follow_the_peer_to_its_new_address(far) -> None:
    far.address = far.peer.ice.chosen = AWAY
    far.peer.send_rtp(PACKET)
    assert far.sent == [PACKET]


def test_nothing_is_sent_without_an_address_or_without_keys(far) -> None:
    far.peer.ice.chosen = None
    far.peer.send_rtp(PACKET)
    far.peer.ice.chosen, far.peer.sending = HOME, None
    far.peer.send_rtcp(rtcp.keyframe_request(1, 2))
    assert far.sent == []


async def test_a_closed_peer_neither_sends_nor_is_reported_lost(far) -> None:
    lost = []
    far.peer.on_lost = lambda: lost.append("pat")
    await far.peer.close()
    far.peer.send_rtp(PACKET)
    assert far.sent == []
    assert lost == []
    assert not far.peer.secured


def test_known_sources_are_admitted_when_no_new_one_is(far) -> None:
    far.peer.sources.update(range(MAX_SOURCES))
    assert far.peer.admits(0)
    assert not far.peer.admits(MAX_SOURCES)
