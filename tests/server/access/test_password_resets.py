"""A forgotten password: asked for, sent, used once."""

import time
from collections.abc import Callable

from runtime.secrets import random_secrets
from server.access.password_resets import ANSWER_SECONDS
from store.access import password_resets
from store.database import Database
from tests.server.access.factors.test_second_factors import add_phone, begin, give
from tests.server.conftest import Browser, Clock, House

NEW = "a password that is new"


async def asked_for(database: Database, clock: Clock, house: House) -> str:
    """The secret of the link that the worker sends for what was asked."""
    secret = random_secrets.new()
    async with database.transaction() as tx:
        row = await tx.fetchrow("SELECT reference_id FROM mails WHERE kind = 'password_reset'")
        assert row is not None
        digest = random_secrets.digest(secret)
        assert await password_resets.put_digest(tx, house.clinic, row["reference_id"], digest, clock.now)
    return secret


async def test_a_link_sets_a_new_password_once_and_ends_all_sign_ins(
    facilitator: Browser, visitor: Browser, house: House, clock: Clock, database: Database
) -> None:
    assert (await visitor.post("/api/password-resets", {"email": house.email("facilitator").upper()})).status == 204
    secret = await asked_for(database, clock, house)
    body = {"link": secret, "password": NEW}
    assert (await visitor.post("/api/password-resets/use", body | {"password": "short"})).body["path"] == "$.password"
    assert (await visitor.post("/api/password-resets/use", body)).status == 204
    assert (await facilitator.get("/api/me")).status == 204
    assert (await visitor.post("/api/password-resets/use", body)).code == "reset_unknown"
    assert (await visitor.sign_in(house.email("facilitator"))).code == "wrong_credentials"
    assert (await visitor.sign_in(house.email("facilitator"), NEW)).status == 200


async def test_a_password_that_is_easy_to_guess_is_refused_and_the_link_stays_good(
    visitor: Browser, house: House, clock: Clock, database: Database
) -> None:
    await visitor.post("/api/password-resets", {"email": house.email("facilitator")})
    secret = await asked_for(database, clock, house)
    for easy in (house.email("facilitator"), "password1234", f"{house.name} 2026"):
        refused = await visitor.post("/api/password-resets/use", {"link": secret, "password": easy})
        assert (refused.code, refused.body["path"]) == ("invalid_input", "$.password"), easy
    assert (await visitor.post("/api/password-resets/use", {"link": secret, "password": NEW})).status == 204


async def test_a_link_works_for_half_an_hour_and_only_the_newest_does(
    visitor: Browser, house: House, clock: Clock, database: Database
) -> None:
    await visitor.post("/api/password-resets", {"email": house.email("facilitator")})
    secret = await asked_for(database, clock, house)
    clock.advance(minutes=30)
    body = {"link": secret, "password": NEW}
    assert (await visitor.post("/api/password-resets/use", body)).code == "reset_unknown"
    newer = await asked_for(database, clock, house)
    await visitor.post("/api/password-resets", {"email": house.email("facilitator")})
    assert (await visitor.post("/api/password-resets/use", body | {"link": newer})).code == "reset_unknown"


async def test_an_unknown_address_gets_the_same_answer_after_the_same_time(
    visitor: Browser, house: House, database: Database
) -> None:
    answers, took = [], []
    for email in (house.email("facilitator"), "nobody@riverbend.example", "pat@riverbend.example"):
        began = time.perf_counter()
        answers.append(await visitor.post("/api/password-resets", {"email": email}))
        took.append(time.perf_counter() - began)
    assert {(answer.status, answer.body) for answer in answers} == {(204, None)}
    assert min(took) >= ANSWER_SECONDS
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM mails") == 1


async def test_asking_again_and_again_is_slowed_down(visitor: Browser, house: House) -> None:
    for email in (house.email("facilitator"), "nobody@riverbend.example"):
        answers = [await visitor.post("/api/password-resets", {"email": email}) for _ in range(4)]
        assert [answer.status for answer in answers] == [204, 204, 204, 429]


async def test_the_second_factor_stays(
    facilitator: Browser, browse: Callable[[], Browser], house: House, clock: Clock, database: Database
) -> None:
    phone, _ = await add_phone(facilitator, clock)
    pending = (await begin(browse(), house.email("facilitator")))["pending"]
    await browse().post("/api/password-resets", {"email": house.email("facilitator")})
    secret = await asked_for(database, clock, house)
    assert (await browse().post("/api/password-resets/use", {"link": secret, "password": NEW})).status == 204
    clock.advance(seconds=30)
    assert (await give(browse(), pending, code=phone.code())).code == "not_signed_in", "it began with the old password"
    answer = await browse().sign_in(house.email("facilitator"), NEW)
    assert answer.body["me"] is None
    assert (await give(browse(), answer.body["factor"]["pending"], code=phone.code())).status == 200


async def test_a_link_of_a_deactivated_person_does_nothing(
    administrator: Browser, visitor: Browser, house: House, clock: Clock, database: Database
) -> None:
    await visitor.post("/api/password-resets", {"email": house.email("facilitator")})
    secret = await asked_for(database, clock, house)
    assert (await administrator.post(f"/api/persons/{house.facilitator}/deactivation")).status == 204
    assert (await visitor.post("/api/password-resets/use", {"link": secret, "password": NEW})).code == "reset_unknown"


async def test_guessed_links_are_delayed(visitor: Browser) -> None:
    guesses = [
        (await visitor.post("/api/password-resets/use", {"link": f"guess {n}", "password": NEW})).code
        for n in range(31)
    ]
    assert guesses == 30 * ["reset_unknown"] + ["too_many_attempts"]


async def test_the_database_holds_only_a_digest(
    visitor: Browser, house: House, clock: Clock, database: Database
) -> None:
    await visitor.post("/api/password-resets", {"email": house.email("facilitator")})
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT secret_hash FROM password_resets") is None
    secret = await asked_for(database, clock, house)
    async with database.transaction() as tx:
        stored = await tx.fetchval("SELECT secret_hash FROM password_resets")
    assert len(stored) == 32 and secret.encode() not in stored
