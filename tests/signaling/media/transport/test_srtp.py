"""Packets are sealed and opened in one buffer, and a refusal of libsrtp gives None."""

import pytest
from aiortc.rtp import HeaderExtensionsMap, RtpPacket
from pylibsrtp import Policy, Session

from signaling.media.transport.srtp import DATAGRAM_BYTES, Workbench, protect, unprotect

PACKET = RtpPacket(111, 0, 1, 960, 7, b"opus").serialize(HeaderExtensionsMap())


def session(direction: int) -> Session:
    return Session(Policy(key=bytes(30), ssrc_type=direction))


@pytest.fixture
def workbench() -> Workbench:
    return Workbench()


def test_a_sealed_packet_can_be_opened(workbench: Workbench) -> None:
    sealing, opening = session(Policy.SSRC_ANY_OUTBOUND), session(Policy.SSRC_ANY_INBOUND)
    sealed = workbench.apply(protect, sealing._srtp[0], PACKET)
    assert sealed is not None
    assert bytes(sealed) != PACKET
    opened = workbench.apply(unprotect, opening._srtp[0], bytes(sealed))
    assert opened == PACKET


def test_a_forged_packet_is_refused(workbench: Workbench) -> None:
    opening = session(Policy.SSRC_ANY_INBOUND)
    assert workbench.apply(unprotect, opening._srtp[0], PACKET + bytes(10)) is None


def test_a_packet_that_does_not_fit_is_refused(workbench: Workbench) -> None:
    sealing = session(Policy.SSRC_ANY_OUTBOUND)
    longest = PACKET + bytes(DATAGRAM_BYTES - len(PACKET))
    assert workbench.apply(protect, sealing._srtp[0], longest) is not None
    assert workbench.apply(protect, sealing._srtp[0], longest + b"\0") is None
