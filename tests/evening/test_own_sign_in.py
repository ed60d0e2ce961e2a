"""A facilitator's own sign-in, in a browser: a second step, the lock, and the way back in."""

import pyotp
from playwright.async_api import Browser, expect

from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Facilitator


async def without_barriers(dana: Facilitator, where: str) -> None:
    for width in (320, 1280):
        await dana.page.set_viewport_size({"width": width, "height": 720})
        assert await barriers(dana.page) == [], f"{where}, {width} px wide"


async def test_a_facilitator_adds_a_second_step_locks_her_page_and_comes_back(
    vesper: Running, browser: Browser
) -> None:
    dana = await Facilitator.at_a_screen(browser)
    page, password = dana.page, vesper.demo["password"]
    await has_an_authenticator(dana)
    await dana.sign_in(vesper.origin, vesper.demo["email"], password)
    await page.goto(f"{vesper.origin}/me")
    await adds_an_app(dana)
    await adds_a_passkey(dana)
    await without_barriers(dana, "my sign-in")
    await locks_and_unlocks(dana, password)
    await page.get_by_role("button", name="Sign out").click()
    await dana.sees("Sign in")
    await page.get_by_label("E-mail").fill(vesper.demo["email"])
    await page.locator("input[type=password]").fill(password)
    await page.get_by_role("button", name="Sign in").click()
    await dana.sees("One more step")
    await without_barriers(dana, "the second step")
    await page.get_by_role("button", name="Use a passkey").click()
    await dana.sees("Today's sessions")
    await dana.close()


async def has_an_authenticator(dana: Facilitator) -> None:
    """A device in software that makes passkeys and says that its owner was verified."""
    devtools = await dana.page.context.new_cdp_session(dana.page)
    await devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


async def adds_an_app(dana: Facilitator) -> None:
    page = dana.page
    await page.get_by_role("button", name="Add an authenticator app").click()
    secret = (await page.locator(".secret").inner_text()).replace(" ", "")
    await without_barriers(dana, "adding an app")
    await page.get_by_label("Code from your app").fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="Add the app").click()
    await expect(page.locator(".recovery-codes li")).to_have_count(10)
    await without_barriers(dana, "recovery codes")
    await page.get_by_role("button", name="I have kept them").click()
    await expect(page.get_by_text("You have 10 recovery codes left.")).to_be_visible()


async def adds_a_passkey(dana: Facilitator) -> None:
    page = dana.page
    await page.get_by_role("button", name="Add a passkey").click()
    await page.get_by_role("button", name="Make the passkey").click()
    await expect(page.get_by_text("Passkey · added")).to_be_visible()
    await page.get_by_role("button", name="Rename “This device”").click()
    await page.get_by_label("Its name").fill("The grey laptop")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Remove “The grey laptop”")).to_be_visible()


async def locks_and_unlocks(dana: Facilitator, password: str) -> None:
    """Nothing of the page is left to be seen or reached, and what was typed is there afterwards."""
    page = dana.page
    typed = page.get_by_label("New password")
    await typed.fill("half a new password")
    await page.get_by_role("button", name="Lock", exact=True).click()
    await page.get_by_role("heading", name="Locked").wait_for()
    await expect(page.get_by_role("heading", name="My sign-in", include_hidden=False)).to_have_count(0)
    await expect(typed).to_be_hidden()
    await without_barriers(dana, "the lock")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    field = page.locator(".lock-screen input[type=password]")
    await field.fill("not the password")
    await page.get_by_role("button", name="Unlock").click()
    await expect(page.get_by_text("That is not your password.")).to_be_visible()
    await field.fill(password)
    await page.get_by_role("button", name="Unlock").click()
    await expect(page.get_by_role("heading", name="Locked")).to_have_count(0)
    assert await typed.input_value() == "half a new password"
    await page.set_viewport_size({"width": 1280, "height": 720})
    await page.get_by_role("button", name="Lock", exact=True).click()
    await page.get_by_role("button", name="Use a passkey").click()
    await expect(page.get_by_role("heading", name="Locked")).to_have_count(0)
