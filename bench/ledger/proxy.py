"""A proxy to Postgres that can be slowed or cut while the processes run."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

SLOW_SECONDS = 0.2
"""Delay of each answer of a slow Postgres."""
SOCKET = ".s.PGSQL.5432"
_CHUNK = 64 * 1024

Condition = Literal["present", "slow", "away"]


class Proxy:
    """Passes bytes between its own socket and Postgres's."""

    def __init__(self, postgres: Path) -> None:
        self._postgres = postgres / SOCKET
        self._condition: Condition = "present"
        self._writers: set[asyncio.StreamWriter] = set()

    def become(self, condition: Condition) -> None:
        """Set Postgres's condition from now on; `away` cuts all connections."""
        self._condition = condition
        if condition == "away":
            for writer in self._writers:
                writer.transport.abort()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until it ends."""
        if self._condition == "away":
            writer.transport.abort()
            return
        from_postgres, to_postgres = await asyncio.open_unix_connection(self._postgres)
        ends = {writer, to_postgres}
        self._writers |= ends
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_pump(reader, to_postgres))
                group.create_task(self._pump_slowly(from_postgres, writer))
        except* OSError:
            pass
        finally:
            self._writers -= ends

    async def _pump_slowly(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop, due = asyncio.get_running_loop(), 0.0
        while data := await reader.read(_CHUNK):
            wait = SLOW_SECONDS if self._condition == "slow" else 0.0
            due = max(loop.time() + wait, due + 0.000_001)  # keeps the order
            loop.call_at(due, _send, writer, data)
        loop.call_at(due + 0.001, writer.close)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_CHUNK):
        writer.write(data)
        await writer.drain()
    writer.close()


def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    if not writer.is_closing():
        writer.write(data)


@contextlib.asynccontextmanager
async def through_proxy(postgres: Path, url: str) -> AsyncIterator[tuple[Proxy, str]]:
    """A proxy before the Postgres whose socket is in that folder, and `url` changed to go through it."""
    proxy = Proxy(postgres)
    with tempfile.TemporaryDirectory(prefix="vesper-") as folder:
        server = await asyncio.start_unix_server(proxy.carry, Path(folder) / SOCKET)
        try:
            yield proxy, url.replace(quote(str(postgres)), quote(folder))
        finally:
            server.close()
            proxy.become("away")
