"""Every page that the staff app's table knows, as an administrator opens it: there it is, and axe finds no barrier."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, expect

from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Facilitator, Somebody

TABLE = Path(__file__).parents[2] / "web" / "src" / "staff" / "office" / "screens.ts"
TABS = TABLE.parents[1] / "clients" / "tabs.ts"
LOOKS: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 1280), ("dark", 320))
LISTS = {
    "person": "/api/staff",
    "member": "/api/staff",
    "client": "/api/enrolments",
    "inquiry": "/api/inquiries",
    "program": "/api/programs",
    "session": "/api/sessions",
}
"""The list whose first entry's id stands in an address for the id of that name."""
NOT_THERE = ["There is no such page", "This page is not open to you", "This page cannot be shown"]


def screens() -> list[str]:
    """The addresses in the table, with the names of ids in them. Pages that stand alone have stories of their own."""
    entries = re.findall(r'\bscreen\("([^"]+)",\s*\{([^}]*)\}', TABLE.read_text())
    return [path for path, entry in entries if "alone: true" not in entry] + client_parts()


def client_parts() -> list[str]:
    """The addresses of the parts of a client's page."""
    return [f"/clients/:client?part={name}" for name in re.findall(r'\{ name: "(\w+)"', TABS.read_text())]


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
async def test_no_page_of_the_office_has_a_barrier(
    vesper: Running, browser: Browser, scheme: Literal["light", "dark"], width: int
) -> None:
    lena = await Facilitator.at_a_screen(browser, width=width)
    await lena.sign_in(vesper.origin, vesper.demo["administrator_email"], vesper.demo["password"])
    await lena.page.emulate_media(color_scheme=scheme)
    assert {"/", "/staff", "/clients/:client?part=guests"} <= set(screens())
    for path in screens():
        await lena.page.goto(vesper.origin + await with_ids(lena, path))
        await has_come_to_rest(lena)
        assert await barriers(lena.page) == [], path
    assert lena.errors == []
    await lena.close()


async def with_ids(somebody: Somebody, path: str) -> str:
    """The address with real ids, from the first entries of their lists."""
    for name in re.findall(r":(\w+)", path):
        listed = await somebody.page.evaluate("path => fetch(path).then(answer => answer.json())", LISTS[name])
        first = listed["items"][0]
        path = path.replace(f":{name}", first.get(name, first["id"]))  # an enrolment names its client
    return path


async def has_come_to_rest(somebody: Somebody) -> None:
    heading = somebody.page.get_by_role("heading", level=1)
    await heading.wait_for()
    await expect(somebody.page.locator(".wait, .stand-in")).to_have_count(0)
    assert await heading.inner_text() not in NOT_THERE
