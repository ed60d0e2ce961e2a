"""A flooded socket is read at its own pace, and the others are read meanwhile."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from signaling.door.limits import BYTES_PER_FRAME, FRAMES
from signaling.door.metered import MeteredConnection

FLOOD = 40_000
HONEST_SECONDS = 0.3
"""The longest echo during a flood. Without metering, the same flood takes a second and more."""


@contextlib.asynccontextmanager
async def echoing() -> AsyncIterator[tuple[str, list[MeteredConnection]]]:
    """A server that echoes everything, and its connections."""
    opened: list[MeteredConnection] = []

    async def echo(socket: MeteredConnection) -> None:
        opened.append(socket)
        with contextlib.suppress(ConnectionClosed):
            async for data in socket:
                await socket.send(data)

    async with serve(
        echo,
        "127.0.0.1",
        0,
        create_connection=MeteredConnection,
        ping_interval=None,
        close_timeout=0.1,  # type: ignore[arg-type]
    ) as server:
        yield f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}", opened


def pour(flooder: ClientConnection, opcode: Opcode, data: bytes, count: int) -> None:
    """Send this many frames at once, past the library's own limits."""
    frame = Frame(opcode, data).serialize(mask=True)
    flooder.transport.write(frame * count)


@pytest.mark.alone
@pytest.mark.parametrize(
    ("opcode", "data"),
    [(Opcode.TEXT, b"{}"), (Opcode.PING, b""), (Opcode.PONG, b"x"), (Opcode.BINARY, b"\x00" * 64)],
    ids=["messages", "pings", "pongs", "junk"],
)
async def test_nobody_else_waits_for_a_flood(opcode: Opcode, data: bytes) -> None:
    async with echoing() as (url, opened), connect(url) as flooder, connect(url) as pat:
        pour(flooder, opcode, data, FLOOD)
        slowest = 0.0
        for _ in range(20):
            began = time.perf_counter()
            await pat.send("are you there?")
            assert await pat.recv() == "are you there?"
            slowest = max(slowest, time.perf_counter() - began)
            await asyncio.sleep(0.01)
        assert slowest < HONEST_SECONDS
        assert opened[0]._allowance.wait(time.monotonic()) > 0
        flooder.transport.abort()


async def test_a_page_s_burst_is_read_at_once_and_in_order() -> None:
    async with echoing() as (url, _), connect(url) as pat:
        said = [f"message {number}" for number in range(int(FRAMES.burst) - 1)]
        for message in said:
            await pat.send(message)
        assert [await pat.recv() for _ in said] == said


async def test_a_message_of_many_slices_arrives_whole_and_counts_by_its_size() -> None:
    async with echoing() as (url, opened), connect(url) as pat:
        long = "n" * 60 * BYTES_PER_FRAME
        await pat.send(long)
        assert await pat.recv() == long
        assert opened[0]._allowance.left(0.0) <= FRAMES.burst - 60


async def test_a_flood_is_noticed_and_its_socket_can_be_closed() -> None:
    class Impatient(MeteredConnection):
        patience_s = 0.1

    noticed = asyncio.Event()

    async def listen(socket: MeteredConnection) -> None:
        await socket.flooding.wait()
        noticed.set()

    async with serve(
        listen,
        "127.0.0.1",
        0,
        create_connection=Impatient,
        ping_interval=None,
        close_timeout=0.1,  # type: ignore[arg-type]
    ) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async with connect(url) as flooder:
            pour(flooder, Opcode.TEXT, b"{}", FLOOD)
            async with asyncio.timeout(5):
                await noticed.wait()
                with pytest.raises(ConnectionClosed):
                    while True:
                        await flooder.recv()


async def test_a_sender_who_hangs_up_during_a_flood_is_gone_at_once() -> None:
    async with echoing() as (url, opened):
        async with connect(url) as flooder:
            pour(flooder, Opcode.TEXT, b"{}", FLOOD)
            await flooder.recv()
            flooder.transport.abort()
        async with asyncio.timeout(5):
            await opened[0].wait_closed()
