"""The load generator from Python: the bench builds it, adds secured connections, and reads it in windows."""

import asyncio
import os
import shutil
import subprocess
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from cffi import FFI
from pylibsrtp._binding import ffi as srtp_ffi
from pylibsrtp._binding import lib as srtp_lib

SOURCES = Path(__file__).parent / "generator"
FLAGS = ("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
BUCKET_SECONDS = 10e-6
NICENESS = -10
"""Priority of the generator's thread over the handshakes on its core, if the system allows it."""
FUNCTIONS = ("protect", "unprotect", "protect_rtcp", "unprotect_rtcp")


class NoCompiler(RuntimeError):
    """The generator cannot be built here."""


class Payload(msgspec.Struct, frozen=True):
    """The packets of one stream."""

    is_video: bool
    payload_type: int
    rate: float
    """Packets per second."""
    size: int
    """Bytes after the header."""
    clock_step: int
    """Timestamp units from one packet of sound, or one frame, to the next."""
    extension: bytes


class Window(msgspec.Struct, frozen=True):
    """The generator's counts in one window of time."""

    seconds: float
    processor_seconds: float
    """Processor seconds of the generator itself."""
    sent: int
    received: int
    octets: int
    lost: int
    refused: int
    late: int
    streams: int
    keyframe_requests: int
    delays: dict[int, int]
    """By delay in steps of 10 µs, the number of sampled packets."""

    def delay(self, share: float) -> float:
        """The delay in seconds that this share of the sampled packets did not exceed; 0 without samples."""
        wanted, seen = share * sum(self.delays.values()), 0
        for bucket, packets in sorted(self.delays.items()):
            seen += packets
            if seen >= wanted:
                return (bucket + 1) * BUCKET_SECONDS
        return 0.0


def build(folder: Path) -> Path:
    """The compiled generator.

    Raises:
        NoCompiler: there is no compiler, or it rejects the sources.
    """
    compiler, library = shutil.which("cc"), folder / "generator.so"
    if compiler is None:
        raise NoCompiler("The load generator is C: install a compiler (apt-get install gcc libc6-dev).")
    command = [compiler, *FLAGS, "-o", str(library), *map(str, sorted(SOURCES.glob("*.c")))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoCompiler(done.stderr)
    return library


class Generator:
    """The load generator; its loop runs in its own thread. Get one from `running`."""

    def __init__(self, library: Path) -> None:
        self._ffi = FFI()
        self._ffi.cdef((SOURCES / "face.h").read_text())
        self._library: Any = self._ffi.dlopen(str(library))
        self.thread_id = 0
        """The id of the thread of `run`."""
        self._functions = self._ffi.new("struct srtp_functions *")
        for name in FUNCTIONS:
            setattr(self._functions, name, self._pointer("srtp_function", getattr(_Srtp, name)))
        self._check(self._library.generator_begin(self._functions))

    def add_peer(self, fd: int, sealing: Any, opening: Any, check: bytes) -> int:
        """Hand over a secured connection, its socket and libsrtp's handles; `check` is repeated. Returns the peer."""
        sessions = (self._pointer("void *", _address(handle)) for handle in (sealing, opening))
        return self._check(self._library.generator_add_peer(fd, *sessions, check, len(check)))

    def add_report(self, peer: int, report: bytes) -> None:
        """Let the peer send this report to the engine each second."""
        self._check(self._library.generator_add_report(peer, report, len(report)))

    def add_stream(self, peer: int, ssrc: int, payload: Payload) -> None:
        """Let the peer send this stream from now on."""
        fields = self._ffi.new("struct payload *", msgspec.structs.asdict(payload))
        fields.extension_size = len(payload.extension)
        self._check(self._library.generator_add_stream(peer, ssrc, fields))

    async def watch(self, seconds: float, then: Callable[[], None] = lambda: None) -> Window:
        """The counts of the next seconds; calls `then` at their end."""
        return await self.watch_during(asyncio.sleep(seconds), then)

    async def watch_during(self, work: Awaitable[None], then: Callable[[], None] = lambda: None) -> Window:
        """The counts while `work` runs; calls `then` at its end."""
        self._library.generator_open_window()
        await work
        counts = self._library.generator_close_window()
        then()
        return self._window(counts)

    def bare_loop(self, sealing: Any, sockets: tuple[int, int], size: int, rounds: int) -> float:
        """Processor seconds per packet of only sealing and sending from one connected socket to the other."""
        session = self._pointer("void *", _address(sealing))
        seconds: float = self._library.bare_loop(self._functions, session, *sockets, size, rounds)
        if seconds <= 0:
            raise OSError("The bare loop could not send.")
        return seconds

    def run(self) -> None:
        """Send and receive until `end`; call it in a thread of its own."""
        self.thread_id = threading.get_native_id()
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.thread_id, NICENESS)
        self._library.generator_run()

    def end(self) -> None:
        """Make `run` return."""
        self._library.generator_end()

    def _pointer(self, kind: str, address: int) -> Any:
        return self._ffi.cast(kind, address)

    def _window(self, counts: Any) -> Window:
        return Window(
            seconds=counts.nanoseconds / 1e9,
            processor_seconds=counts.processor_nanoseconds / 1e9,
            sent=counts.sent,
            received=counts.received,
            octets=counts.octets,
            lost=counts.lost,
            refused=counts.refused,
            late=counts.late,
            streams=counts.streams,
            keyframe_requests=counts.keyframe_requests,
            delays={bucket: packets for bucket, packets in enumerate(counts.delays) if packets},
        )

    @staticmethod
    def _check(answer: int) -> int:
        if answer < 0:
            raise OSError("The load generator has no room for more.")
        return answer


class _Srtp:
    """The addresses of libsrtp's functions in pylibsrtp's library."""

    protect, unprotect, protect_rtcp, unprotect_rtcp = (
        int(srtp_ffi.cast("uintptr_t", srtp_ffi.addressof(srtp_lib, f"srtp_{name}"))) for name in FUNCTIONS
    )


def _address(handle: Any) -> int:
    return int(srtp_ffi.cast("uintptr_t", handle))


@asynccontextmanager
async def running(library: Path) -> AsyncIterator[Generator]:
    """A generator without peers; it ends with the block."""
    generator = Generator(library)
    thread = threading.Thread(target=generator.run, name="load generator")
    thread.start()
    try:
        yield generator
    finally:
        generator.end()
        await asyncio.to_thread(thread.join)
