"""One peer connection: addresses by ICE-lite, keys by DTLS, packets by SRTP."""

from collections.abc import Callable
from typing import Any

from aiortc import RTCCertificate

from signaling.media.formats.sdp import Fingerprint
from signaling.media.transport.dtls import Dtls
from signaling.media.transport.ice import IceLite
from signaling.media.transport.srtp import Workbench, protect, protect_rtcp
from signaling.media.transport.wire import Wire

MAX_SOURCES = 64
"""SSRCs per peer; libsrtp keeps a state for each, for ever."""

_workbench = Workbench()


class Peer:
    """A peer connection, publishing or subscribing. Its owner sets the callbacks."""

    __slots__ = (
        "created_at", "dtls", "heard_at", "ice", "on_lost", "on_moved", "on_rtcp", "owner",
        "receiving", "sending", "sources", "wire",
    )  # fmt: skip

    def __init__(self, ice: IceLite, certificate: RTCCertificate, wire: Wire, created_at: float) -> None:
        self.ice = ice
        self.dtls = Dtls(certificate, self._send_plain, self._dtls_closed)
        self.wire = wire
        self.receiving: Any = None
        self.sending: Any = None
        self.created_at = self.heard_at = created_at
        self.sources: set[int] = set()
        self.owner: object = None
        """The `Ingress` or `Egress` of its media; opaque here."""
        self.on_rtcp: Callable[[bytes, float], None] = lambda _data, _at: None
        self.on_moved: Callable[[], None] = lambda: None
        self.on_lost: Callable[[], None] = lambda: None
        """The peer said goodbye, or the handshake failed."""

    @property
    def secured(self) -> bool:
        """True once the handshake is done."""
        return self.sending is not None

    async def secure(self, fingerprints: tuple[Fingerprint, ...]) -> bool:
        """Complete the handshake with the owner of one of these certificates; False when that failed."""
        if not await self.dtls.handshake(fingerprints):
            return False
        self.receiving, self.sending = self.dtls.receiving, self.dtls.sending
        return True

    def admits(self, ssrc: int) -> bool:
        """True when this peer may send packets of this SSRC."""
        return ssrc in self.sources or len(self.sources) < MAX_SOURCES

    def witness(self, ssrc: int, at: float) -> None:
        """Note that an authentic packet of this SSRC arrived."""
        self.sources.add(ssrc)
        self.heard_at = at

    def send_rtp(self, packet: bytes) -> None:
        """Seal and send one packet outside the hot path."""
        self._send_sealed(protect, packet)

    def send_rtcp(self, packet: bytes) -> None:
        """Seal and send an RTCP packet."""
        self._send_sealed(protect_rtcp, packet)

    async def close(self) -> None:
        """Say goodbye; stop receiving and sending."""
        self.receiving = self.sending = None
        await self.dtls.close()

    def _send_sealed(self, seal: Any, packet: bytes) -> None:
        if self.sending is not None and self.ice.chosen is not None:
            sealed = _workbench.apply(seal, self.sending, packet)
            if sealed is not None:
                self.wire.send(sealed, self.ice.chosen)

    def _send_plain(self, datagram: bytes) -> None:
        if self.ice.chosen is not None:
            self.wire.send(datagram, self.ice.chosen)

    def _dtls_closed(self) -> None:
        self.on_lost()
