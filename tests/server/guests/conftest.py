"""Pat's mother is invited to the evening of the house."""

from dataclasses import dataclass
from typing import Any

import pytest

from store.database import Database
from tests.server.access.test_tickets import add_node
from tests.server.conftest import Answer, Browser, House

RELEASE: dict[str, Any] = {"scopes": ["attend"], "signed_on": "2026-11-20", "expires_on": "2026-12-31"}


def invitation(house: House, **changes: Any) -> dict[str, Any]:
    """What staff send to invite Pat's mother to the house's session."""
    plain = {"name": "Maria Morrow", "relation": "parent", "release": RELEASE, "link": {"session": house.session}}
    return plain | changes


def secret_of(answer: Answer) -> str:
    """The secret of a link that was just made."""
    assert answer.status == 201, answer.body
    return str(answer.body["links"][0]["url"]).partition("#")[2]


@dataclass
class Mother:
    """Pat's mother, with the secret of her link."""

    id: str
    link: str
    link_id: str


@pytest.fixture
async def mother(house: House, supervisor: Browser) -> Mother:
    """Invited, and agreed to the rule."""
    made = await supervisor.post(f"/api/clients/{house.client}/guests", invitation(house))
    secret = secret_of(made)
    await agreed(supervisor, secret)
    return Mother(id=made.body["id"], link=secret, link_id=made.body["links"][0]["id"])


async def agreed(browser: Browser, secret: str) -> None:
    """Agree to the rule of confidentiality that the door shows."""
    opened = await browser.post("/api/join-links/open", {"link": secret})
    version = opened.body["guest"]["rule"]["version"]
    assert (await browser.post("/api/guest-links/agreement", {"link": secret, "version": version})).status == 204


@pytest.fixture(autouse=True)
async def node(database: Database) -> None:
    """One live signaling node."""
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
