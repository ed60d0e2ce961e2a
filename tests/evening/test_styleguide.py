"""Every part of the design in all its states: for who sees little, uses no mouse, or holds a small phone."""

import mimetypes
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, Route, async_playwright, expect

from runtime.settings import ServerSettings
from server.web_app import security_headers
from tests.evening.accessibility import barriers
from tests.evening.people import FLAGS, Somebody

pytestmark = pytest.mark.asyncio(loop_scope="module")
WEB = Path(__file__).parents[2] / "web"
ORIGIN = "https://styleguide.test/"
DESK, PHONE = 1280, 320
SETTINGS = ServerSettings(database_url="", ticket_key=b"", note_private_key=b"", note_wrapping_keys=())
"""The policy of an answer depends on where the sockets are, and on nothing else here."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The styleguide as a folder of files; no build of the app makes it."""
    folder = tmp_path_factory.mktemp("styleguide")
    command = [WEB / "node_modules" / ".bin" / "vite", "build", "--config", "styleguide.config.ts", "--outDir", folder]
    subprocess.run([*command, "--logLevel", "error"], cwd=WEB, check=True)
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def somebody(built: Path, chromium_path: str) -> AsyncIterator[Somebody]:
    """One person with one browser for all these stories: starting it takes longer than they do."""
    headers = dict(security_headers(SETTINGS))

    async def answer(route: Route) -> None:
        file = built / route.request.url.removeprefix(ORIGIN).split("#")[0]
        kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
        await route.fulfill(body=file.read_bytes(), headers=headers | {"Content-Type": kind})

    async with async_playwright() as opened:
        browser = await opened.chromium.launch(executable_path=chromium_path, args=FLAGS)
        reader = await Somebody.at_a_screen(browser)
        await reader.page.route("**/*", answer)
        yield reader
        await reader.close()


@pytest_asyncio.fixture(loop_scope="module")
async def reader(somebody: Somebody) -> AsyncIterator[Somebody]:
    """Somebody who opens the styleguide, under the policy that the app runs under."""
    await somebody.page.set_viewport_size({"width": DESK, "height": 800})
    await somebody.page.goto(ORIGIN + "styleguide.html")
    await somebody.sees("Styleguide")
    yield somebody
    assert somebody.errors == []
    assert await somebody.page.evaluate("violations") == [], "the strict policy blocks nothing"


async def test_no_part_has_a_barrier(reader: Somebody) -> None:
    for width in (DESK, PHONE):
        await reader.page.set_viewport_size({"width": width, "height": 800})
        for theme in ("light", "dark"):
            await reader.page.emulate_media(color_scheme="light" if theme == "light" else "dark")
            assert await barriers(reader.page) == [], f"{theme}, {width} px wide"


async def test_open_parts_have_no_barrier(reader: Somebody) -> None:
    page = reader.page
    await page.set_viewport_size({"width": PHONE, "height": 800})
    await reader.press("Menu")
    assert await barriers(page, ".frame-head") == [], "the menu"
    await page.keyboard.press("Escape")
    await expect(reader.button("Menu")).to_be_focused()
    await combobox(page, "Person").click()
    await expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    assert await barriers(page, ".field:has([aria-expanded=true])") == [], "suggestions"
    await reader.press("With consequences")
    assert await barriers(page, "dialog") == [], "a question"
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(
        page.get_by_role("log").get_by_text("Pat Morrow was removed from the list.", exact=True)
    ).to_be_visible()
    assert await barriers(page, ".toasts") == [], "news"


async def test_a_person_is_found_by_keyboard(reader: Somebody) -> None:
    page = reader.page
    person = combobox(page, "Person")
    await person.press_sequentially("morr far")
    options = page.get_by_role("listbox").get_by_role("option")
    await expect(options).to_have_text(["Farah Morrow" + "Left"])
    await person.fill("nunez")
    await expect(options).to_have_count(11)
    await person.press("ArrowUp")
    await person.press("ArrowDown")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    active = await person.get_attribute("aria-activedescendant")
    assert active == await options.first.get_attribute("id")
    await person.press("Enter")
    await expect(options).to_have_count(0)
    await expect(person).to_have_value("Ana Núñez")
    await person.press("Escape")
    await expect(person).to_have_value("")
    await person.fill("nobody")
    await person.press("Tab")
    await expect(person).to_have_attribute("aria-invalid", "true")
    await expect(person).to_have_accessible_description(
        "Type a name or a group “nobody” is not in the list. Choose one of the suggestions."
    )


async def test_suggestions_may_come_from_afar(reader: Somebody) -> None:
    page = reader.page
    person = combobox(page, "Person, fetched")
    await person.fill("dana p")
    await expect(page.get_by_role("status").filter(has_text="Searching…")).to_have_count(1)
    await expect(page.get_by_role("status").filter(has_text="1 suggestion")).to_have_count(1)
    await person.press("ArrowDown")
    await person.press("Enter")
    await expect(person).to_have_value("Dana Patel")
    await combobox(page, "Person, no network").fill("dana")
    await expect(page.get_by_role("status").filter(has_text="The search did not work.")).to_have_count(1)


