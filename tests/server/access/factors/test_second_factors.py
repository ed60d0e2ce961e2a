"""Second factors: added, asked for at sign-in, used once each, required by a clinic, and removed."""

import asyncio
from collections.abc import Callable
from typing import Any

import pyotp
import pytest

from store.database import Database
from tests.server.conftest import PASSWORD, Answer, Browser, Clock, House, SignedIn

STEP = 30


class Phone:
    """An authenticator app: it knows the secret, and the time."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._codes = pyotp.TOTP(secret)
        self._clock = clock

    def code(self) -> str:
        return self._codes.at(self._clock.now)


async def add_phone(browser: Browser, clock: Clock, name: str = "my phone") -> tuple[Phone, Any]:
    """Add an app; answers it, and the answer's body, which has the recovery codes."""
    offer = await browser.post("/api/me/factors/one-time-code/offer")
    assert offer.status == 200
    phone = Phone(offer.body["secret"], clock)
    body = {"name": name, "secret": offer.body["secret"], "code": phone.code()}
    added = await browser.post("/api/me/factors/one-time-code", body)
    assert added.status == 201
    return phone, added.body


async def give(browser: Browser, pending: str, **proof: str) -> Answer:
    return await browser.post("/api/sign-in/factor", {"pending": pending, **proof})


async def begin(browser: Browser, email: str) -> Any:
    """Give the password; answers what is wanted next."""
    answer = await browser.sign_in(email)
    assert answer.status == 200 and answer.body["me"] is None
    assert "Set-Cookie" not in answer.headers
    return answer.body["factor"]


