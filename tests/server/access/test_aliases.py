"""At the door, a client sees what others will see, agrees to it, or chooses another of those offered."""

from domain.access.tickets import open_ticket
from store.database import Database
from tests.server.access.test_tickets import add_node
from tests.server.conftest import Browser, Clock, House


async def test_a_client_agrees_to_an_alias_and_comes_by_it(
    visitor: Browser, supervisor: Browser, house: House, database: Database, clock: Clock
) -> None:
    offered = (await visitor.post("/api/join-links/open", {"link": house.link})).body["alias"]
    assert (offered["alias"], offered["confirmed"]) == ("Pat M.", False)
    chosen = {"link": house.link, "alias": offered["others"][0]}
    answer = (await visitor.post("/api/join-links/alias", chosen)).body
    assert (answer["alias"], answer["confirmed"]) == (offered["others"][0], True)
    shown = (await supervisor.get(f"/api/clients/{house.client}")).body
    assert (shown["alias"], shown["alias_confirmed"]) == (answer["alias"], True)
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
    ticket = (await visitor.post(f"/api/sessions/{house.session}/tickets", {"link": house.link})).body["ticket"]
    assert open_ticket(ticket, b"k" * 32, "node-1", clock.now).alias == answer["alias"]


async def test_what_was_not_offered_is_refused(visitor: Browser, house: House) -> None:
    for alias in ("Facilitator", "Somebody else", "\u200b"):
        answer = await visitor.post("/api/join-links/alias", {"link": house.link, "alias": alias})
        assert (answer.code, answer.body["path"]) == ("invalid_input", "$.alias")


async def test_staff_come_without_an_alias(
    facilitator: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
    ticket = (await facilitator.post(f"/api/sessions/{house.session}/tickets", {})).body["ticket"]
    assert open_ticket(ticket, b"k" * 32, "node-1", clock.now).alias is None
