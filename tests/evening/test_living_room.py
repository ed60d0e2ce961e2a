"""Somebody alone with six bots sees a living room; its picture is the one in the README."""

import os
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.evening.conftest import Running
from tests.evening.people import WAIT, Facilitator
from tests.waiting import eventually

PICTURES = os.environ.get("VESPER_SCREENSHOTS", "")  # noqa: TID251  where `make screenshots` wants the picture


@pytest.mark.parametrize("vesper", [6], indirect=True)
async def test_six_bots_make_a_living_room(vesper: Running, browser: Browser, tmp_path: Path) -> None:
    dana = await Facilitator.at_a_screen(browser, width=1280)
    await dana.sign_in(vesper.origin, vesper.demo["email"], vesper.demo["password"])
    await dana.open_room(vesper.demo["session"])
    await expect(dana.page.get_by_role("heading", name="6 people waiting")).to_be_visible(timeout=WAIT)
    await dana.press("Start session")
    await dana.press("Admit all")
    await eventually(partial(dana.sees_and_hears, 6), 40)
    for link in vesper.demo["bot_links"]:
        await expect(dana.page.get_by_label(f"{link['name']}'s picture")).to_be_visible()
        await expect(dana.row_of(link["name"])).not_to_contain_text("0:00:00")
    await dana.press("Camera")
    await dana.page.screenshot(path=Path(PICTURES or tmp_path) / "room.png")
    await dana.close()
