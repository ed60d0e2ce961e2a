"""Opens and drops peer connections: each gets an ICE name, the engine's certificate and a place on its port."""

import secrets
import time
from collections.abc import Callable
from typing import Annotated

import msgspec
from aiortc import RTCCertificate

from signaling.media.bounds import Many, Name, Port
from signaling.media.formats.sdp import Fingerprint
from signaling.media.formats.sdp_text import Endpoint
from signaling.media.transport.ice import IceLite
from signaling.media.transport.peer import Peer
from signaling.media.transport.udp_port import UdpPort
from signaling.media.transport.wire import OpenWire


class Listening(msgspec.Struct, frozen=True):
    """Where the engine listens, and the addresses that browsers get, best first.

    A wildcard host answers from the address that the system picks, and that is not the loopback address for a browser
    on another one: announce the machine's own addresses then.
    """

    host: Name
    port: Port
    announced: Annotated[tuple[Name, ...], Many]


class Transports:
    """The engine's port and certificate, and the peers behind them."""

    clock = staticmethod(time.monotonic)

    def __init__(self, listening: Listening, open_wire: OpenWire) -> None:
        self.udp_port = UdpPort(listening.host, listening.port, self.clock, open_wire)
        self._announced = listening.announced
        self._certificate = RTCCertificate.generateCertificate()

    @property
    def port(self) -> int:
        """The UDP port that browsers send to."""
        return self.udp_port.number

    @property
    def dropped(self) -> dict[str, int]:
        """Dropped datagrams, by reason."""
        return dict(self.udp_port.dropped)

    def begin(self, drain: Callable[[], int]) -> None:
        """Call `drain` whenever datagrams have arrived at `udp_port`; it returns how many it took."""
        self.udp_port.read_with(drain)

    def close(self) -> None:
        """Release the port."""
        self.udp_port.close()

    def open(self, on_lost: Callable[[], None]) -> Peer:
        """A new peer; it calls `on_lost` when it says goodbye or cannot be secured."""
        at = self.clock()
        peer = Peer(IceLite(*_credentials(), at), self._certificate, self.udp_port.wire, at)
        peer.on_lost = on_lost
        self.udp_port.register(peer)
        return peer

    def restart(self, peer: Peer) -> None:
        """Use a new ICE name; the one before keeps its path until the new one is proved."""
        forgotten = peer.ice.restart(*_credentials())
        self.udp_port.register(peer, forgotten)

    def forget(self, peer: Peer) -> None:
        """Stop receiving from this peer and watching it; the caller says goodbye to it."""
        self.udp_port.forget(peer)
        peer.on_lost = _nothing

    def endpoint(self, peer: Peer) -> Endpoint:
        """This end of the peer, for a session description."""
        own = next(one for one in self._certificate.getFingerprints() if one.algorithm == "sha-256")
        fingerprint = Fingerprint(own.algorithm, own.value)
        return Endpoint(self._announced, self.port, peer.ice.ufrag, peer.ice.password, fingerprint)


def _credentials() -> tuple[str, str]:
    return secrets.token_hex(4), secrets.token_hex(16)


def _nothing() -> None:
    """Do nothing when a dropped peer is lost."""
