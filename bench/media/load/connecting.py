"""One peer connection of the load: ICE and DTLS here; then the generator takes the socket and the SRTP sessions."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

from aioice import stun
from aiortc import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport, RTCIceTransport
from aiortc.rtcdtlstransport import SRTP_AEAD_AES_128_GCM

from bots.descriptions import Credentials
from signaling.media.formats.sdp import Secrets
from signaling.media.transport.dtls import Datagrams

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds for the answer to each check; then the engine counts as unreachable."""
AGAIN_SECONDS = 0.05
PRIORITY = 0x7E0000FF


class Unreachable(ConnectionError):
    """The engine did not answer, or its certificate was not the announced one."""


class PeerConnection:
    """A socket that becomes a checked path, and then a secured one."""

    def __init__(self, certificate: RTCCertificate) -> None:
        self._ufrag, self._password = secrets.token_hex(4), secrets.token_hex(16)
        self._certificate = certificate
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._datagrams = Datagrams(self._send_handshake)
        self._answered, self._greeted = asyncio.Event(), asyncio.Event()
        self._hello = b""
        self._transport = RTCDtlsTransport(cast(RTCIceTransport, self._datagrams), [certificate])
        self._transport._srtp_profiles = [SRTP_AEAD_AES_128_GCM]
        self._transport._set_role("client")
        self.check = b""
        """The check that proves this address to the engine, to be repeated."""

    @property
    def credentials(self) -> Credentials:
        """This end's credentials for a session description."""
        print_of = next(one for one in self._certificate.getFingerprints() if one.algorithm == "sha-256")
        return Credentials(self._ufrag, self._password, f"{print_of.algorithm} {print_of.value}")

    @property
    def fd(self) -> int:
        """The connected socket."""
        return self._socket.fileno()

    @property
    def sessions(self) -> tuple[Any, Any]:
        """libsrtp's handles for sealing and opening; only after `secure`."""
        return self._transport._tx_srtp._srtp[0], self._transport._rx_srtp._srtp[0]

    async def secure(self, address: tuple[str, int], remote: Secrets) -> None:
        """Check the path and complete the DTLS handshake; afterwards nothing here reads the socket.

        Raises:
            Unreachable
        """
        self._socket.connect(address)
        self.check = self._binding_request(remote)
        fingerprints = [RTCDtlsFingerprint(one.algorithm, one.value) for one in remote.fingerprints]
        async with self._reading(), asyncio.TaskGroup() as tasks:
            await self._find_path()
            insisting = tasks.create_task(self._insist())
            await self._transport.start(RTCDtlsParameters(fingerprints=fingerprints))
            insisting.cancel()
        if self._transport.state != "connected":
            raise Unreachable("The DTLS handshake with the engine failed.")

    async def close(self) -> None:
        """Close the socket, without a message to the engine."""
        self._datagrams.close()
        self._socket.close()
        await self._transport.stop()

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        loop.add_reader(self._socket, self._read)
        try:
            yield
        finally:
            loop.remove_reader(self._socket)

    def _read(self) -> None:
        try:
            datagram = self._socket.recv(2048)
        except ConnectionRefusedError:
            return
        if datagram[:2] == b"\x00\x01":
            self._send(self._binding_response(datagram))
        elif datagram[0] < 4:
            self._answered.set()
        elif 20 <= datagram[0] <= 63:
            self._greeted.set()
            self._datagrams.put(datagram)

    async def _find_path(self) -> None:
        for wait in WAITS:
            self._send(self.check)
            try:
                await asyncio.wait_for(self._answered.wait(), wait)
            except TimeoutError:
                continue
            return
        raise Unreachable("The engine answers no check.")

    async def _insist(self) -> None:
        """Repeat the hello: Janus drops one that arrives before its own checks are done; DTLS would wait a second."""
        while not self._greeted.is_set():
            await asyncio.sleep(AGAIN_SECONDS)
            self._send(self._hello)

    def _send_handshake(self, datagram: bytes) -> None:
        self._hello = self._hello or datagram
        self._send(datagram)

    def _send(self, datagram: bytes) -> None:
        with suppress(OSError):
            self._socket.send(datagram)

    def _binding_request(self, remote: Secrets) -> bytes:
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes["USERNAME"] = f"{remote.ufrag}:{self._ufrag}"
        request.attributes["PRIORITY"] = PRIORITY
        request.attributes["ICE-CONTROLLING"] = 1
        request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(remote.password.encode())
        return bytes(request)

    def _binding_response(self, datagram: bytes) -> bytes:
        request = stun.parse_message(datagram)
        response = stun.Message(request.message_method, stun.Class.RESPONSE, request.transaction_id)
        response.attributes["XOR-MAPPED-ADDRESS"] = self._socket.getpeername()
        response.add_message_integrity(self._password.encode())
        return bytes(response)
