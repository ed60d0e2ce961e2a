"""A client asks who looked at their record: the supervisor finds it in two clicks, narrows it down, and prints it."""

from playwright.async_api import Browser, expect

from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Facilitator


async def test_a_client_asks_who_looked(vesper: Running, browser: Browser) -> None:
    lena = await Facilitator.at_a_screen(browser)
    await lena.sign_in(vesper.origin, vesper.demo["administrator_email"], vesper.demo["password"])
    people = await lena.page.evaluate("fetch('/api/persons').then(answer => answer.json())")
    pat = next(one for one in people["items"] if one["display_name"] == "Pat Morrow")
    await lena.page.evaluate(f"fetch('/api/persons/{pat['id']}')")

    await lena.page.get_by_role("link", name="Clinic", exact=True).click()
    await lena.page.get_by_role("link", name="Who looked").first.click()
    await lena.page.get_by_role("table").wait_for()
    await lena.page.get_by_role("row").filter(has_text="a person's page").get_by_role("link", name="Pat Morrow").click()
    await lena.page.get_by_role("heading", name="Who looked at the record of Pat Morrow").wait_for()

    rows = lena.page.get_by_role("row")
    await expect(rows.filter(has_text="Lena Castell").filter(has_text="Saw: a person's page")).to_have_count(1)
    await expect(rows.filter(has_text="Saw: a list of people")).not_to_have_count(0)
    await expect(lena.page.get_by_text("Sam Okonjo")).to_have_count(0)

    await lena.page.get_by_label("Who looked").select_option(label="Marcus Ibe")
    await lena.page.get_by_text("Nobody looked in this time.").wait_for()
    await lena.page.get_by_label("Who looked").select_option(label="Anybody")
    first, last = lena.page.get_by_label("From"), lena.page.get_by_label("Until, with that day")
    await first.fill("tomorrow")
    await last.fill("today")
    await last.press("Tab")
    await lena.page.get_by_text("This is before the first day.").wait_for()
    assert await barriers(lena.page) == []

    await lena.page.emulate_media(media="print")
    await expect(lena.page.get_by_role("button", name="Print")).to_be_hidden()
    await expect(lena.page.get_by_text("Printed ")).to_be_visible()
    assert lena.errors == []
    await lena.close()
