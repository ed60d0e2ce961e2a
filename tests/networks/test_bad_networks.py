"""An evening on a bad line: how two people in browsers beyond it see and hear each other."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from domain.events.catalogue import AnyEvent
from domain.events.room import ConnectionClosed, ConnectionOpened
from runtime.clock import now
from store.database import Database
from tests import ledgers
from tests.evening.people import Client, Facilitator
from tests.networks.forwarder import OUTAGE, BadNetwork, Weather, bad_network
from tests.networks.namespaces import require_namespaces
from tests.networks.product import Product, browser_on, product
from tests.networks.watching import Watch
from tests.waiting import eventually

pytestmark = [pytest.mark.chromium, pytest.mark.alone]

AUDIO_BACK_SECONDS = 1.0
FROZEN_SECONDS = 2.0
NOTICED_SECONDS = 1.5
"""The engine notices a browser's new address by its next packet. Sound arrives every 20 ms; for streams that a browser
only receives, it sends a report every 0.5 to 1.5 s."""


class Line:
    """Dana and Pat, the network between them and the node, and what they receive from each other."""

    def __init__(self, network: BadNetwork, dana: Facilitator, watch: Watch) -> None:
        self.network, self.dana, self.watch = network, dana, watch

    async def weathered(self, weather: Weather, seconds: float) -> float:
        """Give the network this weather for a while; returns when that began."""
        began = now().timestamp()
        self.network.weather = weather
        await asyncio.sleep(seconds)
        self.network.weather = Weather()
        return began


@pytest.fixture
async def network() -> AsyncIterator[BadNetwork]:
    require_namespaces()
    with bad_network() as beyond:
        yield beyond


@pytest.fixture
async def house(database_url: str, tmp_path: Path, network: BadNetwork) -> AsyncIterator[Product]:
    async with product(database_url, tmp_path, network.here) as running:
        yield running


@pytest.fixture
async def browser(house: Product, network: BadNetwork, chromium_path: str, tmp_path: Path) -> AsyncIterator[Browser]:
    async with browser_on(network.beyond, house.origin, chromium_path, tmp_path) as opened:
        yield opened


@pytest.fixture
async def line(house: Product, network: BadNetwork, browser: Browser) -> AsyncIterator[Line]:
    """Dana and Pat see and hear each other, over a line that is good at first."""
    dana, pat = await Facilitator.at_a_screen(browser), await Client.at_a_screen(browser)
    await dana.sign_in(house.origin, house.demo.email, house.demo.password)
    await dana.open_room(house.demo.session)
    await pat.open_link(house.demo.links[0].url)
    await pat.enter_lobby()
    await dana.press("Start session")
    await dana.press(f"Admit {house.demo.links[0].name}")
    for person in (dana, pat):
        await eventually(partial(person.sees_and_hears, 1), 40)
    yield Line(network, dana, await Watch.begin(dana, pat))
    for person in (dana, pat):
        await person.close()


async def test_an_evening_on_a_bad_line(line: Line, house: Product, database: Database) -> None:
    await loss_and_jitter_are_neither_seen_nor_heard_for_long(line)
    await after_an_outage_they_go_on(line)
    await after_a_move_they_go_on(line, partial(both_came_back, database, house.demo.session))
    await expect(line.dana.row_of(house.demo.links[0].name)).to_have_count(1)
    assert nobody_was_there_twice(await facts(database, house.demo.session))


async def loss_and_jitter_are_neither_seen_nor_heard_for_long(line: Line) -> None:
    for weather in (Weather(delay_s=0.02, loss=0.05), Weather(delay_s=0.02, jitter_s=0.1)):
        began = await line.weathered(weather, 5)
        assert await line.watch.longest_gap("audio", began) < AUDIO_BACK_SECONDS
        assert await line.watch.longest_gap("video", began) < FROZEN_SECONDS


async def after_an_outage_they_go_on(line: Line) -> None:
    await line.weathered(OUTAGE, 2)
    over = now().timestamp()
    assert await line.watch.first_after("audio", over) < AUDIO_BACK_SECONDS
    assert await line.watch.first_after("video", over) < FROZEN_SECONDS


async def after_a_move_they_go_on(line: Line, they_are_back: Callable[[], Awaitable[bool]]) -> None:
    """Change the address: their sockets break and reopen, and media recovers before or after that."""
    moved = now().timestamp()
    line.network.move()
    await eventually(they_are_back, 30)
    assert await line.watch.longest_gap("audio", moved) < NOTICED_SECONDS + AUDIO_BACK_SECONDS
    assert await line.watch.longest_gap("video", moved) < NOTICED_SECONDS + FROZEN_SECONDS


async def both_came_back(database: Database, session: str) -> bool:
    """True once each of the two has been connected a second time."""
    came = Counter(fact.person for fact in await facts(database, session) if isinstance(fact, ConnectionOpened))
    return len(came) == 2 and min(came.values()) >= 2


def nobody_was_there_twice(record: list[AnyEvent]) -> bool:
    """True when the record has two people, each with one connection at a time."""
    here: dict[str, str] = {}
    for fact in record:
        if isinstance(fact, ConnectionOpened):
            assert fact.person not in here.values(), "a second connection opened before the first was closed"
            here[fact.connection] = fact.person
        elif isinstance(fact, ConnectionClosed):
            del here[fact.connection]
    return len(here) == 2


async def facts(database: Database, session: str) -> list[AnyEvent]:
    async with database.transaction() as tx:
        return [recorded.event for recorded in await ledgers.of_session(tx, session)]
