"""Passkeys on the server: what proves a person, and which answers prove nobody."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.server.access.factors.soft_key import SoftKey, bytes_of, text_of
from tests.server.access.factors.test_second_factors import begin, give
from tests.server.conftest import ORIGIN, Browser, Clock, House

pytestmark = pytest.mark.usefixtures("nobody_confirms")


async def add(browser: Browser, key: SoftKey) -> Any:
    options = (await browser.post("/api/me/factors/passkey/offer")).body["options"]
    return await browser.post("/api/me/factors/passkey", {"name": "laptop", "passkey": key.made(options)})


async def question(browser: Browser) -> str:
    """What the browser of a signed-in person is to ask a passkey."""
    options: str = (await browser.post("/api/me/passkey-question")).body["options"]
    return options


async def test_a_passkey_is_asked_for_after_the_password(
    facilitator: Browser, browse: Callable[[], Browser], house: House
) -> None:
    key = SoftKey(ORIGIN)
    added = await add(facilitator, key)
    assert (added.status, len(added.body["codes"])) == (201, 10)
    wanted = await begin(browse(), house.email("facilitator"))
    assert json.loads(wanted["passkey"])["allowCredentials"][0]["id"] == text_of(key.id)
    answer = await give(browse(), wanted["pending"], passkey=key.signed(wanted["passkey"]))
    assert (answer.status, answer.body["me"]["person"]) == (200, house.facilitator)


async def test_a_passkey_unlocks_a_page(facilitator: Browser, clock: Clock) -> None:
    key = SoftKey(ORIGIN)
    await add(facilitator, key)
    clock.advance(minutes=20)
    assert (await facilitator.get("/api/sessions")).code == "locked"
    answer = key.signed(await question(facilitator))
    assert (await facilitator.post("/api/me/confirmation", {"passkey": answer})).status == 204
    assert (await facilitator.get("/api/sessions")).status == 200


async def test_no_answer_works_twice(facilitator: Browser) -> None:
    key = SoftKey(ORIGIN)
    await add(facilitator, key)
    answer = key.signed(await question(facilitator))
    assert (await facilitator.post("/api/me/confirmation", {"passkey": answer})).status == 204
    assert (await facilitator.post("/api/me/confirmation", {"passkey": answer})).code == "wrong_factor"


async def test_an_answer_to_another_persons_question_proves_nothing(facilitator: Browser, supervisor: Browser) -> None:
    own, theirs = SoftKey(ORIGIN), SoftKey(ORIGIN)
    await add(facilitator, own)
    await add(supervisor, theirs)
    asked = await question(supervisor)
    for answer in (own.signed(asked), theirs.signed(asked)):
        assert (await facilitator.post("/api/me/confirmation", {"passkey": answer})).code == "wrong_factor"


async def test_an_old_question_is_answered_too_late(facilitator: Browser, clock: Clock) -> None:
    key = SoftKey(ORIGIN)
    await add(facilitator, key)
    asked = await question(facilitator)
    clock.advance(minutes=10)
    assert (await facilitator.post("/api/me/confirmation", {"passkey": key.signed(asked)})).code == "wrong_factor"


@pytest.mark.parametrize(
    "key",
    [SoftKey("https://evil.example"), SoftKey(ORIGIN, "evil.example"), SoftKey(ORIGIN, verified=False)],
    ids=["from another page", "for another site", "nobody verified"],
)
async def test_a_passkey_that_proves_too_little_is_refused(facilitator: Browser, key: SoftKey) -> None:
    refused = await add(facilitator, key)
    assert (refused.code, refused.body["path"]) == ("invalid_input", "$.passkey")
    assert (await facilitator.get("/api/me/factors")).body["factors"] == []


async def test_a_changed_answer_is_refused(facilitator: Browser) -> None:
    key = SoftKey(ORIGIN)
    await add(facilitator, key)
    answer = json.loads(key.signed(await question(facilitator)))
    signature = bytearray(bytes_of(answer["response"]["signature"]))
    signature[-1] ^= 1
    answer["response"]["signature"] = text_of(bytes(signature))
    assert (await facilitator.post("/api/me/confirmation", {"passkey": json.dumps(answer)})).code == "wrong_factor"


@pytest.mark.parametrize("junk", ["{}", "[]", "no json", '{"id": "%%%", "response": {"clientDataJSON": "AA"}}'])
async def test_junk_is_no_answer(facilitator: Browser, junk: str) -> None:
    await add(facilitator, SoftKey(ORIGIN))
    assert (await facilitator.post("/api/me/confirmation", {"passkey": junk})).code == "wrong_factor"
    added = await facilitator.post("/api/me/factors/passkey", {"name": "laptop", "passkey": junk})
    assert added.code in {"wrong_factor", "invalid_input"}


async def test_a_person_without_a_passkey_is_asked_for_none(facilitator: Browser) -> None:
    assert (await facilitator.post("/api/me/passkey-question")).code == "not_found"
