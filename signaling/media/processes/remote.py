"""One media process as the signaling process sees it: it answers requests and emits events until it is gone."""

import asyncio
import socket
import sys
from collections.abc import Callable
from itertools import count

import msgspec

from domain.errors import MediaRefused
from signaling.media.engine import FeedId, Lost, MediaEvent, Published, Unpublished
from signaling.media.processes import control
from signaling.media.processes.control import Begin, Begun, Call, Emitted, Reply

START_SECONDS = 20.0
"""A process that does not listen after this long has failed to start."""
STOP_SECONDS = 5.0
"""A process that does not end after this long is killed."""


class ProcessGone(Exception):
    """The media process ended before it answered."""


class Presence(msgspec.Struct):
    """A seat's connections and feeds at its process."""

    publishes: bool = False
    subscribes: bool = False
    feeds: tuple[FeedId, ...] = ()

    def hear(self, event: MediaEvent) -> None:
        """Update from an event of the seat."""
        match event:
            case Published():
                self.feeds = event.feeds
            case Unpublished():
                self.feeds = ()
            case Lost(side="publish"):
                self.publishes = False
            case Lost():
                self.subscribes = False
            case _:
                pass


class Remote:
    """A running media process; get one from `start`."""

    def __init__(self, process: asyncio.subprocess.Process, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter]):
        self.process, self.port = process, 0
        self.rooms: set[str] = set()
        self._reader, self._writer = streams
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Reply]] = {}
        self._gone = False

    @classmethod
    async def start(cls, begin: Begin) -> "Remote":
        """A process that listens.

        Raises:
            OSError: it could not start, for instance because its port is taken
        """
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with there:
            command = [sys.executable, "-m", "signaling.media.processes.process", str(there.fileno())]
            process = await asyncio.create_subprocess_exec(
                *command, begin.log_level, begin.log_format, pass_fds=[there.fileno()]
            )
        remote = cls(process, await asyncio.open_unix_connection(sock=here))
        remote._writer.write(control.frame(begin))
        begun = None
        async with asyncio.timeout(START_SECONDS):
            begun = await control.read(remote._reader, control.from_process)
        if not isinstance(begun, Begun):
            await remote.stop()
            raise OSError(f"a media process could not listen on port {begin.listening.port}")
        remote.port = begun.port
        return remote

    async def run(self, emit: Callable[[MediaEvent], None]) -> None:
        """Pass on events and replies until the process is gone; then fail all waiting requests.

        The process itself may linger: call `stop`.
        """
        while (said := await control.read(self._reader, control.from_process)) is not None:
            match said:
                case Emitted():
                    emit(said.event)
                case Reply() if said.number in self._waiting:
                    self._waiting.pop(said.number).set_result(said)
                case _:
                    pass
        self._gone = True
        for waiting in self._waiting.values():
            waiting.set_exception(ProcessGone())
        self._waiting.clear()

    async def ask(self, request: control.Request) -> Reply:
        """The process's answer.

        Raises:
            MediaRefused: the engine refused
            ProcessGone
        """
        if self._gone:
            raise ProcessGone
        number = next(self._numbers)
        waiting: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        self._writer.write(control.frame(Call(number, request)))
        try:
            reply = await waiting
        finally:
            self._waiting.pop(number, None)
        if reply.refusal is not None:
            raise MediaRefused(reply.refusal)
        return reply

    def hang_up(self) -> None:
        """Close the line; the process ends by itself."""
        self._writer.close()

    async def stop(self) -> None:
        """Hang up, and make sure that the process ends."""
        self.hang_up()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