async def test_a_person_adds_an_app_and_is_asked_for_its_code(
    facilitator: Browser, browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    phone, added = await add_phone(facilitator, clock)
    assert [factor["name"] for factor in added["factors"]] == ["my phone"]
    assert len(set(added["codes"])) == 10
    assert (await facilitator.get("/api/me")).body["second_factor"] == "present"
    clock.advance(seconds=STEP)
    elsewhere = browse()
    wanted = await begin(elsewhere, house.email("facilitator"))
    assert (wanted["one_time_code"], wanted["recovery_code"], wanted["passkey"]) == (True, True, None)
    assert (await elsewhere.get("/api/me")).status == 204, "a password alone gives no access"
    answer = await give(elsewhere, wanted["pending"], code=phone.code())
    assert (answer.status, answer.body["me"]["person"]) == (200, house.facilitator)
    assert (await elsewhere.get("/api/sessions")).status == 200


async def test_no_code_works_twice(
    facilitator: Browser, browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    phone, _ = await add_phone(facilitator, clock)
    elsewhere = browse()
    wanted = await begin(elsewhere, house.email("facilitator"))
    assert (await give(elsewhere, wanted["pending"], code=phone.code())).code == "wrong_factor", "it added the app"
    clock.advance(seconds=STEP)
    code = phone.code()
    assert (await give(elsewhere, wanted["pending"], code=code)).status == 200
    again = await begin(browse(), house.email("facilitator"))
    assert (await give(elsewhere, again["pending"], code=code)).code == "wrong_factor"
    assert (await give(elsewhere, wanted["pending"], code=code)).code == "not_signed_in", "it is finished"


async def test_one_code_sent_twice_at_once_signs_in_once(
    facilitator: Browser, browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    phone, _ = await add_phone(facilitator, clock)
    clock.advance(seconds=STEP)
    pending = [(await begin(browse(), house.email("facilitator")))["pending"] for _ in range(4)]
    answers = await asyncio.gather(*(give(browse(), one, code=phone.code()) for one in pending))
    assert sorted(answer.status for answer in answers) == [200, 403, 403, 403]


async def test_guesses_of_a_code_wait_longer_and_longer(
    facilitator: Browser, browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    phone, _ = await add_phone(facilitator, clock)
    clock.advance(seconds=STEP)
    guesser = browse()
    wanted = await begin(guesser, house.email("facilitator"))
    wrong = f"{(int(phone.code()) + 1) % 1_000_000:06d}"
    codes = [(await give(guesser, wanted["pending"], code=wrong)).code for _ in range(6)]
    assert codes == 5 * ["wrong_factor"] + ["too_many_attempts"]
    assert (await give(guesser, wanted["pending"], code=phone.code())).code == "too_many_attempts"
    clock.advance(seconds=STEP)
    assert (await give(guesser, wanted["pending"], code=phone.code())).status == 200


async def test_a_password_waits_ten_minutes_for_its_factor(
    facilitator: Browser, browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    phone, _ = await add_phone(facilitator, clock)
    wanted = await begin(browse(), house.email("facilitator"))
    clock.advance(minutes=10)
    assert (await give(browse(), wanted["pending"], code=phone.code())).code == "not_signed_in"


async def test_a_recovery_code_stands_in_once(
    facilitator: Browser, browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    _, added = await add_phone(facilitator, clock)
    paper = added["codes"][0]
    wanted = await begin(browse(), house.email("facilitator"))
    answer = await give(browse(), wanted["pending"], recovery_code=paper.lower().replace("-", " "))
    assert (answer.status, answer.body["me"]["recovery_codes"]) == (200, 9)
    wanted = await begin(browse(), house.email("facilitator"))
    assert (await give(browse(), wanted["pending"], recovery_code=paper)).code == "wrong_factor"


async def test_new_recovery_codes_replace_the_old_ones(
    facilitator: Browser, browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    _, added = await add_phone(facilitator, clock)
    renewed = await facilitator.post("/api/me/recovery-codes")
    assert renewed.status == 201 and not set(renewed.body["codes"]) & set(added["codes"])
    wanted = await begin(browse(), house.email("facilitator"))
    assert (await give(browse(), wanted["pending"], recovery_code=added["codes"][0])).code == "wrong_factor"
    assert (await give(browse(), wanted["pending"], recovery_code=renewed.body["codes"][0])).status == 200


async def test_the_database_holds_no_secret_in_the_clear(
    facilitator: Browser, house: House, clock: Clock, database: Database
) -> None:
    offer = (await facilitator.post("/api/me/factors/one-time-code/offer")).body
    code = Phone(offer["secret"], clock).code()
    body = {"name": "my phone", "secret": offer["secret"], "code": code}
    added = (await facilitator.post("/api/me/factors/one-time-code", body)).body
    async with database.transaction() as tx:
        stored = await tx.fetchval("SELECT secret FROM second_factors WHERE person_id = $1", house.facilitator)
        hashes = await tx.fetch("SELECT hash FROM recovery_codes")
    assert offer["secret"].encode() not in stored
    assert len(hashes) == 10 and all(len(row["hash"]) == 32 for row in hashes)
    assert all(code.encode() not in row["hash"] for code in added["codes"] for row in hashes)


async def test_a_wrong_first_code_adds_nothing(facilitator: Browser, clock: Clock) -> None:
    offer = (await facilitator.post("/api/me/factors/one-time-code/offer")).body
    wrong = f"{(int(Phone(offer['secret'], clock).code()) + 1) % 1_000_000:06d}"
    body = {"name": "my phone", "secret": offer["secret"], "code": wrong}
    assert (await facilitator.post("/api/me/factors/one-time-code", body)).code == "wrong_factor"
    assert (await facilitator.get("/api/me/factors")).body["factors"] == []


async def test_adding_and_removing_want_a_fresh_confirmation(facilitator: Browser, clock: Clock) -> None:
    clock.advance(minutes=6)
    assert (await facilitator.post("/api/me/factors/one-time-code/offer")).code == "confirmation_wanted"
    assert (await facilitator.post("/api/me/confirmation", {"password": "a guess"})).code == "wrong_credentials"
    assert (await facilitator.post("/api/me/confirmation", {"password": PASSWORD})).status == 204
    phone, added = await add_phone(facilitator, clock)
    path = f"/api/me/factors/{added['factors'][0]['id']}"
    clock.advance(minutes=6)
    assert (await facilitator.ask("DELETE", path)).code == "confirmation_wanted"
    assert (await facilitator.post("/api/me/confirmation", {"password": PASSWORD})).status == 204
    assert (await facilitator.ask("DELETE", path)).code == "confirmation_wanted", "a password is no second factor"
    assert (await facilitator.post("/api/me/confirmation", {"code": phone.code()})).status == 204
    gone = await facilitator.ask("DELETE", path)
    assert (gone.status, gone.body["factors"], gone.body["recovery_codes"]) == (200, [], 0)
    assert (await facilitator.get("/api/me")).body["second_factor"] == "not_asked"


async def test_a_factor_gets_another_name(facilitator: Browser, clock: Clock) -> None:
    _, added = await add_phone(facilitator, clock)
    path = f"/api/me/factors/{added['factors'][0]['id']}"
    renamed = await facilitator.ask("PUT", path, {"name": "the old phone"})
    assert [factor["name"] for factor in renamed.body["factors"]] == ["the old phone"]
    assert (await facilitator.ask("PUT", path, {"name": " "})).body["path"] == "$.name"


async def test_nobody_touches_another_persons_factor(facilitator: Browser, supervisor: Browser, clock: Clock) -> None:
    _, added = await add_phone(facilitator, clock)
    await add_phone(supervisor, clock)
    path = f"/api/me/factors/{added['factors'][0]['id']}"
    assert (await supervisor.ask("DELETE", path)).code == "not_found"
    assert (await supervisor.ask("PUT", path, {"name": "mine"})).code == "not_found"


async def test_a_clinic_asks_some_roles_from_their_next_sign_in_on(
    administrator: Browser, signed_in: SignedIn, house: House, clock: Clock
) -> None:
    before = await signed_in("facilitator")
    clock.advance(minutes=1)
    policy = {"required": "by_role", "roles": ["facilitator"]}
    assert (await administrator.ask("PUT", "/api/clinic/second-factor", policy)).body == policy
    assert (await before.get("/api/sessions")).status == 200, "nobody is stopped in the middle of a group"
    assert (await (await signed_in("supervisor")).get("/api/sessions")).status == 200
    after = await signed_in("facilitator")
    me = (await after.get("/api/me")).body
    assert (me["standing"], me["second_factor"]) == ("factor_missing", "missing")
    for method, path in (("GET", "/api/sessions"), ("POST", f"/api/sessions/{house.session}/tickets")):
        assert (await after.ask(method, path, {} if method == "POST" else None)).code == "factor_missing"
    _, added = await add_phone(after, clock)
    assert (await after.get("/api/sessions")).status == 200
    path = f"/api/me/factors/{added['factors'][0]['id']}"
    assert (await after.ask("DELETE", path)).code == "conflict", "the last one stays while the clinic asks for it"


@pytest.mark.parametrize(
    ("policy", "path"),
    [({"required": "by_role"}, "$.roles"), ({"required": "sometimes"}, "$.required"), ({}, "$")],
)
async def test_a_policy_that_says_nothing_clear_is_refused(
    administrator: Browser, policy: dict[str, str], path: str
) -> None:
    answer = await administrator.ask("PUT", "/api/clinic/second-factor", policy)
    assert (answer.code, answer.body["path"]) == ("invalid_input", path)


async def test_two_proofs_at_once_are_refused(facilitator: Browser) -> None:
    both = {"password": PASSWORD, "code": "123456"}
    assert (await facilitator.post("/api/me/confirmation", both)).code == "invalid_input"
    assert (await facilitator.post("/api/me/confirmation", {})).code == "invalid_input"


async def test_a_right_password_does_not_forgive_guessed_codes(facilitator: Browser, clock: Clock) -> None:
    phone, _ = await add_phone(facilitator, clock)
    clock.advance(seconds=STEP)
    wrong = {"code": f"{(int(phone.code()) + 1) % 1_000_000:06d}"}
    for _ in range(5):
        assert (await facilitator.post("/api/me/confirmation", wrong)).code == "wrong_factor"
    assert (await facilitator.post("/api/me/confirmation", {"password": PASSWORD})).status == 204
    assert (await facilitator.post("/api/me/confirmation", wrong)).code == "too_many_attempts"
