"""The load generator from Python: built by the bench itself, fed with secured connections, read in windows."""

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
"""The generator's thread goes before the handshakes that share its core, where the system allows that."""
FUNCTIONS = ("protect", "unprotect", "protect_rtcp", "unprotect_rtcp")


class NoCompiler(RuntimeError):
    """The generator cannot be built here."""


class Payload(msgspec.Struct, frozen=True):
    """What one stream sends."""

    is_video: bool
    payload_type: int
    rate: float
    """Packets a second."""
    size: int
    """Bytes behind the header."""
    clock_step: int
    """Timestamp units from one packet of sound, or one frame, to the next."""
    extension: bytes


class Window(msgspec.Struct, frozen=True):
    """What the generator saw in one stretch of time."""

    seconds: float
    processor_seconds: float
    """Of the generator itself."""
    sent: int
    received: int
    octets: int
    lost: int
    refused: int
    late: int
    streams: int
    keyframe_requests: int
    delays: dict[int, int]
    """How many sampled packets took so many steps of 10 µs."""

    def delay(self, share: float) -> float:
        """Seconds that this share of the sampled packets stayed under; 0 when none was sampled."""
        wanted, seen = share * sum(self.delays.values()), 0
        for bucket, packets in sorted(self.delays.items()):
            seen += packets
            if seen >= wanted:
                return (bucket + 1) * BUCKET_SECONDS
        return 0.0


def build(folder: Path) -> Path:
    """The compiled generator.

    Raises:
        NoCompiler: there is none, or it refuses the sources
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
    """Its loop runs in a thread of its own; get one from `running`."""

    def __init__(self, library: Path) -> None:
        self._ffi = FFI()
        self._ffi.cdef((SOURCES / "face.h").read_text())
        self._library: Any = self._ffi.dlopen(str(library))
        self.thread_id = 0
        """Of the thread that `run` runs in."""
        self._functions = self._ffi.new("struct srtp_functions *")
        for name in FUNCTIONS:
            setattr(self._functions, name, self._pointer("srtp_function", getattr(_Srtp, name)))
        self._check(self._library.generator_begin(self._functions))

    def add_peer(self, fd: int, sealing: Any, opening: Any, check: bytes) -> int:
        """A secured connection: its socket and libsrtp's handles are the generator's from now on; `check` keeps it."""
        sessions = (self._pointer("void *", _address(handle)) for handle in (sealing, opening))
        return self._check(self._library.generator_add_peer(fd, *sessions, check, len(check)))

    def add_report(self, peer: int, report: bytes) -> None:
        """What the peer tells the engine each second."""
        self._check(self._library.generator_add_report(peer, report, len(report)))

    def add_stream(self, peer: int, ssrc: int, payload: Payload) -> None:
        """What the peer sends from now on."""
        told = self._ffi.new("struct payload *", msgspec.structs.asdict(payload))
        told.extension_size = len(payload.extension)
        self._check(self._library.generator_add_stream(peer, ssrc, told))

    async def watch(self, seconds: float, then: Callable[[], None] = lambda: None) -> Window:
        """What happens in the next seconds; `then` is called at once when they are over."""
        return await self.watch_during(asyncio.sleep(seconds), then)

    async def watch_during(self, work: Awaitable[None], then: Callable[[], None] = lambda: None) -> Window:
        """What happens while something is done."""
        self._library.generator_open_window()
        await work
        counts = self._library.generator_close_window()
        then()
        return self._window(counts)

    def bare_loop(self, sealing: Any, sockets: tuple[int, int], size: int, rounds: int) -> float:
        """Processor seconds a packet of sealing and sending from one connected socket to the other, and no more."""
        session = self._pointer("void *", _address(sealing))
        seconds: float = self._library.bare_loop(self._functions, session, *sockets, size, rounds)
        if seconds <= 0:
            raise OSError("The bare loop could not send.")
        return seconds

    def run(self) -> None:
        """Send and receive until `end`; for a thread of its own."""
        self.thread_id = threading.get_native_id()
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.thread_id, NICENESS)
        self._library.generator_run()

    def end(self) -> None:
        """Let `run` return."""
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
    """Where libsrtp's functions lie, as pylibsrtp has compiled them."""

    protect, unprotect, protect_rtcp, unprotect_rtcp = (
        int(srtp_ffi.cast("uintptr_t", srtp_ffi.addressof(srtp_lib, f"srtp_{name}"))) for name in FUNCTIONS
    )


def _address(handle: Any) -> int:
    return int(srtp_ffi.cast("uintptr_t", handle))


@asynccontextmanager
async def running(library: Path) -> AsyncIterator[Generator]:
    """A generator with nothing to send yet; it ends when left."""
    generator = Generator(library)
    thread = threading.Thread(target=generator.run, name="load generator")
    thread.start()
    try:
        yield generator
    finally:
        generator.end()
        await asyncio.to_thread(thread.join)
