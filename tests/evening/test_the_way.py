"""From the first call to the discharge, as a supervisor writes it: with the keyboard alone."""

import re

from playwright.async_api import Browser, Locator, Page, expect

from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Facilitator


async def chooses(page: Page, label: str, option: str) -> None:
    """Choose in a list by typing the option's first letters, or in a group of buttons with the space bar."""
    found = page.get_by_label(label, exact=False).and_(page.locator("select"))
    await found.focus()
    await page.keyboard.type(option)


async def presses(button: Locator) -> None:
    await button.focus()
    await button.press("Enter")


async def answers(page: Page, question: str, answer: str) -> None:
    choice = page.get_by_role("group", name=question).get_by_label(answer, exact=True)
    await choice.focus()
    await choice.press("Space")


async def takes(page: Page, step: str) -> None:
    """Choose what happens next, if it is not chosen already."""
    choice = page.get_by_role("group", name="What happens next").get_by_label(step, exact=True)
    await choice.focus()
    await choice.press("Space")


async def test_from_the_first_call_to_the_discharge(vesper: Running, browser: Browser) -> None:
    ruth = await Facilitator.at_a_screen(browser)
    page = ruth.page
    await ruth.sign_in(vesper.origin, vesper.demo["supervisor_email"], vesper.demo["password"])
    await presses(page.get_by_role("link", name="Inquiries", exact=True))
    waiting = page.get_by_role("row").filter(has_text="Tamsin Vale")
    await expect(waiting).to_contain_text("Interim services within 48 hours: overdue since")
    await presses(page.get_by_role("link", name="New inquiry"))

    await asks_and_is_admitted(page)
    await goes_on_leave_and_is_discharged(page)
    assert [error for error in ruth.errors if "422" not in error] == []
    await ruth.close()


async def asks_and_is_admitted(page: Page) -> None:
    await page.get_by_label("Name", exact=True).fill("Noor Vasquez")
    await presses(page.get_by_role("button", name="Save the inquiry"))
    await expect(page.get_by_label("Phone or e-mail")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Name", exact=True)).to_have_value("Noor Vasquez")
    await page.get_by_label("Phone or e-mail").fill("(555) 010-0199")
    await page.get_by_role("checkbox", name="A court date").press("Space")
    await presses(page.get_by_role("button", name="Save the inquiry"))
    await page.get_by_role("heading", name="Noor Vasquez").wait_for()

    await page.get_by_label("Notes").fill("Drinks daily; no withdrawal now.")
    await presses(page.get_by_role("button", name="Screen"))
    await expect(page.get_by_text("Drinks daily; no withdrawal now.")).to_be_visible()
    await takes(page, "Answer eligibility")
    for question in ("18 or older?", "Detox completed?", "Support at home?", "A device and a private place?"):
        await answers(page, question, "Yes")
    await answers(page, "In a state where we may treat?", "No")
    await presses(page.get_by_role("button", name="Answer eligibility"))
    await expect(page.get_by_text("Say why they may come all the same").first).to_be_visible()
    await page.get_by_label("Why they may come all the same").fill("Moves here on Monday.")
    await presses(page.get_by_role("button", name="Answer eligibility"))
    await expect(page.get_by_text("Ready to decide")).to_be_visible()
    assert await barriers(page) == []

    await takes(page, "Admit")
    await presses(page.get_by_role("button", name="See what it changes"))
    await presses(page.get_by_role("dialog").get_by_role("button", name="Admit", exact=True))
    await presses(page.get_by_role("link", name="Open the client's page"))


async def goes_on_leave_and_is_discharged(page: Page) -> None:
    program = page.get_by_role("region", name="Evening SUD IOP")
    await expect(program).to_contain_text("In the program")

    await chooses(page, "What happens", "Leave")
    await chooses(page, "Reason", "Hospital")
    await presses(page.get_by_role("button", name="See what it changes"))
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("their link opens no group")
    assert await barriers(page) == []
    await presses(dialog.get_by_role("button", name="Record it"))
    await expect(program).to_contain_text("On leave")
    await presses(page.get_by_role("button", name=re.compile("^Withdraw: Leave")))
    await expect(dialog).to_contain_text("their link opens groups")
    await presses(dialog.get_by_role("button", name="Withdraw it"))
    await expect(program).to_contain_text("Withdrawn by Ruth Calloway")

    await chooses(page, "What happens", "Discharged")
    await chooses(page, "Reason", "Moved")
    await page.get_by_label("Where to, and continuing care").fill("To her sister; goes on with Dr Low.")
    await presses(page.get_by_role("button", name="See what it changes"))
    await expect(dialog).to_contain_text("their link opens no group")
    await presses(dialog.get_by_role("button", name="Record it"))
    await expect(program).to_contain_text("To her sister; goes on with Dr Low.")
    await expect(program.get_by_text("Discharged").first).to_be_visible()
    assert await barriers(page) == []
