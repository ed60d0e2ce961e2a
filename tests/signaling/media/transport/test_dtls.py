"""The handshake picks the fastest cipher, waits for datagrams that came early, and fails without harm."""

import asyncio

from aiortc import RTCCertificate, RTCDtlsTransport, rtcdtlstransport

from signaling.media.formats.sdp import Fingerprint
from signaling.media.transport.dtls import MAX_QUEUED, Dtls


class Wire:
    """A client's path to the engine, without a network."""

    role = state = "controlled"

    def __init__(self) -> None:
        self.arrived: asyncio.Queue[bytes] = asyncio.Queue()
        self.engine: Dtls | None = None

    async def _recv(self) -> bytes:
        return await self.arrived.get()

    async def _send(self, datagram: bytes) -> None:
        self.engine.put(datagram)


def fingerprints(certificate: RTCCertificate) -> tuple[Fingerprint, ...]:
    return tuple(Fingerprint(one.algorithm, one.value) for one in certificate.getFingerprints())


def joined(certificate: RTCCertificate, closed: asyncio.Event) -> tuple[Dtls, RTCDtlsTransport]:
    wire = Wire()
    engine = wire.engine = Dtls(certificate, wire.arrived.put_nowait, closed.set)
    client = RTCDtlsTransport(wire, [certificate])
    client._set_role("client")
    return engine, client


def parameters(certificate: RTCCertificate) -> rtcdtlstransport.RTCDtlsParameters:
    return rtcdtlstransport.RTCDtlsParameters(certificate.getFingerprints())


async def test_both_ends_get_keys_for_the_fastest_cipher(certificate: RTCCertificate) -> None:
    engine, client = joined(certificate, asyncio.Event())
    starting = asyncio.create_task(client.start(parameters(certificate)))
    await asyncio.sleep(0)
    assert await engine.handshake(fingerprints(certificate))
    await starting
    assert client.state == "connected"
    assert client._ssl.get_selected_srtp_profile() == b"SRTP_AEAD_AES_128_GCM"
    assert engine.receiving
    assert engine.sending
    await engine.close()
    await client.stop()


async def test_a_goodbye_is_noticed(certificate: RTCCertificate) -> None:
    closed = asyncio.Event()
    engine, client = joined(certificate, closed)
    await asyncio.gather(client.start(parameters(certificate)), engine.handshake(fingerprints(certificate)))
    await client.stop()
    await asyncio.wait_for(closed.wait(), 5)


async def test_another_certificate_than_the_described_one_is_refused(certificate: RTCCertificate) -> None:
    closed = asyncio.Event()
    engine, client = joined(certificate, closed)
    starting = asyncio.create_task(client.start(parameters(certificate)))
    assert not await engine.handshake((Fingerprint("sha-256", "00:" * 31 + "00"),))
    assert closed.is_set()
    await starting
    await client.stop()


async def test_a_handshake_may_be_broken_off(certificate: RTCCertificate) -> None:
    closed = asyncio.Event()
    engine = Dtls(certificate, lambda _datagram: None, closed.set)
    shaking = asyncio.create_task(engine.handshake(fingerprints(certificate)))
    await asyncio.sleep(0)
    await engine.close()
    assert not await shaking
    assert not closed.is_set()


async def test_garbage_does_not_stop_a_handshake(certificate: RTCCertificate) -> None:
    engine, client = joined(certificate, asyncio.Event())
    for garbage in (b"\x16", b"\x16\xfe\xfd" + bytes(100), b"\x14" * 13, b"\x3f" * 1_500):
        engine.put(garbage)
    _, connected = await asyncio.gather(
        client.start(parameters(certificate)), engine.handshake(fingerprints(certificate))
    )
    assert connected
    await engine.close()
    await client.stop()


async def test_datagrams_that_come_early_wait_in_bounds(certificate: RTCCertificate) -> None:
    engine = Dtls(certificate, lambda _datagram: None, lambda: None)
    taken = [engine.put(b"\x16" * 20) for _ in range(MAX_QUEUED + 1)]
    assert taken == [True] * MAX_QUEUED + [False]
