"""Times that a person notices, in a real Chromium: the first picture after the click, and a change of quality."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import msgspec
from playwright.async_api import Browser, Page, async_playwright

from bench.media import engines
from bench.media.bridge import ROOM, Bridge, served
from bench.media.climbing import Place

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream=fps=20",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
)
CAMERA = (1280, 720)
SMALL, LARGE = (320, 180), (640, 360)
"""Two of the camera's three qualities."""
PATIENCE_SECONDS = 20.0
REST_SECONDS = 1.0
"""Seconds between changes of the view: the engine asks a camera for key frames about twice per second at most."""


class Noticed(msgspec.Struct, frozen=True):
    """Seconds, each list in the order measured."""

    first_frames: tuple[float, ...]
    switches: tuple[float, ...]


def chromium() -> str:
    """The path of the installed Chromium; empty without one."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


async def measure(place: Place, arrivals: int, advance: Callable[[], None]) -> Noticed:
    """One participant sends; `arrivals` others arrive one after another, and the last changes its view."""
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(engines.BUILT_IN.start(place.folder, place.core))
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        bridge = Bridge(running.engine)
        following = tasks.create_task(bridge.follow())
        stack.callback(following.cancel)
        await running.engine.open_room(ROOM)
        address = await stack.enter_async_context(served(bridge))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        stack.push_async_callback(browser.close)
        return await _measure_in(browser, address, arrivals, advance)


async def _measure_in(browser: Browser, address: str, arrivals: int, advance: Callable[[], None]) -> Noticed:
    async with _participant(browser, f"{address}/?connection=first") as first:
        await first.evaluate("publish()")
        await first.wait_for_function("sendsSeveralQualities()", polling=100)
        frames = []
        for number in range(arrivals):
            async with _participant(browser, f"{address}/?connection=arrival-{number}") as page:
                frames.append(await page.evaluate("join()") / 1_000)
                switches = await _switches(page, arrivals) if number == arrivals - 1 else []
            advance()
    return Noticed(tuple(frames), tuple(switches))


async def _switches(page: Page, times: int) -> list[float]:
    """Seconds of changes to larger and smaller; the first two do not count: the path's bandwidth is not known yet."""
    milliseconds: list[float | None] = []
    for size in (LARGE, SMALL) * (times // 2 + 1):
        await asyncio.sleep(REST_SECONDS)
        milliseconds.append(await page.evaluate("size => resize(...size)", size))
    return [one / 1_000 for one in milliseconds[2:] if one is not None]


@asynccontextmanager
async def _participant(browser: Browser, address: str) -> AsyncIterator[Page]:
    """A page with its camera open, before any click."""
    context = await browser.new_context(permissions=["camera", "microphone"])
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_SECONDS * 1_000)
    await page.goto(address)
    await page.evaluate("size => openCamera(...size)", CAMERA)
    yield page
    await context.close()
