"""The whole product on two Janus servers: it behaves as with the built-in engine, even when one server dies."""

from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from domain.events.room import ConnectionClosed
from runtime.clock import now
from store.database import Database
from tests import ledgers
from tests.evening.people import FLAGS, Client, Facilitator
from tests.networks.product import product
from tests.networks.watching import Watch
from tests.signaling.media.real_janus import SECRET, real_janus
from tests.waiting import eventually

pytestmark = [pytest.mark.chromium, pytest.mark.alone]

BUFFERED_SECONDS = 0.5
"""Media that arrives later than this after a server's death comes from another server."""
AGAIN_SECONDS = 2.0


async def test_an_evening_goes_on_when_its_janus_dies(
    database_url: str, database: Database, tmp_path: Path, chromium_path: str
) -> None:
    with real_janus() as one, real_janus() as other:
        janus = {"MEDIA": "janus", "JANUS_URLS": f"{one.url},{other.url}", "JANUS_SECRET": SECRET}
        async with product(database_url, tmp_path, "127.0.0.1", **janus) as house, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
            dana, pat = await Facilitator.at_a_screen(browser), await Client.at_a_screen(browser)
            await dana.sign_in(house.origin, house.demo.email, house.demo.password)
            await dana.open_room(house.demo.session)
            await pat.open_link(house.demo.links[0].url)
            await pat.enter_lobby()
            await dana.press("Start session")
            await dana.press(f"Admit {house.demo.links[0].name}")
            for person in (dana, pat):
                await eventually(partial(person.sees_and_hears, 1), 40)

            watch = await Watch.begin(dana, pat)
            one.kill()  # the first room is on the first server
            died = now().timestamp()
            for kind in ("audio", "video"):
                assert await watch.first_after(kind, died + BUFFERED_SECONDS) < AGAIN_SECONDS
            async with database.transaction() as tx:
                record = [recorded.event for recorded in await ledgers.of_session(tx, house.demo.session)]
            assert not [fact for fact in record if isinstance(fact, ConnectionClosed)], "nobody's presence was broken"
            for person in (dana, pat):
                await person.close()
            await browser.close()
