"""A bot's path to the engine: one socket, ICE checks towards an ICE-lite engine, DTLS and SRTP by aiortc.

aiortc's own ICE never uses the loopback device and gathers candidates that an ICE-lite engine does not need.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import cast

from aioice import stun
from aiortc import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport, RTCIceTransport

from bots.descriptions import Credentials
from signaling.media.formats.sdp import Secrets
from signaling.media.transport.ice import Address, IceLite, claimed_ufrag

CHECK_SECONDS = 2.5
FIRST_CHECKS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait for the answer to each of the first checks; then the engine counts as unreachable."""
MAX_QUEUED = 256
"""Datagrams that may wait for aiortc; further ones are dropped, as in a network."""
CHECK_BACK_SECONDS = 0.05
"""Seconds to wait for the engine's own check: an engine that checks back accepts no DTLS before its check."""
PRIORITY = 0x7E0000FF


class EngineUnreachable(ConnectionError):
    """The engine answered no check, or its certificate was not the announced one."""


class Link(asyncio.DatagramProtocol):
    """Replaces aiortc's ICE transport. `connect` it, then `secure` a `CountingTransport` over it."""

    role, state = "controlling", "completed"

    def __init__(self) -> None:
        self.certificate = RTCCertificate.generateCertificate()
        self.ufrag, self.password = secrets.token_hex(4), secrets.token_hex(16)
        self._lite = IceLite(self.ufrag, self.password, 0.0)
        self._arrived: asyncio.Queue[bytes] = asyncio.Queue(MAX_QUEUED)
        self._answered, self._checked = asyncio.Event(), asyncio.Event()
        self._socket: asyncio.DatagramTransport | None = None

    @property
    def credentials(self) -> Credentials:
        """This end's credentials for a session description."""
        print_of = next(one for one in self.certificate.getFingerprints() if one.algorithm == "sha-256")
        return Credentials(self.ufrag, self.password, f"{print_of.algorithm} {print_of.value}")

    async def connect(
        self, addresses: list[tuple[str, int]], remote: Secrets, *, waits: Sequence[float] = FIRST_CHECKS
    ) -> None:
        """Prove this end's address to the engine, at the first of `addresses` that answers."""
        for address in addresses:
            await self._open(address)
            for wait in waits:
                self._check(remote)
                try:
                    await asyncio.wait_for(self._answered.wait(), wait)
                except TimeoutError:
                    continue
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._checked.wait(), CHECK_BACK_SECONDS)
                return
        raise EngineUnreachable

    async def keep(self, remote: Secrets) -> None:
        """Repeat the check: consent expires (RFC 7675)."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            self._check(remote)

    def close(self) -> None:
        """Close the socket."""
        if self._socket is not None:
            self._socket.close()

    async def _open(self, address: tuple[str, int]) -> None:
        self.close()
        loop = asyncio.get_running_loop()
        self._socket, _ = await loop.create_datagram_endpoint(lambda: self, remote_addr=address)

    def _check(self, remote: Secrets) -> None:
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{remote.ufrag}:{self.ufrag}"
        request.attributes["PRIORITY"] = PRIORITY
        request.attributes["ICE-CONTROLLING"] = 1
        request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(remote.password.encode())
        self._transmit(bytes(request))

    def _transmit(self, datagram: bytes) -> None:
        if self._socket is not None and not self._socket.is_closing():
            self._socket.sendto(datagram)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """Any answer from the connected address counts: everything after it is authenticated."""
        if (check := claimed_ufrag(data)) is not None:
            self._answer(check[1], addr)
        elif data[:1] < b"\x04":
            self._answered.set()
        elif not self._arrived.full():
            self._arrived.put_nowait(data)

    def _answer(self, check: stun.Message, address: Address) -> None:
        """Answer the check of an engine that checks back."""
        response = self._lite.answer(check, address, 0.0)
        if response is not None:
            self._transmit(response)
            self._checked.set()

    def error_received(self, _exc: Exception) -> None:
        """A refused datagram counts as lost."""

    async def _recv(self) -> bytes:
        return await self._arrived.get()

    async def _send(self, data: bytes) -> None:
        self._transmit(data)


class CountingTransport(RTCDtlsTransport):
    """A DTLS transport that counts received media packets by SSRC and does not decrypt them."""

    def __init__(self, link: Link) -> None:
        super().__init__(cast(RTCIceTransport, link), [link.certificate])
        self._set_role("client")
        self.received: Counter[int] = Counter()
        self.on_received: Callable[[], None] = lambda: None
        self.closed = asyncio.Event()
        self.on("statechange", self._state_changed)

    async def secure(self, remote: Secrets) -> None:
        """Complete the DTLS handshake with the certificate that `remote` names, or raise `EngineUnreachable`."""
        fingerprints = [RTCDtlsFingerprint(one.algorithm, one.value) for one in remote.fingerprints]
        await self.start(RTCDtlsParameters(fingerprints=fingerprints))
        if self.state != "connected":
            raise EngineUnreachable

    async def _handle_rtp_data(self, data: bytes, arrival_time_ms: int) -> None:  # noqa: ARG002  aiortc names it
        self.received[int.from_bytes(data[8:12], "big")] += 1
        self.on_received()

    def _state_changed(self) -> None:
        if self.state in ("closed", "failed"):
            self.closed.set()
