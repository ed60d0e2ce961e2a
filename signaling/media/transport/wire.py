"""Datagrams in and out of one socket: many per call where the system can (recvmmsg and sendmmsg of Linux, through
cffi without a compiler), one by one elsewhere. Both keep the same promises and pass the same tests.
"""

import socket
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from cffi import FFI
from pylibsrtp._binding import ffi as srtp_ffi

from signaling.media.transport.ice import Address
from signaling.media.transport.srtp import DATAGRAM_BYTES, Workbench

BURST = 64
"""Datagrams read before the loop gets a turn."""

Sender = bytes | Address
"""The sender of a datagram, as the system gives it: a raw socket address, or Python's form of it."""
Lane = tuple[memoryview, Any, Any]
"""`(view, bytes, length)` of one outgoing datagram: a view, libsrtp's pointer to the same bytes, and libsrtp's pointer
to the number of bytes to send, which sealing sets."""


class Burst(Protocol):
    """The same packet to several addresses: fill each lane, then send them all."""

    @property
    def lanes(self) -> Sequence[Lane]: ...

    def send(self) -> None: ...


class Wire(Protocol):
    """A socket, as the packet path needs it."""

    def read(self) -> Iterator[tuple[Workbench, int, Sender]]:
        """The arrived datagrams: a buffer (valid until the next read), the size, and the sender."""
        ...

    def send(self, datagram: bytes | memoryview, address: Address) -> None:
        """Send a datagram, or count it as dropped if the system refuses it."""
        ...

    def burst(self, addresses: Sequence[Address]) -> Burst:
        """A burst to these addresses. All bursts share the lanes: fill and send without a pause."""
        ...


OpenWire = Callable[[socket.socket, Counter[str]], Wire]
"""Makes the wire of a socket; what the system would not take is counted as `unsent`."""


def best(opened: socket.socket, dropped: Counter[str]) -> Wire:
    """The fastest wire this system has."""
    batches = sys.platform == "linux" and sys.byteorder == "little"
    return BatchWire(opened, dropped) if batches else PlainWire(opened, dropped)


class PlainWire:
    """One datagram per call, on any system."""

    def __init__(self, opened: socket.socket, dropped: Counter[str]) -> None:
        self._socket, self._dropped = opened, dropped
        self._incoming = Workbench()
        self._outgoing: list[Lane] = []

    def read(self) -> Iterator[tuple[Workbench, int, Sender]]:
        room = self._incoming.view[:DATAGRAM_BYTES]
        for _ in range(BURST):
            try:
                size, sender = self._socket.recvfrom_into(room)
            except (BlockingIOError, ConnectionError):
                return
            yield self._incoming, size, sender

    def send(self, datagram: bytes | memoryview, address: Address) -> None:
        try:
            self._socket.sendto(datagram, address)
        except OSError:
            self._dropped["unsent"] += 1

    def burst(self, addresses: Sequence[Address]) -> Burst:
        while len(self._outgoing) < len(addresses):
            bench = Workbench()
            self._outgoing.append((bench.view, bench.buffer, bench.length))
        return _PlainBurst(self, self._outgoing[: len(addresses)], addresses)


class _PlainBurst:
    def __init__(self, wire: PlainWire, lanes: Sequence[Lane], addresses: Sequence[Address]) -> None:
        self.lanes = lanes
        self._wire, self._addresses = wire, addresses

    def send(self) -> None:
        for (view, _, length), address in zip(self.lanes, self._addresses, strict=True):
            if length[0]:
                self._wire.send(view[: length[0]], address)


_ffi = FFI()
_ffi.cdef(
    """
    struct iovec { void *iov_base; size_t iov_len; };
    struct msghdr {
        void *msg_name; unsigned int msg_namelen; struct iovec *msg_iov; size_t msg_iovlen;
        void *msg_control; size_t msg_controllen; int msg_flags;
    };
    struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; };
    int sendmmsg(int socket, struct mmsghdr *messages, unsigned int count, int flags);
    int recvmmsg(int socket, struct mmsghdr *messages, unsigned int count, int flags, void *timeout);
    """
)
_NAME_BYTES = 28
"""The longest socket address: IPv6."""
_NAME_SIZES = {socket.AF_INET: 16, socket.AF_INET6: 28}
_INET4, _INET6 = struct.Struct("!H4s"), struct.Struct("!HI16s")
_SCOPE = struct.Struct("=I")


