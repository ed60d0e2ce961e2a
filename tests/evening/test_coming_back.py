"""Coming back: after a reload, by the door, after a restart. Nobody is shown before they say so; nobody is stuck."""

import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from playwright.async_api import Browser, expect

from runtime.clock import now
from server.demo.seed import DemoClinic
from store.database import Database
from tests.evening.people import WAIT, Client, Facilitator, Somebody
from tests.faults.processes.installation import Installation, demo, installed
from tests.waiting import eventually

SET_DEVICE_CLOCK = """
const Real = Date;
globalThis.ahead = AHEAD_MS;
globalThis.Date = class extends Real {
  constructor(...given) { if (given.length === 0) super(Real.now() + ahead); else super(...given); }
  static now() { return Real.now() + ahead; }
};
"""


@pytest.fixture
async def installation(tmp_path: Path, database_url: str) -> AsyncIterator[Installation]:
    async with installed(tmp_path / "data", database_url, nodes=1) as one:
        yield one


async def test_coming_back(installation: Installation, database: Database, owner_url: str, browser: Browser) -> None:
    clinic = await demo(database, installation.origin, 3)
    dana = await Facilitator.at_a_screen(browser, width=1280, one_origin=False)
    pat = await Client.at_a_screen(browser, width=375, one_origin=False)
    await they_meet(installation.origin, clinic, dana, pat)
    await pat_shares_nothing_after_a_reload(dana, pat, clinic)
    await pat_shares_nothing_by_the_door(dana, pat, clinic)
    await a_restart_brings_both_back_although_neither_gets_a_ticket(installation, owner_url, dana, pat)
    await who_cannot_come_back_is_told_what_to_do(installation, dana, pat)
    await dana_signs_in_again_where_she_is(installation.origin, clinic, dana)
    for person in (dana, pat):
        await person.close()


async def test_the_door_opens_by_the_services_clock(
    installation: Installation, database: Database, browser: Browser
) -> None:
    """Whatever the devices believe: Pat's is an hour ahead, Sam's a year behind."""
    clinic = await demo(database, installation.origin, 3)
    pat = await on_a_device(browser, ahead=timedelta(hours=1))
    sam = await on_a_device(browser, ahead=timedelta(days=-365))
    await put_off(database, clinic.session, timedelta(minutes=40))
    for person, link in ((pat, clinic.links[0]), (sam, clinic.links[1])):
        await person.open_link(link.url)
        await expect(person.page.get_by_text("The way in appears here by itself.")).to_be_visible()
    await put_off(database, clinic.session, timedelta(minutes=30, seconds=3))
    for person in (pat, sam):
        await person.page.evaluate("ahead += 7_200_000")  # somebody sets the clock: the page asks the service again
    for person in (pat, sam):
        await expect(person.button("Enter the lobby")).to_be_visible(timeout=WAIT)
        await expect(person.page.get_by_text("Starts in 30 min.")).to_be_visible()
        await person.close()


async def on_a_device(browser: Browser, ahead: timedelta) -> Client:
    """Somebody whose device's clock is set wrong."""
    somebody = await Client.at_a_screen(browser, one_origin=False)
    await somebody.page.add_init_script(SET_DEVICE_CLOCK.replace("AHEAD_MS", str(int(ahead.total_seconds() * 1000))))
    return somebody


async def they_meet(origin: str, clinic: DemoClinic, dana: Facilitator, pat: Client) -> None:
    await dana.sign_in(origin, clinic.email, clinic.password)
    await dana.open_room(clinic.session)
    await pat.open_link(f"{origin}/join#mistyped")
    await pat.sees("This link does not open")
    await pat.open_link(clinic.links[0].url)  # in the same window, where only the fragment changes
    await expect(pat.page.get_by_text("In the lobby, nobody sees or hears you from this page.")).to_be_visible()
    await pat.enter_lobby()
    await expect(pat.page.get_by_text("Nobody sees or hears you from this page.")).to_be_visible()
    await dana.press("Start session")
    await dana.press(f"Admit {clinic.links[0].name}")
    await dana_sees_and_hears(dana, clinic)


