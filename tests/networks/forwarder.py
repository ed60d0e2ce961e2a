"""A bad network between this machine and another host: two TUN devices, and a forwarder between them.

It reads packets that the kernel sends into one device, and writes them to the other late, or never. It keeps the order.
"""

import asyncio
import ctypes
import fcntl
import os
import random
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.networks.namespaces import Host, free_network, host, run

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
CLONE_NEWNET = 0x40000000
LONGEST_PACKET = 2_048
LONGEST_QUEUE_SECONDS = 0.4
"""A packet that would wait longer for a slow line is dropped, as by a router."""


class Weather(msgspec.Struct, frozen=True):
    """The network's effect on each packet, in both directions."""

    delay_s: float = 0.0
    jitter_s: float = 0.0
    """Up to this much more delay, evenly spread."""
    loss: float = 0.0
    bits_per_second: float = float("inf")


OUTAGE = Weather(loss=1.0)


class Direction:
    """One way through the network."""

    def __init__(self, deliver: Callable[[bytes], object], chance: random.Random) -> None:
        self._deliver, self._chance = deliver, chance
        self._line_free_at = self._last_due = 0.0

    def send(self, packet: bytes, weather: Weather) -> None:
        """Deliver the packet when it is due, unless it is lost."""
        loop = asyncio.get_running_loop()
        due = self.due(len(packet), weather, loop.time())
        if due is not None:
            loop.call_at(due, self._deliver, packet)

    def due(self, size: int, weather: Weather, now: float) -> float | None:
        """When a packet of this many bytes arrives, in seconds of the loop's clock; None when it is lost."""
        if self._chance.random() < weather.loss or self._line_free_at - now > LONGEST_QUEUE_SECONDS:
            return None
        self._line_free_at = max(self._line_free_at, now) + 8 * size / weather.bits_per_second
        jitter = self._chance.random() * weather.jitter_s
        self._last_due = max(self._last_due, self._line_free_at + weather.delay_s + jitter)
        return self._last_due


class BadNetwork:
    """The host beyond the network, and the network's weather, which may change at any time."""

    def __init__(self, beyond: Host, here: str, there: str, devices: tuple[int, int]) -> None:
        self.beyond = beyond
        self.here, self._there, self.known_as = here, there, there
        self.weather = Weather()
        chance = random.Random(7)  # the same weather in every run
        near, far = devices
        self._outward = Direction(lambda packet: _write(far, packet), chance)
        self._homeward = Direction(lambda packet: _write(near, packet), chance)
        loop = asyncio.get_running_loop()
        loop.add_reader(near, self._from_here, near)
        loop.add_reader(far, self._from_there, far)

    def move(self) -> None:
        """Give the host beyond another address, as when a phone changes its network."""
        network, _, number = self.known_as.rpartition(".")
        self.known_as = f"{network}.{int(number) + 1}"

    def _from_here(self, device: int) -> None:
        packet = os.read(device, LONGEST_PACKET)
        if packet[16:20] == _four(self.known_as):
            self._outward.send(readdressed(packet, 16, self._there), self.weather)

    def _from_there(self, device: int) -> None:
        packet = os.read(device, LONGEST_PACKET)
        if packet[12:16] == _four(self._there):
            self._homeward.send(readdressed(packet, 12, self.known_as), self.weather)


def readdressed(packet: bytes, at: int, address: str) -> bytes:
    """An IPv4 packet with another source (`at` 12) or destination (16), and corrected checksums (RFC 1624)."""
    old, new = packet[at : at + 4], _four(address)
    if old == new:
        return packet
    changed = bytearray(packet)
    changed[at : at + 4] = new
    transport = 4 * (packet[0] & 15)
    checksums = {6: [10, transport + 16], 17: [10, transport + 6]}.get(packet[9], [10])
    for place in checksums:
        (before,) = struct.unpack_from("!H", packet, place)
        if before or place == 10:  # a UDP checksum of zero means none
            struct.pack_into("!H", changed, place, _amended(before, old, new))
    return bytes(changed)


def _amended(checksum: int, old: bytes, new: bytes) -> int:
    total = ~checksum & 0xFFFF
    for (before,), (after,) in zip(struct.iter_unpack("!H", old), struct.iter_unpack("!H", new), strict=True):
        total += (~before & 0xFFFF) + after
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


@contextmanager
def bad_network() -> Iterator[BadNetwork]:
    """A host beyond a network that is good until its weather changes. Call it in a running event loop."""
    network = free_network()
    here, there = f"{network}.1", f"{network}.2"
    with host() as beyond:
        near, far = _tun(name := f"v{network.replace('.', '')}"), _tun_of(beyond, "tun0")
        try:
            run("ip", "address", "add", f"{here}/24", "dev", name)
            run("ip", "link", "set", name, "up")
            beyond.run("ip", "address", "add", f"{there}/24", "dev", "tun0")
            beyond.run("ip", "link", "set", "tun0", "up")
            yield BadNetwork(beyond, here, there, (near, far))
        finally:
            for device in (near, far):
                asyncio.get_running_loop().remove_reader(device)
                os.close(device)


def _tun(name: str) -> int:
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


def _tun_of(beyond: Host, name: str) -> int:
    """A device of another host; only the calling thread enters its namespace, and returns."""
    ours = os.open("/proc/self/ns/net", os.O_RDONLY)
    theirs = os.open(Path("/run/netns") / beyond.name, os.O_RDONLY)
    try:
        _enter(theirs)
        try:
            return _tun(name)
        finally:
            _enter(ours)
    finally:
        os.close(theirs)
        os.close(ours)


def _enter(namespace: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


def _write(device: int, packet: bytes) -> None:
    try:
        os.write(device, packet)
    except OSError:
        return  # closed, or not up: packets on their way are lost


def _four(address: str) -> bytes:
    return bytes(int(part) for part in address.split("."))
