"""A process that floods a node: `python -m bench.ledger.arriving.flooder URL RATE`, with the ticket on standard input.

It is admitted like any participant, then sends a mix of every message, pings and junk at the given rate, and resumes
whenever it is dismissed. It prints a line when it is admitted.
"""

import asyncio
import itertools
import sys
from collections.abc import Iterator, Sequence

import msgspec
import uvloop
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode

from bots import descriptions
from runtime.clock import now
from signaling import messages as m

TICK_SECONDS = 0.01
MOST_UNSENT_BYTES = 1 << 20
"""Limit of unsent bytes: above it, due messages are not sent."""
_CREDENTIALS = descriptions.Credentials("flood", "flood-flood-flood-flood", "sha-256 " + ":".join(["AB"] * 32))

_decoder: msgspec.json.Decoder[m.NodeMessage] = msgspec.json.Decoder(m.NodeMessage)


def mix() -> Iterator[bytes]:
    """Frames of every kind, in a loop; most of the states they claim do not exist on the node."""
    offer, at = descriptions.offer(_CREDENTIALS), now()
    for turn in itertools.count():
        requests: Sequence[m.Request] = (
            m.Publish(offer=offer), m.Resubscribe(), m.Resubscribe(keep=True), m.Accept(offer_id=turn, answer=offer),
            m.View(cameras={f"{turn}": m.Size(width=640, height=360)}, screens={}), m.Heartbeat(clock=at),
            m.SetDevices(microphone=bool(turn % 2), camera=bool(turn % 3)), m.AdmitAll(), m.StartBreak(),
        )  # fmt: skip
        yield from (Frame(Opcode.TEXT, msgspec.json.encode(request)).serialize(mask=True) for request in requests)
        yield Frame(Opcode.PING, b"?").serialize(mask=True)
        yield Frame(Opcode.TEXT, b'{"type":').serialize(mask=True)


async def flood(url: str, rate: int, first: m.First) -> None:
    """Send `rate` messages per second, until the process is stopped."""
    while True:
        try:
            async with connect(url, ping_interval=None, compression=None, close_timeout=0.1) as socket:
                await socket.send(msgspec.json.encode(first).decode())
                async with asyncio.TaskGroup() as both:
                    pouring = both.create_task(_pour(socket, rate))
                    first = await _listen(socket, first)
                    pouring.cancel()
        except* (WebSocketException, OSError):
            await asyncio.sleep(TICK_SECONDS)


async def _listen(socket: ClientConnection, first: m.First) -> m.First:
    """Read all messages until the socket closes; returns the first message for the next connection."""
    async for frame in socket:
        message = _decoder.decode(frame)
        if isinstance(message, m.Welcomed):
            first = m.ResumeSession(token=message.resume)
        elif isinstance(message, m.RoomChanged) and message.here:
            print("in", flush=True)
    return first


async def _pour(socket: ClientConnection, rate: int) -> None:
    frames = mix()
    for due in itertools.count(asyncio.get_running_loop().time(), TICK_SECONDS):
        if socket.transport.is_closing():
            return
        if socket.transport.get_write_buffer_size() < MOST_UNSENT_BYTES:
            socket.transport.write(b"".join(itertools.islice(frames, round(rate * TICK_SECONDS))))
        await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))


if __name__ == "__main__":
    uvloop.run(flood(sys.argv[1], int(sys.argv[2]), m.Join(ticket=sys.stdin.readline().strip())))
