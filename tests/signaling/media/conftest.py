"""Peer connections whose far end is the test: real SRTP, no handshake."""

import socket
from collections import Counter
from collections.abc import Callable

import pytest
from aiortc import RTCCertificate
from pylibsrtp import Policy, Session

from signaling.media.transport.ice import Address, IceLite
from signaling.media.transport.peer import Peer
from signaling.media.transport.wire import PlainWire, Wire


class FarEnd:
    """The other end of one peer: it opens packets from the engine and seals packets to it."""

    def __init__(self, certificate: RTCCertificate, address: Address, wire: Wire | None = None) -> None:
        self.address = address
        self.sent: list[bytes] = []
        """The packets that the engine sent, opened, in order."""
        there, back = _key(address[1]), _key(address[1] + 100)
        self._opening = _session(there, Policy.SSRC_ANY_INBOUND)
        self._sealing = _session(back, Policy.SSRC_ANY_OUTBOUND)
        self._near = _session(there, Policy.SSRC_ANY_OUTBOUND), _session(back, Policy.SSRC_ANY_INBOUND)
        self.peer = Peer(IceLite(f"ufrag{address[1]}", "password", 0.0), certificate, wire or _Caught(self), 0.0)
        self.peer.sending, self.peer.receiving = (session._srtp[0] for session in self._near)
        self.peer.ice.chosen = address

    def seal(self, packet: bytes) -> bytes:
        """An RTP packet, sealed for the engine."""
        return self._sealing.protect(packet)

    def seal_rtcp(self, packet: bytes) -> bytes:
        """A report, sealed for the engine."""
        return self._sealing.protect_rtcp(packet)

    def open(self, sealed: bytes) -> bytes:
        """An RTP packet or a report from the engine, opened."""
        is_report = 192 <= sealed[1] <= 223
        return self._opening.unprotect_rtcp(sealed) if is_report else self._opening.unprotect(sealed)


class _Caught(PlainWire):
    """A wire whose datagrams reach the far end at once."""

    def __init__(self, far_end: FarEnd) -> None:
        self._far_end = far_end
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
            super().__init__(unused, Counter())

    def send(self, datagram: bytes | memoryview, address: Address) -> None:
        assert address == self._far_end.address
        self._far_end.sent.append(self._far_end.open(bytes(datagram)))


def _key(first: int) -> bytes:
    return bytes((first + step) % 256 for step in range(30))


def _session(key: bytes, direction: int) -> Session:
    policy = Policy(key=key, ssrc_type=direction)
    policy.allow_repeat_tx = True
    return Session(policy)


@pytest.fixture(scope="session")
def certificate() -> RTCCertificate:
    return RTCCertificate.generateCertificate()


@pytest.fixture
async def far_end(certificate: RTCCertificate) -> Callable[..., FarEnd]:
    """Makes the far end of a new peer at an address."""
    return lambda address, wire=None: FarEnd(certificate, address, wire)
