"""Anyone may read the keys that check closings."""

from store.database import Database
from store.ledger import closing_keys
from tests.server.conftest import Browser


async def test_every_key_is_listed_with_its_period_of_validity(visitor: Browser, owner_url: str) -> None:
    assert (await visitor.get("/api/closing-keys")).body == {"keys": []}
    async with Database.open(owner_url) as owner, owner.transaction() as tx:
        for id in ("first", "second"):
            await closing_keys.publish(tx, id, id.encode().ljust(32))
        await closing_keys.end(tx, ["first"], 60)
    first, second = (await visitor.get("/api/closing-keys")).body["keys"]
    assert (first["id"], first["public_key"]) == ("first", b"first".ljust(32).hex())
    assert first["valid_from"] < first["valid_until"]
    assert second["valid_until"] is None
