"""The compared engines, each started on the engines' core: the built-in one, and Janus if it is installed."""

import asyncio
import secrets
import shutil
import socket
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import msgspec
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.media.processes import children, going_first, staying_on
from runtime import clock
from signaling.media.engine import MediaEngine
from signaling.media.janus.engine import JanusEngine
from signaling.media.processes.control import Begin
from signaling.media.processes.pool import MediaProcesses
from signaling.media.sfu import CONSENT_SECONDS
from signaling.media.transport.peers import Listening

REPOSITORY = Path(__file__).parents[2]
JANUS_CONFIGURATION = REPOSITORY / "deploy" / "janus"
JANUS_START_SECONDS = 15.0
NOWHERE = ("192.0.2.1", 9)
"""Connecting a socket to this address (RFC 5737) shows the machine's own address; no datagram is sent."""


class Running(msgspec.Struct, frozen=True):
    """An engine, and the process that forwards its media."""

    engine: MediaEngine
    pid: int


class Contender(msgspec.Struct, frozen=True):
    """An engine that can be started in a folder, on a core."""

    name: str
    chooses_voices: bool
    """Whether the engine itself sends each member the room's loudest voices."""
    start: Callable[[Path, int], AbstractAsyncContextManager[Running]]


def own_address() -> str:
    """The machine's address other than loopback, which Janus does not use; loopback if there is no other."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


@asynccontextmanager
async def _built_in(_folder: Path, core: int) -> AsyncIterator[Running]:
    address, others = own_address(), children()
    begin = Begin(Listening(address, 0, (address,)), CONSENT_SECONDS, "warning", "text")
    with staying_on(core), going_first():
        engine = await MediaProcesses.start(begin, 1)
    (pid,) = children() - others
    try:
        yield Running(engine, pid)
    finally:
        await engine.close()


@asynccontextmanager
async def _janus(event_loops: int, folder: Path, core: int) -> AsyncIterator[Running]:
    secret, port = secrets.token_hex(16), _free_port()
    configuration = _janus_configuration(folder, port, event_loops)
    with staying_on(core), going_first():
        command = ["janus", f"--configs-folder={configuration}", f"--apisecret={secret}"]
        process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=DEVNULL)
    try:
        url = f"ws://127.0.0.1:{port}"
        async with asyncio.timeout(JANUS_START_SECONDS):
            await _until_answering(url)
        engine = await JanusEngine.start([url], secret, clock.now)
        yield Running(engine, process.pid)
        await engine.close()
    finally:
        process.kill()
        await process.wait()


def _janus_configuration(folder: Path, port: int, event_loops: int) -> Path:
    """The production configuration, with another port and number of cores."""
    configuration = folder / f"janus-{port}"
    shutil.copytree(JANUS_CONFIGURATION, configuration)
    _replace(configuration / "janus.transport.websockets.jcfg", "ws_port = 8188", f"ws_port = {port}")
    _replace(configuration / "janus.jcfg", "event_loops = 2", f"event_loops = {event_loops}")
    return configuration


def _replace(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    if before not in text:
        raise ValueError(f"{file.name} no longer says {before!r}.")
    file.write_text(text.replace(before, after))


async def _until_answering(url: str) -> None:
    while True:
        try:
            async with connect(url, subprotocols=[Subprotocol("janus-protocol")]):
                return
        except OSError:
            await asyncio.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


BUILT_IN = Contender("built-in", True, _built_in)
JANUS_ONE_LOOP = Contender("Janus, event_loops = 1", False, partial(_janus, 1))
JANUS_THREADS = Contender("Janus, one thread per handle", False, partial(_janus, 0))


def janus_is_missing() -> str:
    """Why Janus cannot take part; empty if it can."""
    if shutil.which("janus") is None:
        return "Janus is not installed (apt-get install janus)"
    if own_address() == "127.0.0.1":
        return "Janus does not use the loopback device, and this machine has no other address"
    return ""
