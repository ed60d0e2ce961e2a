"""A clinic's own door, and invitations that are accepted with an account at its provider."""

from collections.abc import Callable

from runtime.secrets import random_secrets
from server.access.attempts import PROVIDERS
from store.database import Database
from tests.server.access.test_invitations import OWN
from tests.server.conftest import Browser, Clock, House
from tests.server.single_sign_on.conftest import Staff, invited

Newly = Callable[..., Staff]


async def test_whoever_has_the_clinics_link_sees_its_door(visitor: Browser, clinic: str, house: House) -> None:
    shown = (await visitor.get(f"/api/providers/{clinic}")).body
    assert shown == {"clinic": clinic, "clinic_name": house.name, "label": "Riverbend account"}


async def test_a_clinic_without_a_provider_has_no_door(visitor: Browser, elsewhere: House) -> None:
    for id in (elsewhere.clinic, "0190b2a0-0000-7000-8000-000000000000"):
        assert (await visitor.get(f"/api/providers/{id}")).code == "not_found"
        assert (await visitor.post(f"/api/providers/{id}/sign-in")).code == "not_found"


async def test_the_way_to_the_provider_carries_no_secret_and_the_database_only_a_digest(
    visitor: Browser, clinic: str, database: Database
) -> None:
    answer = await visitor.post(f"/api/providers/{clinic}/sign-in")
    cookie = answer.headers["Set-Cookie"]
    secret = cookie.split("=")[1].split(";")[0]
    assert {"HttpOnly", "SameSite=Strict", "Path=/api/providers"} <= set(cookie.split("; "))
    address = answer.body["address"]
    assert secret not in address
    assert all(part in address for part in ("code_challenge_method=S256", "nonce=", "state=", "max_age=900"))
    assert "prompt" not in address
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT secret_hash FROM provider_attempts") == random_secrets.digest(secret)


async def test_the_invited_joins_with_an_account_instead_of_a_password(
    newly: Newly, clinic: str, administrator: Browser, database: Database, house: House
) -> None:
    link = await invited(administrator, database, house)
    noor = newly("noor")
    shown = await noor.browser.post("/api/invitations/open", {"link": link})
    assert shown.body["provider"] == "Riverbend account"
    answer = await noor.goes("/api/invitations/provider", {"link": link})
    assert answer.status == 200, answer.body
    person = answer.body["me"]["person"]
    assert (await administrator.get(f"/api/staff/{person}")).body["state"] == "active"
    assert (await newly("noor").signs_in(clinic)).body["me"]["person"] == person
    used = await noor.browser.post("/api/invitations/accept", {"link": link, "name": "N", "password": OWN})
    assert used.code == "link_revoked"


async def test_an_invitation_is_accepted_once_and_not_after_it_was_withdrawn(
    newly: Newly, clinic: str, administrator: Browser, database: Database, house: House
) -> None:
    link = await invited(administrator, database, house)
    slow, quick = newly("slow"), newly("noor")
    where, returned = await slow.way("/api/invitations/provider", {"link": link})
    assert (await quick.goes("/api/invitations/provider", {"link": link})).status == 200
    assert (await slow.comes_back(where, returned)).code == "link_revoked"
    assert (await newly("slow").signs_in(clinic)).code == "not_linked"


async def test_an_account_of_somebody_else_accepts_no_invitation(
    dana: Staff, newly: Newly, administrator: Browser, database: Database, house: House
) -> None:
    link = await invited(administrator, database, house)
    answer = await newly("dana").goes("/api/invitations/provider", {"link": link})
    assert answer.code == "conflict"
    assert (await newly("noor").goes("/api/invitations/provider", {"link": link})).status == 200  # still open


async def test_an_invitation_asks_again_who_is_signed_in_at_the_provider(
    newly: Newly, clinic: str, administrator: Browser, database: Database, house: House
) -> None:
    """On a shared machine, the colleague's account would be linked otherwise."""
    noor = newly("noor")
    assert (await noor.signs_in(clinic)).code == "not_linked"  # now the provider knows who sits here
    before = noor.person.typed
    link = await invited(administrator, database, house)
    assert (await noor.goes("/api/invitations/provider", {"link": link})).status == 200
    assert noor.person.typed == before + 1


async def test_who_begins_again_and_again_waits(visitor: Browser, clinic: str, clock: Clock) -> None:
    for _ in range(PROVIDERS.free):
        assert (await visitor.post(f"/api/providers/{clinic}/sign-in")).status == 200
    assert (await visitor.post(f"/api/providers/{clinic}/sign-in")).code == "too_many_attempts"
    clock.advance(minutes=1)
    assert (await visitor.post(f"/api/providers/{clinic}/sign-in")).status == 200
