"""Both kinds of wire read and send the same datagrams, over IPv4 and IPv6, and count those that the system refuses."""

import socket
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from signaling.media.transport import wire
from signaling.media.transport.ice import Address
from signaling.media.transport.wire import BURST, PlainWire, Wire, address_of, name_of

LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


@pytest.fixture(params=[socket.AF_INET, socket.AF_INET6], ids=["IPv4", "IPv6"])
def bound(request: pytest.FixtureRequest) -> Iterator[Callable[[], socket.socket]]:
    """Opens sockets of one family."""
    opened: list[socket.socket] = []

    def bind() -> socket.socket:
        one = socket.socket(request.param, socket.SOCK_DGRAM)
        opened.append(one)
        one.setblocking(False)
        one.bind((LOOPBACK[request.param], 0))
        return one

    yield bind
    for one in opened:
        one.close()


@pytest.fixture(params=[PlainWire, wire.best])
def line(bound: Callable[[], socket.socket], request: pytest.FixtureRequest) -> tuple[Wire, socket.socket, Counter]:
    """A wire, the socket under it, and what it counts."""
    own, dropped = bound(), Counter()
    return request.param(own, dropped), own, dropped


def test_datagrams_are_read_in_order_with_their_sender(line, bound) -> None:
    taken, own, _ = line
    other = bound()
    for word in (b"good", b"evening", b""):
        other.sendto(word, own.getsockname())
    read = [(bytes(bench.view[:size]), address_of(sender)) for bench, size, sender in taken.read()]
    assert read == [(word, other.getsockname()) for word in (b"good", b"evening", b"")]
    assert list(taken.read()) == []


def test_a_flood_is_read_in_turns(line, bound) -> None:
    taken, own, _ = line
    other = bound()
    for _ in range(BURST + 5):
        other.sendto(b"x", own.getsockname())
    assert sum(1 for _ in taken.read()) == BURST
    assert sum(1 for _ in taken.read()) == 5


def test_an_overlong_datagram_is_cut_and_harms_no_other(line, bound) -> None:
    taken, own, _ = line
    other = bound()
    other.sendto(bytes(4_000), own.getsockname())
    other.sendto(b"after", own.getsockname())
    assert [size for _, size, _ in taken.read()] == [2_048, 5]


def test_a_burst_reaches_each_address_with_its_own_bytes(line, bound) -> None:
    sent, _, _ = line
    others = [bound() for _ in range(3)]
    burst = sent.burst([other.getsockname() for other in others])
    for number, (view, _, length) in enumerate(burst.lanes):
        view[:2] = bytes([number, number])
        length[0] = 2
    burst.send()
    assert [other.recv(9) for other in others] == [b"\0\0", b"\1\1", b"\2\2"]


def test_two_bursts_share_their_lanes_and_keep_their_addresses(line, bound) -> None:
    sent, _, _ = line
    first, second = bound(), bound()
    bursts = [sent.burst([one.getsockname()]) for one in (first, second)]
    for number, burst in enumerate(bursts):
        ((view, _, length),) = burst.lanes
        view[:1], length[0] = bytes([number]), 1
        burst.send()
    assert (first.recv(9), second.recv(9)) == (b"\0", b"\1")


def test_a_refused_datagram_is_counted_and_the_others_are_sent(line, bound) -> None:
    sent, _, dropped = line
    other = bound()
    nowhere: Address = (other.getsockname()[0], 0, *other.getsockname()[2:])
    burst = sent.burst([nowhere, other.getsockname(), nowhere])
    for view, _, length in burst.lanes:
        view[:2], length[0] = b"hi", 2
    burst.send()
    sent.send(b"hi", nowhere)
    assert other.recv(9) == b"hi"
    assert dropped == {"unsent": 3}


def test_a_burst_to_nobody_is_fine(line) -> None:
    sent, _, dropped = line
    sent.burst([]).send()
    assert dropped == {}


@pytest.mark.parametrize("address", [("192.0.2.7", 4_000), ("2001:db8::7", 4_000, 0, 3)])
def test_an_address_survives_its_raw_form(address: Address) -> None:
    assert address_of(name_of(address)) == address == address_of(address)
