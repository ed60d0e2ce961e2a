"""The public keys that check the closings of clinics' ledgers. Anyone may read them."""

import msgspec

from server.billing.payloads import ClosingKey, ClosingKeys
from server.http.calls import Call
from server.http.routes import ANYONE, Route
from store.ledger import closing_keys
from store.ledger.closing_keys import PublishedKey


async def list_keys(call: Call[None]) -> ClosingKeys:
    """Every key that closings were ever signed with, and its period of validity."""
    found: list[PublishedKey] = []
    for database in call.services.databases:
        async with database.transaction() as tx:
            found += await closing_keys.every(tx)
    keys = (ClosingKey(**msgspec.structs.asdict(key) | {"public_key": key.public_key.hex()}) for key in found)
    return ClosingKeys(keys=tuple(keys))


ROUTES = (
    Route(
        method="GET",
        path="/api/closing-keys",
        handler=list_keys,
        who=ANYONE,
        audited=False,
        response=ClosingKeys,
    ),
)
