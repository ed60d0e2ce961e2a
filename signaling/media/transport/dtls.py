"""DTLS-SRTP with aiortc's transport: its handshake and keys, and nothing else of aiortc.

The engine is always the DTLS server, so it picks the SRTP profile: AES-GCM, the fastest, when the peer has it.
Private names of aiortc are used here and nowhere else; a test guards them.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, cast

from aiortc import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport, RTCIceTransport
from aiortc.rtcdtlstransport import SRTP_AEAD_AES_128_GCM, SRTP_PROFILES, SRTPProtectionProfile, State
from OpenSSL.SSL import Connection
from pylibsrtp import Policy, Session

from signaling.media.formats.sdp import Fingerprint

log = logging.getLogger(__name__)

MAX_QUEUED = 32
"""Datagrams that may wait, enough for many handshakes; further ones are dropped, and the peer sends them again."""
SENT_WINDOW = 128
"""How far back an out-of-order packet may be when it is sealed, in sequence numbers: twice the window for repairs."""
_EXPORTER, _SERVER = b"EXTRACTOR-dtls_srtp", 1
"""RFC 5764 section 4.2: the label of the keys. The DTLS client's keys come first, then the server's."""
_PROFILES = sorted(SRTP_PROFILES, key=lambda profile: profile != SRTP_AEAD_AES_128_GCM)


class Datagrams:
    """An ICE transport for aiortc: datagrams come in through a queue and go out through a function."""

    role, state = "controlled", "completed"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(MAX_QUEUED)
        self._send_now = send

    def put(self, datagram: bytes) -> bool:
        """Queue a datagram; False when it was dropped."""
        if self._waiting.full():
            return False
        self._waiting.put_nowait(datagram)
        return True

    def close(self) -> None:
        """End the queue with an empty datagram: its reader gets a `ConnectionError`."""
        if self._waiting.full():
            self._waiting.get_nowait()
        self._waiting.put_nowait(b"")

    async def _recv(self) -> bytes:
        datagram = await self._waiting.get()
        if not datagram:
            raise ConnectionError
        return datagram

    async def _send(self, datagram: bytes) -> None:
        self._send_now(datagram)


class _Transport(RTCDtlsTransport):
    """aiortc's transport with another sealing session: the default's replay database costs a third of the sealing."""

    def _setup_srtp(self) -> None:
        super()._setup_srtp()
        tls = cast(Connection, self._ssl)
        chosen = tls.get_selected_srtp_profile()
        for profile in self._srtp_profiles:
            if profile.openssl_profile == chosen:
                keys = tls.export_keying_material(_EXPORTER, 2 * (profile.key_length + profile.salt_length))
                self._tx_srtp = self._sealing(profile, keys)

    @staticmethod
    def _sealing(profile: SRTPProtectionProfile, keys: bytes) -> Session:
        key = profile.get_key_and_salt(keys, _SERVER)
        policy = Policy(key=key, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=profile.libsrtp_profile)
        policy.allow_repeat_tx = True
        policy.window_size = SENT_WINDOW
        return Session(policy)


class Dtls:
    """One peer's handshake. Datagrams that arrive before `handshake` wait for it."""

    def __init__(self, certificate: RTCCertificate, send: Callable[[bytes], None], closed: Callable[[], None]) -> None:
        self._datagrams = Datagrams(send)
        self._closed = closed
        self._transport = _Transport(cast(RTCIceTransport, self._datagrams), [certificate])
        self._transport._srtp_profiles = _PROFILES
        self._transport._set_role("server")
        self._transport.on("statechange", self._state_changed)

    @property
    def receiving(self) -> Any:
        """libsrtp's handle for incoming packets; valid from the handshake until this object ends."""
        return self._transport._rx_srtp._srtp[0]

    @property
    def sending(self) -> Any:
        """libsrtp's handle for outgoing packets; valid from the handshake until this object ends."""
        return self._transport._tx_srtp._srtp[0]

    def put(self, datagram: bytes) -> bool:
        """Take a datagram; False when it was dropped."""
        return self._datagrams.put(datagram)

    async def handshake(self, fingerprints: tuple[Fingerprint, ...]) -> bool:
        """Complete the handshake; True when the peer proved that it owns one of these certificates."""
        expected = [RTCDtlsFingerprint(one.algorithm, one.value) for one in fingerprints]
        try:
            await self._transport.start(RTCDtlsParameters(fingerprints=expected))
        except Exception:
            # A peer's certificate passes through OpenSSL and cryptography; neither documents what it may raise.
            log.exception("a DTLS handshake raised")
            self._closed()
        return self._transport.state == "connected"

    async def close(self) -> None:
        """Say goodbye to the peer and stop."""
        self._transport.remove_all_listeners()
        self._datagrams.close()
        await self._transport.stop()

    def _state_changed(self) -> None:
        if self._transport._state in (State.CLOSED, State.FAILED):
            self._closed()
