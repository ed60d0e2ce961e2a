"""A client who came by no inquiry: added, enrolled, given a link that opens the door, and the link withdrawn."""

from playwright.async_api import Browser, Page, expect

from tests.evening.conftest import Running
from tests.evening.people import Client, Facilitator


async def test_a_new_client_gets_a_place_and_a_link_from_their_own_page(vesper: Running, browser: Browser) -> None:
    lena = await Facilitator.at_a_screen(browser)
    await lena.sign_in(vesper.origin, vesper.demo["administrator_email"], vesper.demo["password"])
    page = lena.page
    await page.goto(f"{vesper.origin}/clients/new")
    await page.get_by_label("Name to use").fill("Ana Vidal")
    await page.get_by_role("button", name="Add").last.click()

    await page.get_by_role("tab", name="Link", exact=True).click()
    await page.get_by_role("link", name="To the enrolments").click()
    await enrol(page)

    await page.get_by_role("tab", name="Link", exact=True).click()
    await page.get_by_role("button", name="Make a link").click()
    url = await page.get_by_role("status").locator(".long-word").inner_text()
    ana = await Client.at_a_screen(browser)
    await ana.open_link(url)
    await expect(ana.page.get_by_text("Ana Vidal").first).to_be_visible()

    await page.get_by_role("button", name="Withdraw the link made").click()
    await page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    await expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()
    await ana.page.reload()
    await ana.sees("This link does not open")
    assert lena.errors == []
    await lena.close()
    await ana.close()


async def enrol(page: Page) -> None:
    """First without saying where, which the form refuses at that field; then in a phase of a program."""
    await page.get_by_role("button", name="Enrol in a program").click()
    await page.get_by_role("button", name="Enrol", exact=True).click()
    await expect(page.get_by_role("combobox", name="Program")).to_be_focused()
    await expect(page.get_by_text("This is still missing.")).to_be_visible()
    await page.get_by_role("combobox", name="Program").select_option(index=1)
    await expect(page.get_by_role("combobox", name="Phase").get_by_role("option")).not_to_have_count(1)
    await page.get_by_role("combobox", name="Phase").select_option(index=1)
    await page.get_by_role("button", name="Enrol", exact=True).click()
    await expect(page.get_by_text("In the program", exact=True)).to_be_visible()
