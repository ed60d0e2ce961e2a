"""Single sign-on as people meet it: set up by an administrator, used for an invitation, a lock and a second sign-in."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from runtime import clock
from runtime.secrets import random_secrets
from store.access import invitations
from store.database import Database
from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import Facilitator, Somebody
from tests.provider.proxy import Provider, process, proxied

LABEL = "Riverbend account"
LOOKS = (("light", 1440), ("dark", 1440), ("light", 375), ("dark", 375))


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    with process() as running:
        async with proxied(running) as one:
            yield one


async def has_no_barrier(page: Page) -> None:
    for scheme, width in LOOKS:
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.set_viewport_size({"width": width, "height": 800})
        assert await barriers(page) == [], f"{page.url}, {width} px wide, {scheme}"
    await page.set_viewport_size({"width": 1000, "height": 720})


async def at_the_provider(page: Page, account: str) -> None:
    """Say at the provider who one is."""
    await page.get_by_role("heading", name="Riverbend accounts").wait_for()
    await page.get_by_label("Account").fill(account)
    await page.get_by_role("button", name="Sign in").click()


async def asks(page: Page, method: str, path: str, body: Any = None) -> Any:
    """Ask the service from the page, as whoever is signed in there."""
    script = """([method, path, body]) => fetch(path, {
        method, headers: { "content-type": "application/json" }, ...(body && { body: JSON.stringify(body) }),
    }).then((answer) => answer.json())"""
    return await page.evaluate(script, [method, path, body])


async def the_invitation(database: Database, clinic: str, person: str) -> str:
    """The secret of an invitation's link, as the worker makes it when it sends the mail."""
    secret = random_secrets.new()
    async with database.transaction() as tx:
        id = await tx.fetchval(
            "SELECT id FROM staff_invitations WHERE clinic_id = $1 AND person_id = $2", clinic, person
        )
        assert await invitations.put_digest(tx, clinic, id, random_secrets.digest(secret), clock.now())
    return secret


async def test_from_the_invitation_to_the_second_sign_in(
    vesper: Running, browser: Browser, provider: Provider, database: Database
) -> None:
    lena = await Facilitator.at_a_screen(browser)
    await lena.sign_in(vesper.origin, vesper.demo["administrator_email"], vesper.demo["password"])
    clinic = await sets_it_up(lena, vesper.origin, provider)
    body = {"name": "Noor Vasquez", "email": "noor@riverbend.example", "roles": ["facilitator"]}
    person = (await asks(lena.page, "POST", "/api/staff", body))["id"]

    noor = await Somebody.at_a_screen(browser)
    await noor.page.goto(f"{vesper.origin}/invitation#{await the_invitation(database, clinic, person)}")
    await noor.button(f"Continue with {LABEL}").wait_for()
    await has_no_barrier(noor.page)
    await noor.press(f"Continue with {LABEL}")
    await at_the_provider(noor.page, "noor")
    await expect(noor.page.get_by_role("button", name="Lock", exact=True)).to_be_visible()
    assert "code=" not in noor.page.url and (await asks(noor.page, "GET", "/api/me"))["person"] == person

    await unlocks(noor, vesper.origin)
    await comes_again(noor, vesper.origin)
    await nobody_else_gets_in(browser, vesper.origin, clinic)
    assert [error for error in (*lena.errors, *noor.errors) if "423" not in error] == []
    await noor.close()
    await lena.close()


async def sets_it_up(lena: Somebody, origin: str, provider: Provider) -> str:
    """Register Vesper at the provider, try what was typed, and save it. Returns the clinic's id."""
    page = lena.page
    await page.goto(f"{origin}/clinic/single-sign-on")
    await lena.sees("Single sign-on")
    address = await page.locator("code.address").first.inner_text()
    client, secret = await provider.register(address)
    await page.get_by_label("Issuer").fill(f"{provider.issuer}/wrong")
    await page.get_by_label("Client ID").fill(client)
    await page.get_by_label("Client secret").fill(secret)
    await page.get_by_label("Name on the button").fill(LABEL)
    await page.get_by_label("Its second step counts").fill("mfa")
    await lena.press("Try it")
    await expect(page.get_by_text("There is no OpenID Connect configuration at that issuer.")).to_be_visible()
    await page.get_by_label("Issuer").fill(provider.issuer)
    await lena.press("Try it")
    await expect(page.get_by_text("Your provider answers, its keys can be read, and it knows Vesper.")).to_be_visible()
    await has_no_barrier(page)
    await lena.press("Save")
    await expect(page.get_by_text("Nobody has linked an account yet.")).to_be_visible()
    await has_no_barrier(page)
    return address.split("/")[-2]


async def unlocks(noor: Somebody, origin: str) -> None:
    """She has no password: her provider opens the locked page, in a window of its own."""
    await noor.page.goto(f"{origin}/me")
    await expect(noor.page.get_by_text("It is your only way in")).to_be_visible()
    await expect(noor.page.get_by_role("heading", name="Password", exact=True)).to_have_count(0)
    await has_no_barrier(noor.page)
    await noor.press("Lock")
    await noor.page.get_by_role("heading", name="Locked").wait_for()
    async with noor.context.expect_page() as opened:
        await noor.press(f"Confirm with {LABEL}")
    await at_the_provider(await opened.value, "noor")
    await expect(noor.page.get_by_role("heading", name="Locked")).to_have_count(0)


async def comes_again(noor: Somebody, origin: str) -> None:
    """Her browser knows the button now, and the provider has asked her a moment ago."""
    await noor.page.evaluate("fetch('/api/sign-out', { method: 'POST' })")
    await noor.page.goto(origin)
    await noor.button(f"Continue with {LABEL}").wait_for()
    await has_no_barrier(noor.page)
    await noor.press(f"Continue with {LABEL}")
    await expect(noor.page.get_by_role("button", name="Lock", exact=True)).to_be_visible()


async def nobody_else_gets_in(browser: Browser, origin: str, clinic: str) -> None:
    stranger = await Somebody.at_a_screen(browser)
    await stranger.page.goto(f"{origin}/sign-in/{clinic}")
    await has_no_barrier(stranger.page)
    await stranger.press(f"Continue with {LABEL}")
    await at_the_provider(stranger.page, "stranger")
    await stranger.sees("That did not work")
    await expect(stranger.page.get_by_text("is not linked with anybody who works here")).to_be_visible()
    await has_no_barrier(stranger.page)
    await stranger.close()
