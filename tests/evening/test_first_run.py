"""An administrator sets up a clinic, from the printed link until a client's link opens the first group's lobby: with
the keyboard alone, and every screen is held against axe.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from runtime.clock import now
from runtime.settings import SeedSettings
from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Client, Facilitator
from vesper.clinic import NewClinic, create_and_show

MOST_SCREENS = 12
MOST_FIELDS = 40
ZONE = "America/Chicago"


class Setup:
    """The administrator at the screens of the first run."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screens: dict[str, int] = {}

    async def arrives(self, title: str) -> None:
        """The screen is there: it counts, with its fields, and has no barrier, wide or narrow."""
        await self.page.get_by_role("heading", level=1, name=title).wait_for()
        await expect(self.page.locator(".wait")).to_have_count(0)
        for width in (1000, 320):
            await self.page.set_viewport_size({"width": width, "height": 720})
            assert await barriers(self.page) == [], f"{title}, {width} px wide"
        fields = (
            "main input:not([type=radio]):not(.calendar), main select, main textarea, main fieldset:has([type=radio])"
        )
        self.screens[title] = await self.page.locator(fields).count()

    async def types(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label).and_(self.page.locator("input"))
        await field.focus()
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)

    async def presses(self, name: str) -> None:
        button = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name, exact=True))
        await button.first.focus()
        await self.page.keyboard.press("Enter")


@pytest.fixture
async def printed(vesper: Running, database_url: str, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[str]:
    """The link that `vesper create-clinic` prints."""
    settings = SeedSettings(database_url=database_url, public_origin=vesper.origin)
    await asyncio.to_thread(create_and_show, settings, NewClinic("Hillside Recovery", ZONE), as_json=True)
    yield json.loads(capsys.readouterr().out)["url"]


async def test_an_administrator_sets_up_a_clinic(printed: str, browser: Browser) -> None:
    lena = await Facilitator.at_a_screen(browser)
    setup, page = Setup(lena.page), lena.page
    await page.goto(printed)
    await becomes_administrator(setup)
    await names_the_clinic_and_its_program(setup)
    await invites_and_admits(setup)
    link = await plans_the_first_group(setup)
    assert len(setup.screens) <= MOST_SCREENS and sum(setup.screens.values()) <= MOST_FIELDS, setup.screens
    await comes_back(setup, printed)
    await plans_yoga_and_mutual_help(setup)

    pat = await Client.at_a_screen(browser)
    await pat.open_link(link)
    await pat.page.get_by_role("heading", level=1).wait_for()
    await expect(pat.page.get_by_text("First evening").first).to_be_visible()
    await pat.enter_lobby()
    await pat.close()
    assert [error for error in lena.errors if "422" not in error and "410" not in error] == []
    await lena.close()


async def becomes_administrator(setup: Setup) -> None:
    await setup.arrives("Let us set up Hillside Recovery")
    assert "#" not in setup.page.url, "the secret has left the address"
    await setup.types("Your name", "Lena Castell")
    await setup.types("Your e-mail", "lena@hillside.example")
    await setup.types("Choose a password", "password1234")
    await setup.page.get_by_role("checkbox", name="I lead groups as well").press("Space")
    await setup.presses("Begin")
    await expect(setup.page.get_by_label("Choose a password").and_(setup.page.locator("input"))).to_be_focused()
    await expect(setup.page.get_by_label("Your name")).to_have_value("Lena Castell")
    await setup.types("Choose a password", "three otters juggle lanterns")
    await setup.presses("Begin")
    await setup.arrives("A second step for your sign-in")
    await setup.presses("Later")


async def names_the_clinic_and_its_program(setup: Setup) -> None:
    await setup.arrives("Your clinic")
    await setup.types("Name of the clinic", "Hillside")
    await setup.presses("Save and go on")
    await setup.arrives("Your first program")
    await setup.page.go_back()
    await expect(setup.page.get_by_label("Name of the clinic")).to_have_value("Hillside")
    await setup.page.go_forward()
    await setup.types("Name of the program", "Evenings")
    await setup.presses("Save and go on")
    await setup.arrives("A kind of session of your own")
    await setup.types("What do you call it?", "Yoga")
    await setup.presses("Save and go on")


async def invites_and_admits(setup: Setup) -> None:
    await setup.arrives("Who leads the groups")
    await setup.types("Name", "Marcus Ibe")
    await setup.types("E-mail", "marcus@hillside.example")
    await setup.presses("Invite to lead groups")
    await expect(setup.page.get_by_text("The link is on its way.")).to_be_visible()
    await setup.presses("Go on")
    await setup.arrives("Your first clients")
    await setup.types("Client 1: name", "Pat Morrow")
    await setup.types("Client 2: name", "\u200b")
    await setup.presses("Save and go on")
    await expect(setup.page.get_by_label("Client 2: name")).to_be_focused()
    await setup.types("Client 2: name", "Sam Okonjo")
    await setup.presses("Save and go on")


async def plans_the_first_group(setup: Setup) -> str:
    await setup.arrives("Your first group")
    starts = now().astimezone(ZoneInfo(ZONE)) + timedelta(minutes=5)
    await setup.types("Title", "First evening")
    await setup.types("Day", f"{starts:%m/%d/%Y}")
    await setup.types("Begins at", f"{starts:%H:%M}")
    await setup.presses("Plan the group")
    await setup.arrives("The clients' links")
    await setup.presses("Make the link for Pat Morrow")
    shown = setup.page.get_by_role("status").filter(has_text="/join#")
    link = await shown.inner_text()
    await setup.presses("Go on")
    await setup.arrives("Your clinic is ready")
    return link


async def comes_back(setup: Setup, printed: str) -> None:
    """The link is spent; who is signed in sees what is there and what is left."""
    await setup.page.goto("about:blank")
    await setup.page.goto(printed)
    await setup.page.get_by_text("This link was used already").wait_for()
    await setup.presses("Sign in")
    await setup.arrives("Setting up your clinic")
    for step in ("Your first program", "Your first clients", "Your first group"):
        await expect(setup.page.get_by_role("listitem").filter(has_text=step)).to_contain_text("There")


async def plans_yoga_and_mutual_help(setup: Setup) -> None:
    """What is planned for another day is found before it, with the clinic's own word."""
    page, starts = setup.page, now().astimezone(ZoneInfo(ZONE)) + timedelta(days=3)
    for way, kind in (("To the office", "Yoga (counts as Expressive)"), ("Today's sessions", "Mutual help")):
        await setup.presses(way)
        await setup.presses("Plan a session")
        await setup.arrives("Plan a session")
        await page.get_by_label("Kind").select_option(label=kind)
        await setup.types("Day", f"{starts:%m/%d/%Y}")
        await setup.types("Begins at", "18:00")
        await expect(page.get_by_text("Nothing is kept")).to_have_count(1 if kind == "Mutual help" else 0)
        await setup.presses("Plan it")
        if kind != "Mutual help":
            await setup.arrives("Who comes to Yoga, Evenings")
    await setup.arrives("The coming two weeks")
    for title in ("Yoga, Evenings", "Mutual help, Evenings"):
        await expect(page.get_by_role("article", name=title)).to_be_visible()
