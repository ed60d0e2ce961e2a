"""A clinic with a provider that we did not write, and its staff in front of both."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from domain.access.single_sign_on import return_address
from runtime import clock as real
from store.database import Database
from tests.provider.proxy import Person, Provider
from tests.server.access.test_invitations import link_of
from tests.server.conftest import ORIGIN, Answer, Browser, Clock, House


@pytest.fixture
def clock() -> Clock:
    """The provider has a clock of its own, the real one."""
    return Clock(real.now())


class Staff:
    """One person, in front of Vesper and of the provider."""

    def __init__(self, browser: Browser, account: str, factor: str | None = None) -> None:
        self.browser = browser
        self.person = Person(account, factor)

    async def goes(self, path: str, body: Any = None) -> Answer:
        """Begin at `path`, go through the provider, and come back."""
        clinic, returned = await self.way(path, body)
        return await self.comes_back(clinic, returned)

    async def way(self, path: str, body: Any = None) -> tuple[str, dict[str, str]]:
        """To the provider and through it: the clinic whose return address it was, and what the provider sends back."""
        begun = await self.browser.post(path, body)
        assert begun.status == 200, begun.body
        return clinic_in(begun.body["address"]), await self.person.visits(begun.body["address"])

    async def comes_back(self, clinic: str, returned: dict[str, str]) -> Answer:
        return await self.browser.post(f"/api/providers/{clinic}/return", returned)

    async def signs_in(self, clinic: str) -> Answer:
        return await self.goes(f"/api/providers/{clinic}/sign-in")


def clinic_in(address: str) -> str:
    found = re.search(r"sign-in%2F([0-9a-f-]+)%2Freturn", address)
    assert found, address
    return found[1]


async def set_up(administrator: Browser, provider: Provider, clinic: str, **changed: Any) -> Answer:
    """Register Vesper at the provider, and set the provider for the clinic."""
    client, secret = await provider.register(return_address(ORIGIN, clinic))
    body = {
        "issuer": provider.issuer, "client_id": client, "client_secret": secret, "algorithms": ["RS256", "ES256"],
        "label": "Riverbend account", "factor_values": ["mfa"], **changed,
    }  # fmt: skip
    return await administrator.ask("PUT", "/api/clinic/provider", body)


@pytest.fixture
async def clinic(administrator: Browser, house: House, provider: Provider) -> str:
    """The clinic, once its provider is set."""
    answer = await set_up(administrator, provider, house.clinic)
    assert answer.status == 200, answer.body
    return house.clinic


@pytest.fixture
async def dana(facilitator: Browser, clinic: str) -> Staff:
    """The facilitator, whose account is linked with her, in the browser in which she linked it."""
    dana = Staff(facilitator, "dana")
    answer = await dana.goes("/api/me/provider/link")
    assert answer.status == 200, answer.body
    return dana


@pytest.fixture
async def theirs(browse: Callable[[], Browser], elsewhere: House, provider: Provider) -> Browser:
    """The administrator of another clinic, which uses the same provider."""
    browser = browse()
    assert (await browser.sign_in(elsewhere.email("administrator"))).status == 200
    assert (await set_up(browser, provider, elsewhere.clinic)).status == 200
    return browser


@pytest.fixture
async def noor(
    administrator: Browser, clinic: str, house: House, database: Database, newly: Callable[..., Staff]
) -> Staff:
    """Somebody who accepted her invitation with an account, and has no password."""
    noor = newly("noor")
    answer = await noor.goes("/api/invitations/provider", {"link": await invited(administrator, database, house)})
    assert answer.status == 200, answer.body
    return noor


async def invited(administrator: Browser, database: Database, house: House) -> str:
    """The link of an invitation."""
    body = {"name": "Noor", "email": "noor@riverbend.example", "roles": ["facilitator"]}
    made = await administrator.post("/api/staff", body)
    assert made.status == 201, made.body
    return await link_of(database, house, made.body["id"])


@pytest.fixture
def newly(browse: Callable[[], Browser]) -> Callable[..., Staff]:
    """Somebody in a browser that knows nothing yet."""
    return lambda account="dana", factor=None: Staff(browse(), account, factor)
