"""Somebody is invited to work here, follows the link, chooses a password, adds the second step and is at work."""

import pyotp
from playwright.async_api import Browser, expect

from runtime.clock import now
from store.database import Database
from store.mail import outbox
from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Facilitator
from workers.mail.kinds import KINDS, Desk

EMAIL = "kofi@riverbend.example"
OWN = "three otters juggle lanterns"


async def link_sent(database: Database, origin: str) -> str:
    """The link of the invitation that waits, as the worker that sends mails makes it."""
    desk = Desk(origin=origin, code_key=b"")
    async with database.transaction() as tx:
        (mail,) = [mail for mail in await outbox.secrets_waiting(tx) if mail.address == EMAIL]
        link = await KINDS[mail.kind](tx, mail, desk, now())
    assert link
    return link


async def test_somebody_is_invited_and_starts_to_work(vesper: Running, browser: Browser, database: Database) -> None:
    lena = await Facilitator.at_a_screen(browser)
    await lena.sign_in(vesper.origin, vesper.demo["administrator_email"], vesper.demo["password"])
    await asks_for_a_second_step(lena, vesper.origin)
    await invites(lena, vesper.origin)
    kofi = await Facilitator.at_a_screen(browser, width=375)
    await accepts(kofi, await link_sent(database, vesper.origin))
    await lena.page.reload()
    await lena.sees("Kofi Mensah")
    await expect(lena.page.get_by_text("Active", exact=True)).to_be_visible()
    await lena.close()
    await kofi.close()


async def asks_for_a_second_step(lena: Facilitator, origin: str) -> None:
    await lena.page.goto(f"{origin}/clinic/sign-in")
    await lena.page.get_by_label("All staff").check()
    await lena.press("Save")
    await expect(lena.page.get_by_text("Saved.")).to_be_visible()


async def invites(lena: Facilitator, origin: str) -> None:
    page = lena.page
    await page.goto(f"{origin}/staff")
    await page.get_by_role("link", name="Invite somebody").click()
    await page.get_by_label("Name").fill("Kofi")
    await page.get_by_label("E-mail").fill(EMAIL)
    await page.get_by_label("Facilitator").check()
    await lena.press("Send the invitation")
    await lena.sees("Kofi")


async def accepts(kofi: Facilitator, link: str) -> None:
    page = kofi.page
    await page.goto(link)
    await kofi.sees("Welcome to Riverbend Recovery (demo)")
    assert link.partition("#")[2] not in page.url, "the secret leaves the address bar"
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        assert await barriers(page) == [], f"the invitation, {scheme}"
    await page.get_by_label("Your name").fill("Kofi Mensah")
    await page.get_by_label("Choose a password", exact=True).fill("kofi mensah 26")
    await kofi.press("Set the password and sign in")
    await expect(page.locator("#at-password-error")).to_be_visible()
    await page.get_by_label("Choose a password", exact=True).fill(OWN)
    await kofi.press("Set the password and sign in")
    await kofi.sees("Add a second step first")
    await kofi.press("Add an authenticator app")
    secret = (await page.locator(".secret").inner_text()).replace(" ", "")
    await page.get_by_label("Code from your app").fill(pyotp.TOTP(secret).now())
    await kofi.press("Add the app")
    await kofi.press("I have kept them")
    await kofi.press("Continue")
    await kofi.sees("Today's sessions")
