"""Vesper as a newcomer starts it, on ports of its own, and browsers to come with."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.async_api import Browser, Playwright, async_playwright

from tests.evening.people import FLAGS
from tests.sharing import free_port

START_SECONDS = 90


class Running(msgspec.Struct):
    """What `vesper run --json` prints once everything answers."""

    origin: str
    demo: dict[str, Any]


@pytest.fixture
async def vesper(
    database_url: str, owner_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Running]:
    """The whole product, in processes of its own, on the test's database; a parameter says how many bots come."""
    environment = dict(os.environ)  # noqa: TID251  the environment of the process that the test starts
    environment |= {"DATABASE_URL": database_url, "OWNER_DATABASE_URL": owner_url}
    environment |= {name: str(free_port()) for name in ("SERVER_PORT", "SIGNALING_PORT", "MEDIA_PORT")}
    bots = str(getattr(request, "param", 0))
    vesper = str(Path(sys.executable).with_name("vesper"))
    command = [vesper, "run", "--json", "--data", str(tmp_path / "data"), "--bots", bots]
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        line = await process.stdout.readline()
    assert line, "vesper run ended before it was up"
    yield msgspec.convert(json.loads(line), Running)
    process.send_signal(signal.SIGINT)
    async with asyncio.timeout(20):
        assert await process.wait() == 0, "Ctrl-C stops everything cleanly"


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as opened:
        yield opened


@pytest.fixture
async def browser(playwright: Playwright, chromium_path: str) -> AsyncIterator[Browser]:
    """A real browser with a fake camera and microphone."""
    opened = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
    yield opened
    await opened.close()
