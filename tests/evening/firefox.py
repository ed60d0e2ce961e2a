"""The system's own Firefox for the tests, with a sound output, without which it never hears anybody."""

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright

BRIDGE = Path(__file__).with_name("firefox_bridge.py")
LAUNCH_SECONDS = 60
PREFERENCES: dict[str, str | float | bool] = {
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    "media.autoplay.default": 0,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "network.proxy.type": 0,
    "ui.prefersReducedMotion": 1,
}


def installed(*names: str) -> str:
    """The path of a program under one of these names; the test is skipped when there is none."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{names[0]} is not installed: install the packages firefox-esr and pulseaudio to run this story")


@contextlib.asynccontextmanager
async def firefox(playwright: Playwright, folder: Path) -> AsyncIterator[Browser]:
    """A Firefox whose camera and microphone are fakes; `folder` is empty, and its own."""
    program, pulseaudio = installed("firefox-esr", "firefox"), installed("pulseaudio")
    bridge = folder / "bridge"
    bridge.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{BRIDGE}" "{program}" "$@"\n')
    bridge.chmod(0o755)
    async with _sound(pulseaudio, folder) as server:
        opened = await playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=bridge,
            firefox_user_prefs=PREFERENCES,
            env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "PULSE_SERVER": server},
            timeout=1_000 * LAUNCH_SECONDS,
        )
        try:
            yield opened
        finally:
            await opened.close()


@contextlib.asynccontextmanager
async def _sound(program: str, folder: Path) -> AsyncIterator[str]:
    """A sound server whose speakers nobody hears; where it listens."""
    socket = folder / "sound"
    line = f"module-native-protocol-unix socket={socket} auth-anonymous=1"
    process = await asyncio.create_subprocess_exec(
        program, "-n", "--daemonize=no", "--exit-idle-time=-1", "-L", "module-null-sink", "-L", line,
        env={"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield f"unix:{socket}"
    finally:
        process.terminate()
        await process.wait()
