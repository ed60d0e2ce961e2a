"""A media process: one engine on its own event loop, driven by the signaling process over a socket.

It ends with that socket: when the other side is gone, its rooms are gone too.
"""

import asyncio
import gc
import logging
import signal
import socket
import sys
from contextlib import suppress
from typing import assert_never

import msgspec
import uvloop

from domain.errors import MediaRefused
from runtime import clock, logs
from runtime.settings import Settings
from signaling.media.engine import MediaEngine
from signaling.media.processes import control
from signaling.media.processes.control import Begin, Begun, Call, Emitted, Reply
from signaling.media.sfu import BuiltInEngine

log = logging.getLogger(__name__)

TIDY_SECONDS = 60.0
"""Seconds between garbage collections. Python's own schedule would collect in the middle of a burst of packets."""


class EngineEnded(Exception):
    """The events ended although the engine was not closed: this process must be replaced."""


async def serve(line: socket.socket) -> None:
    """Run an engine for the process at the other end of `line`, until that is gone."""
    reader, writer = await asyncio.open_unix_connection(sock=line)
    try:
        begin = await control.read(reader, control.to_process)
        if isinstance(begin, Begin):
            await _run(begin, reader, writer)
    finally:
        writer.close()


async def _run(begin: Begin, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    engine = await BuiltInEngine.start(begin.listening, clock.now, consent_seconds=begin.consent_seconds)
    writer.write(control.frame(Begun(engine.port)))
    try:
        async with asyncio.TaskGroup() as tasks:
            others = [
                tasks.create_task(_emit(engine, writer), name="media: news"),
                tasks.create_task(_tidy(), name="media: tidy"),
            ]
            await _obey(engine, reader, writer)
            for task in others:
                task.cancel()
    finally:
        await engine.close()


async def _obey(engine: MediaEngine, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry out requests one after the other: none of them waits for a network."""
    while isinstance(call := await control.read(reader, control.to_process), Call):
        writer.write(control.frame(await _answer(engine, call)))


async def _answer(engine: MediaEngine, call: Call) -> Reply:
    try:
        reply = await carry_out(engine, call.request)
    except MediaRefused as refusal:
        reply = Reply(0, refusal=refusal.sentence)
    except Exception:  # one seat's failure must not end the media of all
        log.exception("a media process failed at a request")
        reply = Reply(0, refusal=MediaRefused().sentence)
    return msgspec.structs.replace(reply, number=call.number)


async def carry_out(engine: MediaEngine, request: control.Request) -> Reply:
    """The engine's answer to a request, as a reply with number 0; the caller sets the number."""
    match request:
        case control.Publish():
            return Reply(0, answer=await engine.publish(request.seat, request.offer))
        case control.Subscribe():
            return Reply(0, offer=await engine.subscribe(request.seat, request.wants, fresh=request.fresh))
        case control.Restart():
            return Reply(0, offer=await engine.restart(request.seat))
        case control.CountPackets():
            return Reply(0, statistics=await engine.statistics(request.room))
        case _:
            await _do(engine, request)
            return Reply(0)


async def _do(
    engine: MediaEngine,
    request: control.OpenRoom | control.CloseRoom | control.Accept | control.ViewTiles | control.Leave,
) -> None:
    match request:
        case control.OpenRoom():
            await engine.open_room(request.room)
        case control.CloseRoom():
            await engine.close_room(request.room)
        case control.Accept():
            await engine.accept(request.seat, request.offer_id, request.answer)
        case control.ViewTiles():
            await engine.view(request.seat, dict(request.tiles))
        case control.Leave():
            await engine.leave(request.seat)
        case _:
            assert_never(request)


async def _emit(engine: MediaEngine, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):  # the other side is gone; the task that reads the line ends the process
        async for event in engine.events():
            writer.write(control.frame(Emitted(event)))
            await writer.drain()
        raise EngineEnded


async def _tidy() -> None:
    """Collect garbage on schedule. Objects from the start stay for good, so the collector skips them."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            gc.collect()
    finally:
        gc.enable()
        gc.unfreeze()


def main(handle: int, log_level: str, log_format: str) -> None:
    """Serve the inherited socket with this number. The signaling process decides when to stop, not the terminal."""
    logs.configure(msgspec.convert({"log_level": log_level, "log_format": log_format}, Settings))
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    try:
        uvloop.run(serve(socket.socket(fileno=handle)))
    except OSError as error:
        sys.exit(f"A media process cannot listen: {error}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
