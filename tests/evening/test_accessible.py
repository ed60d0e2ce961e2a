"""Every screen of an evening, as people meet it who see little, use no mouse, or hold a small phone."""

import pytest
from playwright.async_api import Browser, expect

from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Client, Facilitator, Somebody

PHONE, DESK = 320, 1280


async def has_no_barrier(somebody: Somebody, where: str) -> None:
    """Upright and at a desk; axe waits for nothing, so the page must have come to rest."""
    for width in (DESK, PHONE):
        await somebody.page.set_viewport_size({"width": width, "height": 720})
        assert await barriers(somebody.page) == [], f"{where}, {width} px wide"


@pytest.mark.timeout(240)
async def test_no_screen_has_a_barrier(vesper: Running, browser: Browser) -> None:
    dana = await Facilitator.at_a_screen(browser)
    pat, sam = await Client.at_a_screen(browser), await Client.at_a_screen(browser)
    await the_doors(vesper, dana, (pat, sam))
    await the_room(dana, pat)
    await the_end(dana, pat)
    for person in (dana, pat, sam):
        await person.close()


async def the_doors(vesper: Running, dana: Facilitator, clients: tuple[Client, Client]) -> None:
    await dana.page.goto(vesper.origin)
    await dana.sees("Sign in")
    assert dana.errors == [], "to be nobody yet is no error"
    await has_no_barrier(dana, "sign-in")
    await dana.sign_in(vesper.origin, vesper.demo["email"], vesper.demo["password"])
    await has_no_barrier(dana, "today's sessions")
    for client, link in zip(clients, vesper.demo["links"], strict=False):
        await client.open_link(link["url"])
        await client.button("Enter the lobby").wait_for()
    await has_no_barrier(clients[0], "the door")
    for client in clients:
        await client.enter_lobby()
    await has_no_barrier(clients[0], "the lobby")
    await dana.open_room(vesper.demo["session"])


async def the_room(dana: Facilitator, pat: Client) -> None:
    await dana.page.set_viewport_size({"width": DESK, "height": 720})
    await dana.button("Start session").wait_for()
    assert await barriers(dana.page) == [], "the room before the start"
    await dana.press("Start session")
    await dana.press("Admit all")
    await pat.button("Settings").wait_for()
    await has_no_barrier(pat, "a client's room")
    await dana.button("Start break").wait_for()
    assert await barriers(dana.page) == [], "a facilitator's room"
    await the_keyboard_comes_back(dana)
    await dana.write_note("Check-in went round.")
    await has_no_barrier(dana, "a facilitator's note")
    await pat.press("Leave")
    await has_no_barrier(pat, "the question whether to leave")


async def the_keyboard_comes_back(dana: Facilitator) -> None:
    """A dialog begins at its gentle answer, and gives the keyboard back however it is closed."""
    more = dana.button("More for Pat Morrow")
    await more.focus()
    for way_out in ("Enter", "Escape"):
        await dana.page.keyboard.press("Enter")
        await expect(dana.button("Cancel")).to_be_focused()
        await dana.page.keyboard.press(way_out)
        await expect(more).to_be_focused()


async def the_end(dana: Facilitator, pat: Client) -> None:
    await pat.page.get_by_role("dialog").get_by_role("button", name="Leave", exact=True).click()
    await pat.sees("You have left the session")
    await has_no_barrier(pat, "after leaving")
    await dana.page.set_viewport_size({"width": DESK, "height": 720})
    await dana.confirm("End session", "End for everyone")
    await dana.sees("The session has ended")
    await dana.page.get_by_role("link", name="Attendance and notes").click()
    await dana.page.get_by_text("Why these numbers").first.click()
    await has_no_barrier(dana, "attendance")


async def test_a_barrier_would_be_found(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": PHONE, "height": 720})
    await page.set_content(
        "<main><h1>Hello</h1><img src='x.png'><p style='width: 400px'>Too wide</p>"
        "<button style='position: fixed; right: -9px'>Leave</button></main>"
    )
    found = await barriers(page)
    assert [one for one in found if one.startswith("image-alt")]
    assert "cut off at the side: Leave" in found
    assert [one for one in found if one.endswith(f"on a screen of {PHONE}")]
    await page.close()