async def dana_sees_and_hears(dana: Facilitator, clinic: DemoClinic) -> None:
    await expect(dana.page.get_by_role("listitem", name=clinic.links[0].name, exact=True)).to_be_visible(timeout=WAIT)
    await eventually(lambda: dana.sees_and_hears(1), 20)


async def dana_sees_a_tile_without_picture_or_sound(dana: Facilitator, clinic: DemoClinic) -> None:
    silent = f"{clinic.links[0].name}, camera off, microphone off"
    await expect(dana.page.get_by_role("listitem", name=silent, exact=True)).to_be_visible(timeout=WAIT)


async def pat_shares_nothing_after_a_reload(dana: Facilitator, pat: Client, clinic: DemoClinic) -> None:
    await pat.page.reload()
    await expect(pat.page.get_by_text("You are back in the group. Your camera and microphone are off")).to_be_visible()
    await dana_sees_a_tile_without_picture_or_sound(dana, clinic)
    await pat.turn_on()
    await dana_sees_and_hears(dana, clinic)
    await expect(pat.page.get_by_text("You are back in the group.")).to_have_count(0)


async def pat_shares_nothing_by_the_door(dana: Facilitator, pat: Client, clinic: DemoClinic) -> None:
    """Who was let in before is not stopped by the lobby; the door says so, and it is true."""
    await pat.leave()
    await pat.press("Come back in")
    await expect(pat.page.get_by_text("If you were let in before, you may go straight back in")).to_be_visible()
    await pat.press("Enter the lobby")
    await dana_sees_a_tile_without_picture_or_sound(dana, clinic)
    await pat.turn_on()
    await dana_sees_and_hears(dana, clinic)


async def a_restart_brings_both_back_although_neither_gets_a_ticket(
    installation: Installation, owner_url: str, *people: Somebody
) -> None:
    """Pat's link and Dana's sign-in have run out meanwhile, as after a long evening; their resumes have not."""
    owner = await asyncpg.connect(owner_url)
    await owner.execute("UPDATE join_links SET expires_at = now() - interval '1 second'")
    # A sign-in outlives the session that it entered; so this one forgets which.
    await owner.execute("UPDATE sign_ins SET created_at = created_at - interval '1 day', session_id = NULL")
    await owner.close()
    [node] = installation.nodes
    await installation.stop(node.name)
    for person in people:
        await expect(person.page.get_by_text("Your connection dropped. Reconnecting")).to_be_visible()
    installation.start(node.name)
    for person in people:
        await expect(person.page.get_by_text("Your connection dropped. Reconnecting")).to_be_hidden(timeout=WAIT)


async def who_cannot_come_back_is_told_what_to_do(installation: Installation, dana: Facilitator, pat: Client) -> None:
    [node] = installation.nodes
    installation.signal(node.name, signal.SIGKILL)
    await expect(pat.page.get_by_text("your personal link does not open any more")).to_be_visible(timeout=WAIT)
    await expect(dana.page.get_by_role("link", name="Sign in")).to_be_visible(timeout=WAIT)
    installation.start(node.name)
    await installation.up()
    await pat.press("Reload and come back")
    await expect(pat.page.get_by_text("You are back in the group.")).to_be_visible(timeout=WAIT)


async def dana_signs_in_again_where_she_is(origin: str, clinic: DemoClinic, dana: Facilitator) -> None:
    await dana.page.goto(f"{origin}/session/{clinic.session}/attendance")
    await dana.sees("Sign in")
    await dana.page.get_by_label("E-mail").fill(clinic.email)
    await dana.page.get_by_label("Password", exact=True).fill(clinic.password)
    await dana.press("Sign in")
    await dana.sees("Attendance")


async def put_off(database: Database, session: str, by: timedelta) -> None:
    """The session starts so much later than now."""
    async with database.transaction() as tx:
        starts = now() + by
        moved = "UPDATE sessions SET starts_at = $2, ends_at = $3 WHERE id = $1"
        await tx.execute(moved, session, starts, starts + timedelta(hours=3))