async def test_a_day_is_typed(reader: Somebody) -> None:
    day = reader.page.get_by_role("textbox", name="Day", exact=True)
    await day.press_sequentially("14 march 2026")
    await expect(reader.page.get_by_text("Saturday, March 14, 2026")).to_be_visible()
    await day.press("ArrowUp")
    await day.press("Tab")
    await expect(day).to_have_value("Sun, Mar 15, 2026")
    await day.fill("one day")
    await expect(day).to_have_attribute("aria-invalid", "false")
    await day.press("Tab")
    await expect(day).to_have_attribute("aria-invalid", "true")
    await expect(day).to_have_value("one day")
    ends = reader.page.get_by_role("textbox", name="Ends")
    await ends.fill("9")
    await ends.press("Tab")
    await expect(ends).to_have_value("9:00 PM")
    lasts = reader.page.get_by_role("textbox", name="Lasts", exact=True)
    await lasts.fill("1:15")
    await lasts.press("Tab")
    await expect(lasts).to_have_value("1 h 15 min")
    zone = combobox(reader.page, "Time zone")
    await zone.fill("pst")
    await zone.press("ArrowDown")
    await zone.press("Enter")
    await expect(zone).to_have_value("Pacific Time")


async def test_a_form_leads_to_what_it_lacks(reader: Somebody) -> None:
    await reader.press("Invite")
    summary = reader.page.get_by_role("alert").filter(has_text="3 answers need your attention")
    await expect(summary).to_be_focused()
    await reader.page.keyboard.press("Tab")
    await reader.page.keyboard.press("Enter")
    await expect(reader.page.get_by_role("textbox", name="E-mail").first).to_be_focused()


async def test_tabs_follow_the_arrows(reader: Somebody) -> None:
    tabs = reader.page.get_by_role("tab")
    await tabs.first.focus()
    for key, name in (
        ("ArrowRight", "Notes"),
        ("End", "Treatment plan"),
        ("ArrowRight", "Attendance"),
        ("ArrowLeft", "Treatment plan"),
        ("Home", "Attendance"),
    ):
        await reader.page.keyboard.press(key)
        await expect(reader.page.get_by_role("tab", name=name, selected=True)).to_be_focused()
        await expect(reader.page.get_by_role("tabpanel", name=name)).to_be_visible()


async def test_what_was_done_can_be_undone(reader: Somebody) -> None:
    page = reader.page
    ask = reader.button("With consequences")
    await ask.focus()
    for way_out in ("Enter", "Escape"):
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
        await page.keyboard.press(way_out)
        await expect(ask).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    undo = page.get_by_role("region", name="News", exact=True).get_by_role("button", name="Undo")
    await undo.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log").get_by_text("Undone.")).to_be_visible()
    await expect(ask).to_be_focused()


async def test_a_question_stays_when_it_failed(reader: Somebody) -> None:
    await reader.press("That fails")
    dialog = reader.page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Remove").press("Enter")
    await expect(dialog.get_by_role("alert")).to_have_text("The room could not be reached. Pat is still in it.")
    await expect(dialog.get_by_role("button", name="Remove")).to_be_focused()


async def test_rows_are_sorted_and_turned_by_keyboard(reader: Somebody) -> None:
    page = reader.page
    table = page.get_by_role("table", name="People", exact=True)
    hours = table.get_by_role("columnheader", name="Hours")
    await hours.get_by_role("button").press("Enter")
    await expect(hours).to_have_attribute("aria-sort", "ascending")
    await hours.get_by_role("button").press("Enter")
    await expect(hours).to_have_attribute("aria-sort", "descending")
    await expect(page.get_by_role("log").get_by_text("Sorted by Hours, descending")).to_have_count(1)
    await expect(table.get_by_role("row")).to_have_count(11)
    await reader.button("Next").press("Enter")
    await expect(page.get_by_role("log").get_by_text("Rows 11 to 20 of 43")).to_have_count(1)
    await expect(reader.button("Next")).to_be_focused()


async def test_rows_are_cards_on_a_phone_and_a_table_still(reader: Somebody) -> None:
    page = reader.page
    await page.set_viewport_size({"width": PHONE, "height": 800})
    table = page.get_by_role("table", name="People", exact=True)
    await expect(table.get_by_role("row")).to_have_count(10)
    await page.get_by_label("Sort by").select_option("Group")
    await reader.press("Reverse the order")
    await expect(table.get_by_role("rowheader").first).to_be_visible()
    await expect(table.get_by_role("cell").first).to_have_text("Group" + "Morning group")


async def test_the_app_is_built_without_it() -> None:
    files = [file for file in (WEB / "dist").rglob("*") if file.suffix in {".html", ".js", ".css"}]
    assert files
    assert [str(file) for file in files if "styleguide" in (file.name + file.read_text()).lower()] == []


def combobox(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=f"{name} (optional)" if name.startswith("Person") else name, exact=True)
