"""The lower bound for every engine: only sealing and sending packets, measured in the same run."""

import os
import socket

import msgspec
from pylibsrtp import Policy, Session

from bench.media.load.generators import Generator

SIZE = 1_084
"""Bytes of a packet of the load's pictures: header, extension, payload."""
ROUNDS = 10_000
"""Rounds of 64 packets each; they take about a second."""


class Floor(msgspec.Struct, frozen=True):
    """Seconds of processor time per packet, and the kernel's share of it (0 to 1)."""

    seconds: float
    kernel_share: float

    @property
    def sealing(self) -> float:
        """Seconds per packet in libsrtp."""
        return self.seconds * (1 - self.kernel_share)

    @property
    def sending(self) -> float:
        """Seconds per packet in the kernel."""
        return self.seconds * self.kernel_share


def measure(generator: Generator, address: str) -> Floor:
    """Measure AES-GCM-128 and `send` on a connected socket, in a loop in C."""
    session = Session(
        Policy(
            key=bytes(28),
            ssrc_type=Policy.SSRC_ANY_OUTBOUND,
            srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_128_GCM,
        )
    )
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as to,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out,
    ):
        to.bind((address, 0))
        out.connect(to.getsockname())
        before = os.times()
        seconds = generator.bare_loop(session._srtp[0], (out.fileno(), to.fileno()), SIZE, ROUNDS)
        after = os.times()
    kernel, program = after.system - before.system, after.user - before.user
    return Floor(seconds, kernel / (kernel + program))


def _datagram_socket() -> socket.socket:
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
