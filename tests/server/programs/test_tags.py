"""A client's audience tags: stored with their consent, withdrawn at any time, and never shown to peers."""

from store.database import Database
from tests.server.access.test_tickets import add_node
from tests.server.conftest import Browser, House


async def test_tags_are_stored_only_if_the_client_agreed(supervisor: Browser, house: House) -> None:
    path = f"/api/persons/{house.client}/tags"
    refused = await supervisor.ask("PUT", path, {"tags": ["veteran"], "consented": False})
    assert (refused.status, refused.body["path"]) == (422, "$.consented")
    assert (await supervisor.get(path)).body == {"tags": []}
    kept = await supervisor.ask("PUT", path, {"tags": ["veteran", " women ", "women"], "consented": True})
    assert kept.body == {"tags": ["veteran", "women"]}
    await supervisor.ask("PUT", path, {"tags": [], "consented": False})
    assert (await supervisor.get(path)).body == {"tags": []}


async def test_another_clinics_clients_have_no_tags_here(supervisor: Browser, elsewhere: House) -> None:
    path = f"/api/persons/{elsewhere.client}/tags"
    assert (await supervisor.get(path)).code == "not_found"
    assert (await supervisor.ask("PUT", path, {"tags": ["women"], "consented": True})).code == "not_found"


async def test_peers_learn_nothing_of_tags(
    supervisor: Browser, visitor: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
    await supervisor.ask("PUT", f"/api/persons/{house.client}/tags", {"tags": ["zq-tag"], "consented": True})
    opened = await visitor.post("/api/join-links/open", {"link": house.link})
    ticket = await visitor.post(f"/api/sessions/{house.session}/tickets", {"link": house.link})
    assert (opened.status, ticket.status) == (200, 201)
    assert "zq-tag" not in f"{opened.body} {ticket.body}"
