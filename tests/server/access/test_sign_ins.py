"""Signing in: who may sign in, for how long, and how guessers are delayed."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from domain.access.standing import ABSOLUTE, IDLE
from server.access import attempts
from server.http.callers import COOKIE
from server.http.origins import Origin
from store.database import Database
from store.people import passwords
from tests.server.conftest import EVENING, Answer, Browser, Clock, House, person

FREE = attempts.GUESSER.free


async def test_the_facilitator_signs_in_sees_herself_and_signs_out(visitor: Browser, house: House) -> None:
    answer = await visitor.sign_in(house.email("facilitator"))
    assert answer.status == 200
    assert (answer.body["me"]["person"], answer.body["me"]["roles"]) == (house.facilitator, ["facilitator"])
    assert answer.body["me"]["permissions"] == sorted(answer.body["me"]["permissions"])
    assert "notes.write" in answer.body["me"]["permissions"] and "staff.manage" not in answer.body["me"]["permissions"]
    assert (await visitor.get("/api/me")).body == answer.body["me"]
    assert (await visitor.post("/api/sign-out")).status == 204
    assert (await visitor.get("/api/me")).status == 204


async def test_scripts_and_other_sites_cannot_read_the_cookie(visitor: Browser, house: House) -> None:
    cookie = (await visitor.sign_in(house.email("facilitator"))).headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


async def test_the_database_holds_neither_password_nor_secret(
    visitor: Browser, house: House, database: Database
) -> None:
    secret = (await visitor.sign_in(house.email("facilitator"))).headers["Set-Cookie"].split("=")[1].split(";")[0]
    async with database.transaction() as tx:
        stored = await tx.fetchval("SELECT secret_hash FROM sign_ins")
        hash = await tx.fetchval("SELECT hash FROM passwords WHERE person_id = $1", house.facilitator)
    assert secret.encode() not in stored and len(stored) == 32
    assert hash.startswith("$argon2id$")


async def test_signing_out_ends_the_sign_in_and_all_copies_of_its_cookie(visitor: Browser, house: House) -> None:
    cookie = (await visitor.sign_in(house.email("facilitator"))).headers["Set-Cookie"].split(";")[0]
    assert (await visitor.post("/api/sign-out")).status == 204
    assert (await visitor.get("/api/me", Cookie=cookie)).status == 204


async def test_an_unknown_address_gets_the_answer_of_a_wrong_password(visitor: Browser, house: House) -> None:
    wrong = await visitor.sign_in(house.email("facilitator"), "not the password")
    unknown = await visitor.sign_in("nobody@riverbend.example", "not the password")
    assert wrong.code == unknown.code == "wrong_credentials"
    assert wrong.body == unknown.body


async def test_a_client_cannot_sign_in_even_with_a_password(
    visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        sam = await person(tx, house.clinic, "Sam", "sam@riverbend.example")
        hash = await passwords.of_person(tx, house.clinic, house.facilitator)
        await passwords.replace(tx, house.clinic, sam, str(hash), clock.now)
    assert (await visitor.sign_in("sam@riverbend.example")).code == "wrong_credentials"


async def test_an_unused_sign_in_ends(facilitator: Browser, clock: Clock) -> None:
    clock.now += IDLE - timedelta(seconds=1)
    assert (await facilitator.get("/api/me")).status == 200
    clock.now += IDLE - timedelta(seconds=1)
    assert (await facilitator.get("/api/me")).status == 200
    clock.now += IDLE
    assert (await facilitator.get("/api/me")).status == 204


async def test_signing_out_ends_a_sign_in_that_has_lapsed(
    facilitator: Browser, house: House, clock: Clock, database: Database
) -> None:
    """The room that it opened still runs, and only this end closes it."""
    clock.now += IDLE
    assert (await facilitator.get("/api/me")).status == 204
    assert (await facilitator.post("/api/sign-out")).status == 204
    async with database.transaction() as tx:
        ended = await tx.fetchval("SELECT ended_at FROM sign_ins WHERE person_id = $1", house.facilitator)
        changes = await tx.fetchval("SELECT count(*) FROM access_changes WHERE kind = 'signed_out'")
        audited = await tx.fetchval("SELECT actor_id FROM access_audit ORDER BY id DESC LIMIT 1")
    assert (ended, changes, audited) == (clock.now, 1, house.facilitator)


async def test_a_sign_in_in_constant_use_still_ends(facilitator: Browser, clock: Clock) -> None:
    begun = clock.now
    while clock.now + IDLE / 2 < begun + ABSOLUTE:
        clock.now += IDLE / 2
        assert (await facilitator.get("/api/me")).status == 200
    clock.now = begun + ABSOLUTE
    assert (await facilitator.get("/api/me")).status == 204


async def test_concurrent_guesses_are_slowed_down_too(
    browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    guesser, email = browse(), house.email("facilitator")
    guesses = await asyncio.gather(*(guesser.sign_in(email, f"guess number {n}") for n in range(FREE + 5)))
    assert sorted(answer.code for answer in guesses) == 5 * ["too_many_attempts"] + FREE * ["wrong_credentials"]
    slowed = await guesser.sign_in(email)
    assert (slowed.code, slowed.headers["Retry-After"]) == ("too_many_attempts", "2")
    clock.advance(seconds=2)
    assert (await guesser.sign_in(email)).status == 200


async def test_spellings_of_one_address_share_their_failures(visitor: Browser, house: House) -> None:
    """The database treats all of these as one address: another spelling must not reset the count."""
    email = house.email("facilitator")
    spelt = [
        email,
        email.upper(),
        email.title(),
        email.replace("i", "İ"),
        email.replace("i", "İ", 1),
        email.replace("k", "K"),
    ]
    assert {(await visitor.sign_in(one, "a guess")).code for one in spelt[:FREE]} == {"wrong_credentials"}
    for one in spelt:
        assert (await visitor.sign_in(one, "a guess")).code == "too_many_attempts"


async def test_each_further_guess_waits_longer(visitor: Browser, house: House, clock: Clock) -> None:
    async def guess() -> Answer:
        return await visitor.sign_in(house.email("facilitator"), "a guess")

    assert {(await guess()).code for _ in range(FREE)} == {"wrong_credentials"}
    waits = []
    for _ in range(11):
        waits.append(int((await guess()).headers["Retry-After"]))
        clock.advance(seconds=waits[-1])
        assert (await guess()).code == "wrong_credentials"
    assert waits == [2, 3, 5, 9, 17, 33, 65, 129, 257, 513, 901]


async def test_a_right_password_clears_earlier_mistakes(visitor: Browser, house: House) -> None:
    email = house.email("facilitator")
    for _ in range(2):
        for slip in range(FREE - 1):
            assert (await visitor.sign_in(email, f"slip number {slip}")).code == "wrong_credentials"
        assert (await visitor.sign_in(email)).status == 200


async def test_guesses_from_elsewhere_do_not_delay_a_known_browser(
    browse: Callable[[], Browser], house: House, database: Database
) -> None:
    dana, email = browse(), house.email("facilitator")
    cookies = (await dana.sign_in(email)).headers.getall("Set-Cookie")
    assert any(cookie.startswith("vesper_known_browser=") for cookie in cookies)
    assert (await dana.post("/api/sign-out")).status == 204
    await fail_often(database, [*everything(email, "127.0.0.1", "127.0.0.0/24")])
    assert (await browse().sign_in(email)).code == "too_many_attempts"
    assert (await dana.sign_in(email, "a slip of the finger")).code == "wrong_credentials"
    assert (await dana.sign_in(email)).status == 200


async def test_a_browser_is_known_for_one_person_and_not_for_another(
    browse: Callable[[], Browser], house: House, database: Database
) -> None:
    shared = browse()
    assert (await shared.sign_in(house.email("facilitator"))).status == 200
    await fail_often(database, [*everything(house.email("supervisor"), "127.0.0.1", "127.0.0.0/24")])
    assert (await shared.sign_in(house.email("supervisor"))).code == "too_many_attempts"
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM sign_in_failures")
    assert (await shared.sign_in(house.email("supervisor"))).status == 200
    for role in ("supervisor", "facilitator"):
        await fail_often(database, [*everything(house.email(role), "127.0.0.1", "127.0.0.0/24")])
        assert (await shared.sign_in(house.email(role))).status == 200


async def test_the_browsers_cookie_goes_only_to_the_sign_in_and_is_stored_as_a_hash(
    visitor: Browser, house: House, database: Database
) -> None:
    cookies = (await visitor.sign_in(house.email("facilitator"))).headers.getall("Set-Cookie")
    (known,) = [cookie for cookie in cookies if cookie.startswith("vesper_known_browser=")]
    assert {"HttpOnly", "SameSite=Strict", "Path=/api/sign-in"} <= set(known.split("; "))
    async with database.transaction() as tx:
        stored = await tx.fetchval("SELECT secret_hash FROM known_browsers WHERE person_id = $1", house.facilitator)
    assert len(stored) == 32 and known.split("=")[1].split(";")[0].encode() not in stored
    again = (await visitor.sign_in(house.email("facilitator"))).headers.getall("Set-Cookie")
    assert not [cookie for cookie in again if cookie.startswith("vesper_known_browser=")]


async def test_guessing_many_addresses_from_one_network_is_slowed_down(visitor: Browser, house: House) -> None:
    for n in range(attempts.ADDRESS.free):
        assert (await visitor.sign_in(f"guess{n}@riverbend.example")).code == "wrong_credentials"
    assert (await visitor.sign_in(house.email("facilitator"))).code == "too_many_attempts"
    through_the_proxy = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    body = {"email": house.email("facilitator"), "password": "correct horse battery staple"}
    assert (await visitor.post("/api/sign-in", body, **through_the_proxy)).status == 200


def everything(email: str, address: str, network: str) -> tuple[attempts.Subject, ...]:
    return attempts.sign_in_subjects(email, Origin(address, network), b"k" * 32)


async def fail_often(database: Database, subjects: list[attempts.Subject]) -> None:
    """An attacker guesses for an hour, from many networks at once."""
    async with database.transaction() as tx:
        for _ in range(100):
            await attempts.fail(tx, subjects, EVENING - timedelta(minutes=10))


async def test_another_sites_page_cannot_sign_people_in_or_out(visitor: Browser, house: House) -> None:
    answer = await visitor.post("/api/sign-out", Origin="https://evil.example")
    assert (answer.status, answer.code) == (403, "wrong_origin")
    assert (await visitor.post("/api/sign-out", **{"Sec-Fetch-Site": "cross-site"})).code == "wrong_origin"
