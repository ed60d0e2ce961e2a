"""The test network itself: it delays and loses packets, keeps their order, and leaves them valid."""

import random
import socket
import struct

from tests.networks.forwarder import OUTAGE, Direction, Weather, readdressed


def direction() -> Direction:
    return Direction(lambda _packet: None, random.Random(1))


def checksum(data: bytes) -> int:
    """The internet checksum (RFC 1071), from scratch."""
    total = sum(word for (word,) in struct.iter_unpack("!H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def datagram(source: str, destination: str, payload: bytes) -> bytes:
    """An IPv4 packet with UDP in it, both checksums computed."""
    addresses = socket.inet_aton(source) + socket.inet_aton(destination)
    length = 8 + len(payload)
    udp = struct.pack("!HHHH", 1000, 2000, length, 0) + payload
    udp = udp[:6] + struct.pack("!H", checksum(addresses + struct.pack("!HH", 17, length) + udp)) + payload
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + length, 1, 0, 64, 17, 0) + addresses
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + udp


def test_a_readdressed_packet_equals_one_sent_from_the_new_address() -> None:
    sent = datagram("198.18.0.2", "198.18.0.1", b"hello, everybody")
    assert readdressed(sent, 12, "198.18.0.3") == datagram("198.18.0.3", "198.18.0.1", b"hello, everybody")
    assert readdressed(sent, 16, "198.19.255.254") == datagram("198.18.0.2", "198.19.255.254", b"hello, everybody")
    assert readdressed(sent, 12, "198.18.0.2") == sent


def test_a_good_network_delivers_at_once() -> None:
    assert direction().due(1_000, Weather(), 5.0) == 5.0


def test_jitter_delays_and_never_reorders() -> None:
    through = direction()
    arrivals = [through.due(100, Weather(delay_s=0.05, jitter_s=0.1), sent / 1_000) for sent in range(500)]
    assert all(arrival is not None and arrival >= sent / 1_000 + 0.05 for sent, arrival in enumerate(arrivals))
    assert arrivals == sorted(arrivals)
    assert max(arrival - sent / 1_000 for sent, arrival in enumerate(arrivals)) <= 0.15


def test_about_the_requested_share_of_packets_is_lost() -> None:
    through = direction()
    lost = sum(through.due(100, Weather(loss=0.05), 0.0) is None for _ in range(10_000))
    assert 400 < lost < 600


def test_in_an_outage_everything_is_lost() -> None:
    through = direction()
    assert all(through.due(100, OUTAGE, float(at)) is None for at in range(100))


def test_a_slow_line_queues_for_a_while_and_then_drops() -> None:
    through, line = direction(), Weather(bits_per_second=80_000)
    arrivals = [through.due(1_000, line, 0.0) for _ in range(10)]
    assert arrivals[:5] == [0.1, 0.2, 0.30000000000000004, 0.4, 0.5]
    assert arrivals[5:] == [None] * 5
    assert through.due(1_000, line, 10.0) == 10.1
