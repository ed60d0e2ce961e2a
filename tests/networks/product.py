"""The product on this machine's end of a test network, and browsers at the other end."""

import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import msgspec
from aiohttp import ClientConnectionError, ClientSession
from playwright.async_api import Browser, async_playwright
from rich.console import Console

from runtime import settings
from runtime.clock import now
from server.demo.seed import DemoClinic, seed
from store.database import Database
from tests.evening.people import FLAGS
from tests.networks.namespaces import Host
from tests.sharing import free_port
from tests.waiting import eventually
from vesper.keys import installation as keys
from vesper.run import web_build as web_app
from vesper.run.layout import WEB
from vesper.run.processes import children
from vesper.run.steps import Steps

INHERITED = {"PATH": "/usr/local/bin:/usr/bin:/bin"}


class Product(msgspec.Struct, frozen=True):
    """The product's address, and its clinic."""

    origin: str
    demo: DemoClinic


@asynccontextmanager
async def product(database_url: str, folder: Path, address: str, **extra: str) -> AsyncIterator[Product]:
    """Server and signaling at this address, with these extra settings."""
    web_app.ensure_built(WEB, folder / "web.log", Steps(Console(stderr=True)))
    server, signaling, media = (free_port(address) for _ in range(3))
    environment = INHERITED | keys.make().settings() | {
        "DATABASE_URL": database_url,
        "SERVER_HOST": address,
        "SERVER_PORT": str(server),
        "PUBLIC_ORIGIN": f"http://{address}:{server}",
        "WEB_DIST": str(WEB / "dist"),
        "NODE_ID": "node-1",
        "SIGNALING_HOST": address,
        "SIGNALING_PORT": str(signaling),
        "SIGNALING_URL": f"ws://{address}:{signaling}",
        "JOURNAL_DIR": str(folder / "journal"),
        "MEDIA_HOST": address,
        "MEDIA_PORT": str(media),
        "MEDIA_ADDRESS": address,
    } | extra  # fmt: skip
    (folder / "journal").mkdir(exist_ok=True)
    wanted = settings.read(settings.SeedSettings, environment)
    async with Database.open(database_url) as database:
        demo = await seed(database, wanted, now(), 0)
    with children(environment, folder) as started:
        for name in ("server", "signaling"):
            started.start(name, ["vesper", name])
        await eventually(lambda: _answers(wanted.public_origin), 60)
        await eventually(lambda: _listens(address, signaling), 60)
        yield Product(wanted.public_origin, demo)


@asynccontextmanager
async def browser_on(beyond: Host, origin: str, chromium_path: str, folder: Path) -> AsyncIterator[Browser]:
    """A browser on another host, which lets the plain HTTP origin use the camera."""
    with _wrapped(beyond, chromium_path, folder) as wrapper:
        async with async_playwright() as playwright:
            flags = [*FLAGS, f"--unsafely-treat-insecure-origin-as-secure={origin}"]
            browser = await playwright.chromium.launch(executable_path=wrapper, args=flags)
            yield browser
            await browser.close()


@contextmanager
def _wrapped(beyond: Host, chromium_path: str, folder: Path) -> Iterator[Path]:
    """A program that runs the browser on its host; Playwright controls it over a pipe, without the network."""
    wrapper = folder / "chromium-beyond"
    command = " ".join(beyond.command(chromium_path))
    wrapper.write_text(f'#!/bin/sh\nexec {shutil.which("env")} {command} "$@"\n')
    wrapper.chmod(0o755)
    yield wrapper


async def _answers(origin: str) -> bool:
    try:
        async with ClientSession() as http, http.get(f"{origin}/api/health") as response:
            return response.ok
    except ClientConnectionError:
        return False


async def _listens(address: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((address, port)) == 0
