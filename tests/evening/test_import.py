"""An administrator brings a file of clients: a wrong line is named, the file is mended, and then everybody is there."""

import os
from pathlib import Path

from playwright.async_api import Browser, FilePayload, expect

from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Facilitator

HEADER = "MRN,Full name,DOB,Cell,State\n"
WRONG = HEADER + "1,Sam Okonjo,1990-04-23,(614) 555-0134,OH\n2,Zoë Núñez,31/31/1990,,Ohio\n"
MENDED = HEADER + "1,Sam Okonjo,1990-04-23,(614) 555-0134,OH\n2,Zoë Núñez,1991-03-30,,OH\n"
PICTURES = os.environ.get("PICTURES")  # noqa: TID251  a folder for pictures to look at


async def look(lena: Facilitator, name: str) -> None:
    """The page has no barrier, wide and narrow, light and dark; the keyboard's place is kept."""
    for scheme, width in (("light", 1440), ("dark", 320)):
        await lena.page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        await lena.page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            await lena.page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        assert await barriers(lena.page) == [], (name, scheme, width)


async def brings(lena: Facilitator, text: str) -> None:
    chosen: FilePayload = {"name": "clients.csv", "mimeType": "text/csv", "buffer": text.encode()}
    await lena.page.get_by_label("CSV file").set_input_files(chosen)
    await lena.press("Check the file")


async def takes_in(lena: Facilitator) -> None:
    """The preview is still there after a reload; its clients are found afterwards."""
    await lena.page.reload()
    await lena.press("Add 2 clients")
    await expect(lena.page.get_by_text("Done: 2 clients added, 0 changed.")).to_be_visible()
    await look(lena, "applied")
    await lena.page.get_by_role("link", name="See all clients").click()
    await lena.page.get_by_role("searchbox").fill("nunez")
    await expect(lena.page.get_by_role("link", name="Zoë Núñez")).to_be_visible()


async def test_a_file_is_checked_mended_and_taken_in(vesper: Running, browser: Browser) -> None:
    lena = await Facilitator.at_a_screen(browser)
    await lena.sign_in(vesper.origin, vesper.demo["administrator_email"], vesper.demo["password"])
    await lena.page.goto(f"{vesper.origin}/clients/import")
    await lena.sees("Import clients")
    await lena.press("Check the file")
    await expect(lena.page.get_by_label("CSV file")).to_be_focused()
    await expect(lena.page.get_by_text("Choose a file first.")).to_be_visible()
    await brings(lena, "PK\x03\x04 a workbook")
    await expect(lena.page.get_by_text("This is a workbook or a zip file.")).to_be_visible()
    await look(lena, "refused")
    lena.errors.clear()  # the browser logs refusals
    await brings(lena, WRONG)
    await expect(lena.page.get_by_text("This is no day.")).to_be_visible()
    await expect(lena.page.get_by_text("Give the state's two letters")).to_be_visible()
    await expect(lena.button("Add 1 client")).to_have_count(0)
    await look(lena, "wrong")
    await brings(lena, MENDED)
    await expect(lena.button("Add 2 clients")).to_be_visible()
    await look(lena, "preview")
    await takes_in(lena)
    await lena.page.goto(f"{vesper.origin}/clinic/exports")
    await lena.sees("Export everything")
    await look(lena, "exports")
    assert lena.errors == []
    await lena.close()
