"""A session is called off while one waits and one looks in, and takes place after all: what each of them reads."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from store.database import Database
from tests.evening.people import Client, Facilitator
from tests.faults.processes.installation import Installation, demo, installed

CALLED_OFF = "This session does not take place"
HALF_A_MINUTE = "00:30"


@pytest.fixture
async def installation(tmp_path: Path, database_url: str) -> AsyncIterator[Installation]:
    async with installed(tmp_path / "data", database_url, nodes=1) as one:
        yield one


@pytest.mark.chromium
async def test_a_session_is_called_off_and_takes_place_after_all(
    installation: Installation, database: Database, browser: Browser
) -> None:
    clinic = await demo(database, installation.origin, 3)
    dana = await Facilitator.at_a_screen(browser, one_origin=False)
    pat = await Client.at_a_screen(browser, width=375, one_origin=False)
    sam = await Client.at_a_screen(browser, width=375, one_origin=False)
    room = Facilitator(await dana.context.new_page())
    await dana.sign_in(installation.origin, clinic.email, clinic.password)
    await pat.open_link(clinic.links[0].url)
    await pat.enter_lobby()
    await room.page.goto(f"{installation.origin}/session/{clinic.session}")
    await room.press("Enter the room")
    await room.button("Start session").wait_for()

    await dana.page.goto(f"{installation.origin}/session/{clinic.session}/attendance")
    await dana.confirm("Cancel session (Open group)", "Cancel the session")
    await expect(dana.page.get_by_text("Cancelled: nobody is credited, and nobody was absent")).to_be_visible()
    for person in (pat, room):
        await person.sees(CALLED_OFF)
    await expect(pat.page.get_by_text("it does not count as an absence of yours")).to_be_visible()
    await sam.page.clock.install()
    await sam.open_link(clinic.links[1].url)
    await expect(sam.page.get_by_text(CALLED_OFF)).to_be_visible()
    await expect(sam.button("Enter the lobby")).to_have_count(0)

    await dana.press("Let it take place after all (Open group)")
    await expect(dana.page.get_by_text("Not over yet")).to_be_visible()
    await sam.page.clock.fast_forward(HALF_A_MINUTE)  # after which a page that waits asks again
    await sam.button("Enter the lobby").wait_for()
    await pat.press("Look again")
    await pat.enter_lobby()
    for person in (dana, pat, sam):
        await person.context.close()
