"""A client in Firefox and a facilitator in Chromium see and hear each other through the built-in engine."""

from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright

from tests.evening.conftest import Running
from tests.evening.firefox import firefox
from tests.evening.people import Client, Facilitator
from tests.waiting import eventually

pytestmark = [pytest.mark.chromium, pytest.mark.firefox]


async def test_a_client_in_firefox_and_a_facilitator_in_chromium_see_and_hear_each_other(
    vesper: Running, browser: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    demo, home = vesper.demo, tmp_path / "firefox"
    home.mkdir()
    async with firefox(playwright, home) as fox:
        dana, pat = await Facilitator.at_a_screen(browser), await Client.at_a_screen(fox, fakes=True)
        await dana.sign_in(vesper.origin, demo["email"], demo["password"])
        await dana.open_room(demo["session"])
        await pat.open_link(demo["links"][0]["url"])
        await pat.enter_lobby()
        await dana.press("Start session")
        await dana.press(f"Admit {demo['links'][0]['name']}")
        await pat.sees(await dana.page.get_by_role("heading", level=1).inner_text())
        for person in (dana, pat):
            await eventually(partial(person.sees_and_hears, 1), 30)
        await pat.leave()
        await pat.close()
        await dana.close()
