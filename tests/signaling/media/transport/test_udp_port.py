"""Datagrams find their peer; strangers, forgers and garbage get no answer and do no harm."""

import asyncio
import socket
from collections.abc import Callable, Iterator

import pytest
from aioice import stun
from aiortc.rtp import RtpPacket
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signaling.media.formats import rtcp
from signaling.media.forwarding.packet_path import PacketPath
from signaling.media.transport.peer import Peer
from signaling.media.transport.udp_port import BUSY, REST_SECONDS, UdpPort
from signaling.media.transport.wire import BURST, name_of
from tests.signaling.media.conftest import FarEnd
from tests.waiting import eventually

NOON = 1_000.0


@pytest.fixture
def port() -> Iterator[UdpPort]:
    port = UdpPort("127.0.0.1", 0, lambda: NOON)
    yield port
    port.socket.close()


@pytest.fixture
def stranger() -> Iterator[socket.socket]:
    """A socket that the engine does not know."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.bind(("127.0.0.1", 0))
    opened.setblocking(False)
    yield opened
    opened.close()


@pytest.fixture
def peer(far_end: Callable, port: UdpPort) -> Peer:
    peer = far_end(("127.0.0.1", 1)).peer
    port.register(peer)
    return peer


@pytest.fixture
def path(port: UdpPort) -> PacketPath:
    return PacketPath(port, lambda: NOON)


def send(stranger: socket.socket, port: UdpPort, path: PacketPath, datagram: bytes) -> list[bytes]:
    """The engine's answers."""
    stranger.sendto(datagram, ("127.0.0.1", port.number))
    path.drain()
    answers = []
    try:
        while True:
            answers.append(stranger.recv(2_048))
    except BlockingIOError:
        return answers


def check(peer: Peer, password: str) -> bytes:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    request.attributes["USERNAME"] = f"{peer.ice.ufrag}:browser"
    request.add_message_integrity(password.encode())
    return bytes(request)


def test_an_authentic_check_makes_its_address_the_peer_s(stranger, port: UdpPort, path, peer: Peer) -> None:
    (answer,) = send(stranger, port, path, check(peer, "password"))
    assert stun.parse_message(answer).message_class == stun.Class.RESPONSE
    assert port.peers == {stranger.getsockname(): peer, name_of(stranger.getsockname()): peer}
    assert peer.heard_at == NOON


def test_a_forged_check_gets_no_answer(stranger, port: UdpPort, path, peer: Peer) -> None:
    assert send(stranger, port, path, check(peer, "guessed")) == []
    assert port.peers == {}
    assert port.dropped["stun"] == 1


SSRC = 0xCAFE


@pytest.fixture
def moving(far_end: Callable, port: UdpPort) -> FarEnd:
    """A peer with known media, whose address is about to change."""
    end = far_end(("127.0.0.1", 1))
    end.peer.ice.remote = "browser", "secret"
    end.peer.sources.add(SSRC)
    port.register(end.peer)
    return end


def media(sequence: int) -> bytes:
    return RtpPacket(payload_type=111, sequence_number=sequence, ssrc=SSRC, payload=b"opus").serialize()


def report() -> bytes:
    return rtcp.receiver_report(SSRC, [])


@pytest.mark.parametrize("kind", ["media", "report"])
def test_a_peer_s_new_address_is_checked_and_used_once_it_answers(
    kind: str, stranger, port: UdpPort, path, moving: FarEnd
) -> None:
    sealed = moving.seal(media(1)) if kind == "media" else moving.seal_rtcp(report())
    (asked,) = send(stranger, port, path, sealed)
    request = stun.parse_message(asked)
    assert request.check_message_integrity(b"secret")
    assert port.peers == {}, "a packet alone proves nothing: it may have been sent by another hand"
    response = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, transaction_id=request.transaction_id)
    response.attributes["XOR-MAPPED-ADDRESS"] = ("127.0.0.1", port.number)
    response.add_message_integrity(b"secret")
    assert send(stranger, port, path, bytes(response)) == []
    assert port.peers[stranger.getsockname()] is moving.peer
    assert moving.peer.ice.chosen == stranger.getsockname()


