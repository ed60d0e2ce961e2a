"""A peer is reached under its ICE name, even after a change of the name, until it is dropped."""

import socket
from collections.abc import Iterator

import pytest
from aioice import stun

from signaling.media.forwarding.packet_path import PacketPath
from signaling.media.transport import wire
from signaling.media.transport.peers import Listening, Transports


@pytest.fixture
async def transports() -> Iterator[Transports]:
    transports = Transports(Listening("127.0.0.1", 0, ("192.0.2.7",)), wire.best)
    yield transports
    transports.close()


@pytest.fixture
def browser() -> Iterator[socket.socket]:
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.bind(("127.0.0.1", 0))
    opened.setblocking(False)
    yield opened
    opened.close()


def reaches(browser: socket.socket, transports: Transports, name: tuple[str, str]) -> bool:
    """True when a check under this ICE name and password is answered."""
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    request.attributes["USERNAME"] = f"{name[0]}:browser"
    request.add_message_integrity(name[1].encode())
    browser.sendto(bytes(request), ("127.0.0.1", transports.port))
    PacketPath(transports.udp_port, transports.clock).drain()
    try:
        return bool(browser.recv(2_048))
    except BlockingIOError:
        return False


async def test_after_a_restart_both_names_lead_to_the_peer_and_after_the_next_the_oldest_does_not(
    transports: Transports, browser: socket.socket
) -> None:
    peer = transports.open(lambda: None)
    names = [(peer.ice.ufrag, peer.ice.password)]
    for _ in range(2):
        transports.restart(peer)
        names.append((peer.ice.ufrag, peer.ice.password))
        assert [reaches(browser, transports, name) for name in names[-2:]] == [True, True]
    assert not reaches(browser, transports, names[0])
    assert transports.endpoint(peer).ufrag == names[-1][0]


async def test_a_forgotten_peer_is_reached_under_none_of_its_names(
    transports: Transports, browser: socket.socket
) -> None:
    lost = []
    peer = transports.open(lambda: lost.append(peer))
    first = peer.ice.ufrag, peer.ice.password
    transports.restart(peer)
    transports.forget(peer)
    peer.on_lost()
    assert not reaches(browser, transports, first)
    assert not reaches(browser, transports, (peer.ice.ufrag, peer.ice.password))
    assert lost == []
