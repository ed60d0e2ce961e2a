"""Stands between Playwright and the system's Firefox, and answers in its place what this Firefox does not know.

Playwright speaks WebDriver BiDi to Firefox: it starts a program, waits for it to print where it listens, and connects
there. This is that program. It starts Firefox, prints an address of its own, and passes every message on, except for
commands in `UNKNOWN`, which Playwright sends to every new page and which would fail.
"""

import asyncio
import json
import re
import signal
import sys

from websockets.asyncio.client import connect
from websockets.asyncio.connection import Connection
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

UNKNOWN = ("emulation.setMediaFeaturesOverride",)
_LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
_PLAIN = {"compression": None, "max_size": None, "ping_interval": None}


async def main(firefox: str, *arguments: str) -> None:
    """Run Firefox until it ends or is asked to; `arguments` are Playwright's."""
    process = await asyncio.create_subprocess_exec(firefox, *arguments, stderr=asyncio.subprocess.PIPE)
    assert process.stderr is not None
    for stops in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(stops, process.terminate)
    address = await _said_on(process.stderr)
    async with asyncio.TaskGroup() as tasks, serve(lambda one: _bridge(one, address), "127.0.0.1", 0, **_PLAIN) as door:
        reading = tasks.create_task(_drain(process.stderr))
        port = next(iter(door.sockets)).getsockname()[1]
        print(f"WebDriver BiDi listening on ws://127.0.0.1:{port}", file=sys.stderr, flush=True)
        await process.wait()
        reading.cancel()


async def _said_on(log: asyncio.StreamReader) -> str:
    async for line in log:
        if found := _LISTENING.search(line):
            return found[1].decode()
    sys.exit("Firefox ended before it listened.")


async def _drain(log: asyncio.StreamReader) -> None:
    """What Firefox complains of is of no use here, but a full pipe would stop it."""
    while await log.read(65_536):
        pass


async def _bridge(playwright: ServerConnection, address: str) -> None:
    async with connect(f"{address}/session", **_PLAIN) as firefox, asyncio.TaskGroup() as both:
        both.create_task(_ask(playwright, firefox))
        both.create_task(_pass_on(firefox, playwright))


async def _ask(playwright: Connection, firefox: Connection) -> None:
    async for message in playwright:
        command = json.loads(message)
        if command["method"] in UNKNOWN:
            await playwright.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
        else:
            await firefox.send(message)
    await firefox.close()


async def _pass_on(firefox: Connection, playwright: Connection) -> None:
    try:
        async for message in firefox:
            await playwright.send(message)
    except ConnectionClosed:
        return
    finally:
        await playwright.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
