"""Real browsers see and hear each other through a real Janus, with the same messages as through the built-in engine."""

from functools import partial

import pytest
from playwright.async_api import async_playwright

from runtime import clock
from signaling.media.engine import Speaking
from signaling.media.janus.engine import JanusEngine
from tests.signaling.media.bridge import BROWSER_FLAGS, Bridge, bridged, participant, sees_and_hears, served
from tests.signaling.media.real_janus import SECRET, real_janus
from tests.waiting import eventually

pytestmark = pytest.mark.chromium


async def test_browsers_see_and_hear_each_other_through_janus(chromium_path: str) -> None:
    with real_janus() as janus:
        engine = await JanusEngine.start([janus.url], SECRET, clock.now)
        async with bridged(engine) as bridge, served(bridge) as address, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_FLAGS)
            async with (
                participant(browser, address, "dana") as dana,
                participant(browser, address, "pat") as pat,
            ):
                for page in (dana, pat):
                    first = await sees_and_hears(page, videos=1)
                    later = await sees_and_hears(page, videos=1, frames=first["frames"] + 10)
                    assert later["lost"] == 0
                    assert set(later["ciphers"]) <= {"SRTP_AEAD_AES_128_GCM", "SRTP_AEAD_AES_256_GCM"}
                async with participant(browser, address, "sam") as sam:
                    await sees_and_hears(sam, videos=2)
                    await sees_and_hears(pat, videos=2)
                await eventually(partial(_both_were_heard, bridge))
            await browser.close()


async def _both_were_heard(bridge: Bridge) -> bool:
    heard = {who for event in bridge.events if isinstance(event, Speaking) for who in event.connections}
    return {"dana", "pat"} <= heard
