"""libsrtp, through the functions that pylibsrtp compiled: they seal and open packets in place, without a copy."""

from typing import Any

from pylibsrtp._binding import ffi, lib

BUFFER_BYTES = 2_304
"""A datagram of 2,048 bytes, and room for the bytes that sealing adds."""
DATAGRAM_BYTES = 2_048

protect, unprotect = lib.srtp_protect, lib.srtp_unprotect
protect_rtcp, unprotect_rtcp = lib.srtp_protect_rtcp, lib.srtp_unprotect_rtcp
"""`function(session, buffer, length)` returns 0 on success and writes the new length to `length[0]`."""


class Workbench:
    """A buffer that Python and libsrtp share."""

    __slots__ = ("buffer", "length", "view")

    def __init__(self) -> None:
        self.buffer: Any = ffi.new("char[]", BUFFER_BYTES)
        self.view = memoryview(ffi.buffer(self.buffer)).cast("B")
        self.length: Any = ffi.new("int *")

    def apply(self, function: Any, session: Any, data: bytes) -> memoryview | None:
        """`data` sealed or opened, valid until the next call; None when libsrtp refuses it."""
        size = len(data)
        if size > DATAGRAM_BYTES:
            return None
        self.view[:size] = data
        self.length[0] = size
        return None if function(session, self.buffer, self.length) else self.view[: self.length[0]]
