"""A client looks at their hours: the link opens the door, and a code from their own mailbox opens the hours."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from server.demo.seed import DemoClinic
from store.database import Database
from tests.evening.accessibility import barriers
from tests.evening.people import Client, Facilitator
from tests.faults.processes.installation import Installation, demo, installed
from tests.mail_server import Postman, serving
from tests.waiting import eventually

ADDRESS = "pat@mail.example"


@pytest.fixture
async def postman() -> AsyncIterator[Postman]:
    async with serving() as postman:
        yield postman


@pytest.fixture
async def installation(tmp_path: Path, database_url: str, postman: Postman) -> AsyncIterator[Installation]:
    mail = {
        "SMTP_HOST": "localhost",
        "SMTP_PORT": str(postman.port),
        "SMTP_TLS": "none",
        "MAIL_FROM": "no@reply.example",
    }
    async with installed(tmp_path / "data", database_url, nodes=0, **mail) as one:
        yield one


async def set_contact(lena: Facilitator, origin: str, link: str) -> None:
    """What a member of staff does on the client's page, asked of the service by their browser."""

    async def ask(method: str, path: str, body: dict[str, str]) -> Any:
        sent = await lena.context.request.fetch(origin + path, method=method, data=body, headers={"Origin": origin})
        assert sent.ok, await sent.text()
        return await sent.json()

    opened = await ask("POST", "/api/join-links/open", {"link": link})
    await ask("PUT", f"/api/persons/{opened['person']}/identity/contact", {"address": ADDRESS})


async def code_from(postman: Postman) -> str:
    """The code in the mail that came for Pat; the demo clinic sends others."""

    async def arrived() -> bool:
        return any(mail["To"] == ADDRESS for mail in postman.accepted)

    await eventually(arrived)
    mail = next(mail for mail in postman.accepted if mail["To"] == ADDRESS)
    postman.accepted.clear()
    return re.findall(r"^(\d{6})\r?$", mail.get_content(), re.MULTILINE)[0]


async def wrong_then_right(pat: Client, postman: Postman) -> None:
    """A mistyped code is explained at its field, which keeps it and has the keyboard; the right one opens the hours."""
    code = await code_from(postman)
    field = pat.page.get_by_label("Code", exact=True)
    await expect(field).to_be_focused()
    mistyped = f"{(int(code) + 1) % 1_000_000:06d}"
    await field.fill(mistyped)
    await pat.page.keyboard.press("Enter")
    await expect(pat.page.get_by_role("alert")).to_contain_text("That is not the code of our newest message")
    await expect(field).to_have_value(mistyped)
    await expect(field).to_be_focused()
    assert await barriers(pat.page) == []
    await pat.page.keyboard.type(code)
    await pat.page.keyboard.press("Enter")
    await pat.sees("My hours")


async def moves_codes(pat: Client, postman: Postman) -> None:
    """Codes go to another address, with a code from the present one."""
    await pat.press("Change my e-mail address for codes")
    await pat.press("Send a code to my present address")
    await pat.page.get_by_label("Code", exact=True).fill(await code_from(postman))
    await pat.page.get_by_label("New e-mail address").fill("pat@new.example")
    assert await barriers(pat.page) == []
    await pat.press("Change the address")
    await expect(pat.page.get_by_text("Future codes go to the new address")).to_be_visible()


async def keeps_a_log(pat: Client, lena: Facilitator, origin: str) -> None:
    """The same browser opens the client's own list of meetings; staff see nothing of it before it is shared."""
    await pat.press("Back to the door")
    await pat.press("My meetings")
    await pat.sees("My meetings")
    await pat.page.get_by_label("It was my home group").check()
    await pat.press("Add a meeting")
    await expect(pat.page.get_by_text("Twelve steps · It was my home group")).to_be_visible()
    assert await barriers(pat.page) == []
    [listed] = [one for one in (await lena.page.evaluate(ENROLLED))["items"] if one["display_name"] == "Pat Morrow"]
    await lena.page.goto(f"{origin}/clients/{listed['id']}?part=groups")
    await expect(lena.page.get_by_text("They share no list of meetings")).to_be_visible()
    await pat.press("Share it with my care team")
    await expect(pat.page.get_by_text("Your care team sees this list.")).to_be_visible()
    await lena.page.reload()
    await expect(lena.page.get_by_text("Twelve steps · It was my home group")).to_be_visible()
    assert await barriers(lena.page) == []


ENROLLED = "() => fetch('/api/persons').then(answer => answer.json())"


@pytest.mark.chromium
async def test_a_client_sees_their_hours_with_a_code_from_their_own_mailbox(
    installation: Installation, database: Database, browser: Browser, postman: Postman
) -> None:
    clinic: DemoClinic = await demo(database, installation.origin, 3)
    lena = await Facilitator.at_a_screen(browser, width=1280, one_origin=False)
    await lena.sign_in(installation.origin, clinic.administrator_email, clinic.password)
    link = clinic.links[0].url
    await set_contact(lena, installation.origin, link.partition("#")[2])

    pat = await Client.at_a_screen(browser, width=375, one_origin=False)
    await pat.open_link(link)
    await pat.press("My hours")
    await pat.sees("Please confirm that it is you")
    assert await barriers(pat.page) == []
    await pat.press("Send me a code")
    await wrong_then_right(pat, postman)
    await expect(pat.page.get_by_text(re.compile(r"^0 hours of \d+ h$")).first).to_be_visible()
    for scheme in ("light", "dark"):
        await pat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert await barriers(pat.page) == []

    await moves_codes(pat, postman)
    await pat.press("Back to the door")
    await pat.page.reload()
    await pat.press("My hours")
    await pat.sees("My hours")
    await keeps_a_log(pat, lena, installation.origin)

    await lena.page.goto(f"{installation.origin}/clinic/outbox")
    await lena.sees("Outgoing mail")
    row = lena.page.get_by_role("row").filter(has_text="Code for a client").first
    await expect(row).to_contain_text("Sent")
    await expect(row).to_contain_text(ADDRESS)
    assert not re.search(r"\b\d{6}\b", await lena.page.content()), "no code is on the page"
    for person in (lena, pat):
        await person.context.close()
