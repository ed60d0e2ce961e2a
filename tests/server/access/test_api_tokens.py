"""API tokens are shown once, expire, can be revoked, and belong to one clinic."""

from datetime import timedelta

from runtime.secrets import random_secrets
from store.access import api_tokens
from store.database import Database
from tests.server.conftest import Browser, Clock, House


async def is_good(database: Database, secret: str, clock: Clock) -> bool:
    async with database.transaction() as tx:
        return await api_tokens.current(tx, random_secrets.digest(secret), clock.now) is not None


async def test_a_token_is_shown_once_and_works_until_it_is_revoked(
    administrator: Browser, database: Database, clock: Clock
) -> None:
    made = await administrator.post("/api/api-tokens", {"name": "Billing", "scopes": ["feed"]})
    assert made.status == 201
    assert await is_good(database, made.body["secret"], clock)
    listed = (await administrator.get("/api/api-tokens")).body["items"]
    assert listed[-1] == {**made.body, "secret": None}
    assert (await administrator.ask("DELETE", f"/api/api-tokens/{made.body['id']}")).status == 204
    assert not await is_good(database, made.body["secret"], clock)
    assert (await administrator.get("/api/api-tokens")).body["items"][-1]["revoked"] is True


async def test_a_token_expires(administrator: Browser, database: Database, clock: Clock) -> None:
    expires = clock.now + timedelta(days=1)
    body = {"name": "Billing", "scopes": ["feed"], "expires": expires.isoformat()}
    secret = (await administrator.post("/api/api-tokens", body)).body["secret"]
    assert await is_good(database, secret, clock)
    clock.now = expires
    assert not await is_good(database, secret, clock)
    assert (await administrator.sign_in("administrator@riverbend.example")).status == 200
    assert (await administrator.post("/api/api-tokens", body)).body["path"] == "$.expires"


async def test_a_clinic_can_neither_see_nor_revoke_another_clinics_token(
    administrator: Browser, house: House, elsewhere: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        (other,) = await api_tokens.of_clinic(tx, elsewhere.clinic)
        (own,) = await api_tokens.of_clinic(tx, house.clinic)
    listed = (await administrator.get("/api/api-tokens")).body["items"]
    assert [token["id"] for token in listed] == [own.id]
    assert (await administrator.ask("DELETE", f"/api/api-tokens/{other.id}")).code == "not_found"
    assert await is_good(database, elsewhere.token, clock)
