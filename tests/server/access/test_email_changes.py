"""Another address to sign in with: asked for with the password, confirmed by a link, once and within half an hour."""

from runtime.secrets import random_secrets
from store.access import email_changes
from store.database import Database
from tests.server.access.test_password_resets import asked_for
from tests.server.conftest import PASSWORD, Answer, Browser, Clock, House, SignedIn

NEW = "Dana.New@riverbend.example"


async def ask(browser: Browser, email: str = NEW, password: str = PASSWORD) -> Answer:
    return await browser.post("/api/me/email", {"password": password, "email": email})


async def link_sent(database: Database, clock: Clock) -> str:
    """The secret of the link that the worker sends for what was asked last."""
    secret = random_secrets.new()
    async with database.transaction() as tx:
        row = await tx.fetchrow("SELECT clinic_id, id FROM email_changes ORDER BY id DESC LIMIT 1")
        assert row is not None
        digest = random_secrets.digest(secret)
        assert await email_changes.put_digest(tx, row["clinic_id"], row["id"], digest, clock.now)
    return secret


async def confirm(browser: Browser, secret: str) -> Answer:
    return await browser.post("/api/email-changes/use", {"link": secret})


async def mails(database: Database) -> set[tuple[str, str]]:
    async with database.transaction() as tx:
        return {(row["kind"], row["address"]) for row in await tx.fetch("SELECT kind, address FROM mails")}


async def test_a_link_to_the_new_address_changes_it_once_and_the_old_one_gets_a_notice(
    facilitator: Browser, visitor: Browser, house: House, clock: Clock, database: Database
) -> None:
    old = house.email("facilitator")
    assert (await ask(facilitator)).status == 204
    secret = await link_sent(database, clock)
    assert (await visitor.sign_in(old)).status == 200, "nothing changes before the link is used"
    assert (await confirm(visitor, secret)).status == 204
    assert (await facilitator.get("/api/me")).status == 200
    assert (await visitor.sign_in(old)).code == "wrong_credentials"
    assert (await visitor.sign_in(NEW.lower())).body["me"]["person"] == house.facilitator
    assert await mails(database) == {("email_change", NEW), ("email_changed", old)}
    assert (await confirm(visitor, secret)).code == "link_unknown"


async def test_it_needs_the_password(facilitator: Browser, database: Database) -> None:
    assert (await ask(facilitator, password="a guess")).code == "wrong_credentials"
    assert await mails(database) == set()


async def test_a_link_works_for_half_an_hour_and_only_the_newest_does(
    facilitator: Browser, visitor: Browser, clock: Clock, database: Database
) -> None:
    await ask(facilitator)
    first = await link_sent(database, clock)
    await ask(facilitator, "dana@other.example")
    assert (await confirm(visitor, first)).code == "link_unknown"
    second = await link_sent(database, clock)
    clock.advance(minutes=30)
    assert (await confirm(visitor, second)).code == "link_unknown"


async def test_asking_answers_alike_for_addresses_that_somebody_signs_in_with(
    signed_in: SignedIn, house: House, elsewhere: House, clock: Clock, database: Database
) -> None:
    facilitator, visitor = await signed_in("facilitator"), await signed_in("supervisor")
    for taken in (house.email("supervisor"), elsewhere.email("facilitator").upper()):
        answer = await ask(facilitator, taken)
        assert (answer.status, answer.body) == (204, None)
        secret = await link_sent(database, clock)
        assert (await confirm(visitor, secret)).code == "conflict"
        clock.advance(minutes=1)
    assert (await visitor.sign_in(house.email("facilitator"))).body["me"]["person"] == house.facilitator
    assert (await visitor.sign_in(elsewhere.email("facilitator"))).body["me"]["person"] == elsewhere.facilitator


async def test_a_link_for_a_new_password_that_went_to_the_old_address_ends(
    facilitator: Browser, visitor: Browser, house: House, clock: Clock, database: Database
) -> None:
    await visitor.post("/api/password-resets", {"email": house.email("facilitator")})
    reset = await asked_for(database, clock, house)
    await ask(facilitator)
    assert (await confirm(visitor, await link_sent(database, clock))).status == 204
    used = await visitor.post("/api/password-resets/use", {"link": reset, "password": "otters juggle lanterns"})
    assert used.code == "reset_unknown"


async def test_asking_again_and_again_is_slowed_down(facilitator: Browser) -> None:
    assert [(await ask(facilitator)).status for _ in range(4)] == [204, 204, 204, 429]


async def test_a_link_of_somebody_whose_access_is_off_does_nothing(
    facilitator: Browser, administrator: Browser, house: House, clock: Clock, database: Database
) -> None:
    await ask(facilitator)
    secret = await link_sent(database, clock)
    await administrator.post(f"/api/persons/{house.facilitator}/deactivation")
    assert (await confirm(administrator, secret)).code == "link_unknown"


async def test_a_new_password_ends_a_change_that_somebody_else_asked_for(
    facilitator: Browser, visitor: Browser, house: House, clock: Clock, database: Database
) -> None:
    await ask(facilitator)
    change = await link_sent(database, clock)
    await visitor.post("/api/password-resets", {"email": house.email("facilitator")})
    reset = await asked_for(database, clock, house)
    body = {"link": reset, "password": "otters juggle lanterns"}
    assert (await visitor.post("/api/password-resets/use", body)).status == 204
    assert (await confirm(visitor, change)).code == "link_unknown"