def test_two_peers_with_the_same_ssrc_are_distinguished_by_their_keys(
    stranger, port: UdpPort, path, moving: FarEnd, far_end: Callable
) -> None:
    """Every Chromium that only receives uses SSRC 1 in its reports."""
    second = far_end(("127.0.0.1", 2))
    second.peer.ice.remote = "another", "hidden"
    second.peer.sources.add(SSRC)
    port.register(second.peer)
    (asked,) = send(stranger, port, path, second.seal_rtcp(report()))
    assert stun.parse_message(asked).attributes["USERNAME"] == f"another:{second.peer.ice.ufrag}"


def test_a_replayed_or_forged_packet_causes_no_check(stranger, port: UdpPort, path, moving: FarEnd) -> None:
    sealed = moving.seal(media(1))
    assert send(stranger, port, path, sealed[:-1] + bytes([sealed[-1] ^ 1])) == []
    assert len(send(stranger, port, later(port), sealed)) == 1
    assert send(stranger, port, later(port, 2), sealed) == []
    assert port.peers == {}


def later(port: UdpPort, seconds: float = 1) -> PacketPath:
    return PacketPath(port, lambda: NOON + seconds)


def test_a_flood_from_strangers_is_examined_only_now_and_then(stranger, port: UdpPort, path, moving: FarEnd) -> None:
    assert send(stranger, port, path, b"\x80\x60" + bytes(60)) == []
    assert send(stranger, port, path, moving.seal(media(1))) == []
    assert port.dropped == {"stranger": 2}


def test_a_forgotten_peer_is_a_stranger(stranger, port: UdpPort, path, peer: Peer) -> None:
    send(stranger, port, path, check(peer, "password"))
    port.forget(peer)
    assert port.peers == {}
    assert send(stranger, port, path, check(peer, "password")) == []


@pytest.mark.parametrize(
    ("datagram", "reason"),
    [
        (b"\x16\xfe\xfd" + bytes(60), "dtls"),
        (b"\x80\x60" + bytes(60), "stranger"),
        (b"\x80\xc8" + bytes(60), "stranger"),
        (b"\x80\x60", "unknown"),
        (b"GET / HTTP/1.1", "unknown"),
        (b"", "unknown"),
        (b"\x00\x01" + bytes(18), "stun"),
    ],
)
def test_a_stranger_is_counted_and_not_answered(stranger, port: UdpPort, path, datagram: bytes, reason: str) -> None:
    assert send(stranger, port, path, datagram) == []
    assert port.dropped == {reason: 1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(datagram=st.binary(max_size=2_500))
def test_no_datagram_however_malformed_is_answered(datagram: bytes, stranger, port: UdpPort, path, peer: Peer) -> None:
    assert send(stranger, port, path, datagram) == []


async def test_a_steady_stream_is_read_by_the_clock_until_it_pauses(port: UdpPort, stranger: socket.socket) -> None:
    """Packets never wait long and none is left, whether they come in bursts or one by one."""
    taken: list[int] = []

    def drain() -> int:
        taken.append(sum(1 for _ in port.wire.read()))
        return taken[-1]

    async def sends(times: int, in_all: int) -> None:
        for _ in range(times):
            stranger.sendto(b"packet", ("127.0.0.1", port.number))

        async def all_taken() -> bool:
            return sum(taken) == in_all

        await eventually(all_taken)

    port.read_with(drain)
    await sends(1, 1)
    await sends(3 * BURST, 1 + 3 * BURST)
    assert max(taken) == BURST
    await asyncio.sleep(10 * REST_SECONDS)
    assert taken[-1] < BUSY
    before = len(taken)
    await sends(1, 2 + 3 * BURST)
    assert len(taken) == before + 1
    port.close()