class BatchWire:
    """Many datagrams per call. This object and its bursts keep the memory alive that C points at.

    libsrtp writes a length as an `int` where the system reads a `size_t`: on little-endian machines these agree.
    """

    def __init__(self, opened: socket.socket, dropped: Counter[str]) -> None:
        self._socket, self._dropped = opened, dropped
        self._handle, self._family = opened.fileno(), opened.family
        self._c = _ffi.dlopen(None)
        self._headers, self._vectors = _ffi.new("struct mmsghdr[]", BURST), _ffi.new("struct iovec[]", BURST)
        self._names = _ffi.new(f"char[{BURST}][{_NAME_BYTES}]")
        self._incoming = [self._receiving(index) for index in range(BURST)]
        self._outgoing: list[Workbench] = []

    def _receiving(self, index: int) -> tuple[Workbench, Any, Any]:
        bench, header, vector = Workbench(), self._headers[index], self._vectors[index]
        vector.iov_base, vector.iov_len = _pointer(bench), DATAGRAM_BYTES
        header.msg_hdr.msg_iov, header.msg_hdr.msg_iovlen = _ffi.addressof(self._vectors, index), 1
        header.msg_hdr.msg_name, header.msg_hdr.msg_namelen = self._names[index], _NAME_BYTES
        return bench, header, _ffi.buffer(self._names[index], _NAME_SIZES[self._family])

    def read(self) -> Iterator[tuple[Workbench, int, Sender]]:
        count = self._c.recvmmsg(self._handle, self._headers, BURST, socket.MSG_DONTWAIT, _ffi.NULL)
        for bench, header, name in self._incoming[: max(0, count)]:
            header.msg_hdr.msg_namelen = _NAME_BYTES
            yield bench, header.msg_len, name[:]

    def send(self, datagram: bytes | memoryview, address: Address) -> None:
        try:
            self._socket.sendto(datagram, address)
        except OSError:
            self._dropped["unsent"] += 1

    def burst(self, addresses: Sequence[Address]) -> Burst:
        while len(self._outgoing) < len(addresses):
            self._outgoing.append(Workbench())
        return _BatchBurst(self, self._outgoing[: len(addresses)], [name_of(address) for address in addresses])

    def send_all(self, headers: Any, count: int) -> None:
        """Send the first `count` messages; a refused one does not stop the ones after it."""
        sent = self._c.sendmmsg(self._handle, headers, count, 0)
        while sent < count:
            self._dropped["unsent"] += 1
            sent = max(sent, 0) + 1
            headers, count = headers + sent, count - sent
            sent = self._c.sendmmsg(self._handle, headers, count, 0) if count else 0


class _BatchBurst:
    def __init__(self, wire: BatchWire, benches: Sequence[Workbench], names: Sequence[bytes]) -> None:
        self._wire, self._count = wire, len(benches)
        self._names = [_ffi.new("char[]", name) for name in names]
        self._vectors = _ffi.new("struct iovec[]", max(1, self._count))
        self._headers = _ffi.new("struct mmsghdr[]", max(1, self._count))
        self.lanes: list[Lane] = []
        for index, (bench, name) in enumerate(zip(benches, names, strict=True)):
            self._vectors[index].iov_base = _pointer(bench)
            header = self._headers[index].msg_hdr
            header.msg_iov, header.msg_iovlen = _ffi.addressof(self._vectors, index), 1
            header.msg_name, header.msg_namelen = self._names[index], len(name)
            self.lanes.append((bench.view, bench.buffer, _length_of(self._vectors, index)))

    def send(self) -> None:
        self._wire.send_all(self._headers, self._count)


def name_of(address: Address) -> bytes:
    """The raw socket address, in Linux's layout."""
    if len(address) == 2:
        raw = _INET4.pack(address[1], socket.inet_pton(socket.AF_INET, address[0]))
        return _family(socket.AF_INET) + raw + bytes(8)
    host, port, flow, scope = address
    return (
        _family(socket.AF_INET6) + _INET6.pack(port, flow, socket.inet_pton(socket.AF_INET6, host)) + _SCOPE.pack(scope)
    )


def address_of(sender: Sender) -> Address:
    """This sender in Python's form."""
    if isinstance(sender, tuple):
        return sender
    if len(sender) == _NAME_SIZES[socket.AF_INET]:
        port, host = _INET4.unpack_from(sender, 2)
        return socket.inet_ntop(socket.AF_INET, host), port
    port, flow, host = _INET6.unpack_from(sender, 2)
    return socket.inet_ntop(socket.AF_INET6, host), port, flow, *_SCOPE.unpack_from(sender, 24)


def _family(family: int) -> bytes:
    return struct.pack("=H", family)


def _length_of(vectors: Any, index: int) -> Any:
    """The length in a vector, as libsrtp points at lengths."""
    address = _ffi.cast("uintptr_t", _ffi.addressof(vectors[index], "iov_len"))
    return srtp_ffi.cast("int *", int(address))


def _pointer(bench: Workbench) -> Any:
    return _ffi.cast("void *", int(srtp_ffi.cast("uintptr_t", bench.buffer)))
