"""A node dies in mid-evening: the pages find the other one by themselves, and nobody's minutes are cut in two."""

import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from runtime.clock import seconds_since_boot
from server.demo.seed import DemoClinic
from store.database import Database
from tests.evening.people import WAIT, Client, Facilitator, Somebody
from tests.faults.processes.installation import Installation, demo, installed
from tests.ledgers import records_of
from tests.waiting import eventually

BACK_SECONDS = 5
LONGER = re.compile(r"0:00:(0[6-9]|[1-5])")
"""Six seconds on the board, at least."""


class Watched:
    """A page, and when it was welcomed by a node; by a clock for durations."""

    def __init__(self, somebody: Somebody) -> None:
        self.welcomes: list[float] = []
        somebody.page.on("websocket", lambda socket: socket.on("framereceived", self._heard))

    def _heard(self, frame: str | bytes) -> None:
        if '"welcomed"' in str(frame):
            self.welcomes.append(seconds_since_boot())

    async def seconds_until_back(self, gone: float) -> float:
        """From when it was gone until it was welcomed again."""

        async def back() -> float:
            return max(0.0, self.welcomes[-1] - gone)

        return await eventually(back, 30)


@pytest.fixture
async def two_nodes(tmp_path: Path, database_url: str) -> AsyncIterator[Installation]:
    async with installed(tmp_path / "data", database_url, nodes=2) as installation:
        yield installation


async def test_the_pages_go_on_on_another_node_when_theirs_dies(
    two_nodes: Installation, database: Database, browser: Browser
) -> None:
    clinic = await demo(database, two_nodes.origin, 3)
    dana = await Facilitator.at_a_screen(browser, width=1280, one_origin=False)
    pat = await Client.at_a_screen(browser, width=375, one_origin=False)
    watched = [Watched(dana), Watched(pat)]
    await come_in(two_nodes.origin, clinic, dana, pat)
    await they_have_been_here_for_a_while(dana, clinic)
    gone = await kill_the_node_of_the_room(two_nodes, database, clinic.session)
    await dana.press("Start break")
    await expect(dana.page.get_by_text("That was not done, because you are not connected just now.")).to_be_visible()
    for page in watched:
        assert await page.seconds_until_back(gone) <= BACK_SECONDS, "by themselves"
    await eventually(lambda: pat.sees_and_hears(1), 20)
    await they_have_been_here_for_a_while(dana, clinic)
    await dana.confirm("End session", "End for everyone")
    await pat.sees("The session has ended")
    assert await eventually(lambda: stretches_credited(database, clinic), 15) == 1, "the gap is bridged"
    for person in (dana, pat):
        await person.close()


async def come_in(origin: str, clinic: DemoClinic, dana: Facilitator, pat: Client) -> None:
    """Until they see and hear each other."""
    await dana.sign_in(origin, clinic.email, clinic.password)
    await dana.open_room(clinic.session)
    await pat.open_link(clinic.links[0].url)
    await pat.enter_lobby()
    await dana.press("Start session")
    await dana.press(f"Admit {clinic.links[0].name}")
    await eventually(lambda: pat.sees_and_hears(1), 20)


async def they_have_been_here_for_a_while(dana: Facilitator, clinic: DemoClinic) -> None:
    """Long enough for evidence of it to be on its way: a node keeps that every five seconds."""
    row = dana.row_of(clinic.links[0].name)
    credited = await row.get_by_role("img").inner_text()
    await expect(row).not_to_contain_text(credited, timeout=WAIT)
    await expect(row).to_contain_text(LONGER, timeout=WAIT)


async def kill_the_node_of_the_room(installation: Installation, database: Database, session: str) -> float:
    """kill -9; returns when, by a clock for durations."""
    async with database.transaction() as tx:
        node = await tx.fetchval("SELECT node_id FROM rooms WHERE session_id = $1 AND closed_at IS NULL", session)
    installation.signal(node, signal.SIGKILL)
    return seconds_since_boot()


async def stretches_credited(database: Database, clinic: DemoClinic) -> int:
    """In how many pieces the one client's evening was credited; 0 while nothing was."""
    async with database.transaction() as tx:
        found = await records_of(tx, clinic.session)
    return sum(len(client.credited) for client in found.record.clients.values()) if found else 0
