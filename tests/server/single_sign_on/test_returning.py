"""Back from the provider, which is a real one: who is signed in, and which tokens sign nobody in."""

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from tests.provider.proxy import Provider
from tests.server.access.factors.test_second_factors import add_phone
from tests.server.conftest import PASSWORD, Browser, Clock, House
from tests.server.single_sign_on.conftest import Staff

pytestmark = pytest.mark.usefixtures("nobody_confirms")

Newly = Callable[..., Staff]


async def nobody_is_in(browser: Browser) -> bool:
    return (await browser.get("/api/me")).status == 204


async def test_the_facilitator_signs_in_by_her_clinics_provider(
    dana: Staff, newly: Newly, clinic: str, house: House
) -> None:
    elsewhere = newly()
    answer = await elsewhere.signs_in(clinic)
    assert answer.status == 200
    assert answer.body["me"]["person"] == house.facilitator
    assert (await elsewhere.browser.get("/api/me")).body == answer.body["me"]


async def test_an_account_that_is_linked_with_nobody_signs_nobody_in(dana: Staff, newly: Newly, clinic: str) -> None:
    """Not even one that is called like somebody's address."""
    for account in ("stranger", "facilitator@riverbend.example"):
        stranger = newly(account)
        assert (await stranger.signs_in(clinic)).code == "not_linked"
        assert await nobody_is_in(stranger.browser)


WRONG: dict[str, dict[str, Any]] = {
    "token_of_another_issuer": {"iss": "https://login.example.org"},
    "token_for_another": {"aud": "another-application"},
    "token_of_another_sign_in": {"nonce": "of another sign-in"},
    "token_expired": {"exp": 1_700_000_000, "iat": 1_699_999_000},
    "token_unreadable": {"sub": None},
}


@pytest.mark.parametrize("code", WRONG)
async def test_a_token_with_a_wrong_claim_signs_nobody_in(
    code: str, dana: Staff, newly: Newly, clinic: str, provider: Provider
) -> None:
    """Each bears the provider's own signature: nothing is wrong with it but the claim."""
    provider.claims(**WRONG[code])
    somebody = newly()
    answer = await somebody.signs_in(clinic)
    assert (answer.status, answer.code) == (403, code)
    assert await nobody_is_in(somebody.browser)
    provider.claims()
    assert (await somebody.signs_in(clinic)).status == 200


@pytest.mark.parametrize("missing", ["iss", "aud", "nonce", "exp", "iat", "sub"])
async def test_a_token_that_lacks_a_claim_signs_nobody_in(
    missing: str, dana: Staff, newly: Newly, clinic: str, provider: Provider
) -> None:
    provider.claims(**{missing: None})
    somebody = newly()
    assert (await somebody.signs_in(clinic)).status == 403
    assert await nobody_is_in(somebody.browser)


async def test_a_token_for_several_that_names_another_as_its_user_signs_nobody_in(
    dana: Staff, newly: Newly, clinic: str, provider: Provider, administrator: Browser
) -> None:
    client = (await administrator.get("/api/clinic/provider")).body["provider"]["client_id"]
    provider.claims(aud=[client, "another-application"], azp="another-application")
    assert (await newly().signs_in(clinic)).code == "token_for_another"


def by_another_key(provider: Provider) -> Callable[..., str]:
    other = RSAKey.generate_key(2048, {"kid": provider.key.kid, "alg": "RS256"}, private=True)
    return lambda header, claims: jwt.encode(header, claims, other, algorithms=["RS256"])


def by_nobody(_: Provider) -> Callable[..., str]:
    none = OctKey.import_key("nothing signs this, whatever its length")
    return lambda _, claims: jwt.encode({"alg": "none"}, claims, none, algorithms=["none"]).rpartition(".")[0] + "."


def by_the_public_key_as_a_secret(provider: Provider) -> Callable[..., str]:
    """By hand: libraries refuse to sign so."""
    secret = provider.key.as_pem(private=False)

    def sign(header: dict[str, Any], claims: dict[str, Any]) -> str:
        body = ".".join(encoded(json.dumps(part).encode()) for part in ({**header, "alg": "HS256"}, claims))
        return f"{body}.{encoded(hmac.digest(secret, body.encode(), 'sha256'))}"

    return sign


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def by_an_algorithm_that_the_clinic_does_not_take(provider: Provider) -> Callable[..., str]:
    key = RSAKey.import_key({**provider.key.as_dict(private=True), "alg": "PS256"})
    return lambda header, claims: jwt.encode({**header, "alg": "PS256"}, claims, key, algorithms=["PS256"])


def with_a_key_of_its_own(provider: Provider) -> Callable[..., str]:
    other = ECKey.generate_key("P-256", private=True)
    header = {"alg": "ES256", "jwk": other.as_dict(private=False)}
    return lambda _, claims: jwt.encode(header, claims, other, algorithms=["ES256"])


SIGNED = [
    by_another_key, by_nobody, by_the_public_key_as_a_secret, by_an_algorithm_that_the_clinic_does_not_take,
    with_a_key_of_its_own,
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize("signed", SIGNED)
async def test_a_token_with_a_wrong_signature_signs_nobody_in(
    signed: Callable[..., Any], dana: Staff, newly: Newly, clinic: str, provider: Provider
) -> None:
    provider.sign = signed(provider)
    somebody = newly()
    answer = await somebody.signs_in(clinic)
    assert (answer.status, answer.code) == (403, "token_not_signed")
    assert await nobody_is_in(somebody.browser)


async def test_what_is_no_token_signs_nobody_in(dana: Staff, newly: Newly, clinic: str, provider: Provider) -> None:
    provider.sign = lambda *_: "no.token"
    assert (await newly().signs_in(clinic)).code == "token_unreadable"


async def test_a_code_and_its_attempt_work_once(dana: Staff, newly: Newly, clinic: str) -> None:
    somebody = newly()
    _, returned = await somebody.way(f"/api/providers/{clinic}/sign-in")
    assert (await somebody.comes_back(clinic, returned)).status == 200
    assert (await somebody.comes_back(clinic, returned)).code == "provider_attempt_over"


async def test_a_code_of_another_attempt_is_refused(dana: Staff, newly: Newly, clinic: str) -> None:
    """Its verifier is another (PKCE), so a code that was seen on the way is worth nothing."""
    seen, thief = newly(), newly("thief")
    _, stolen = await seen.way(f"/api/providers/{clinic}/sign-in")
    _, own = await thief.way(f"/api/providers/{clinic}/sign-in")
    answer = await thief.comes_back(clinic, {**own, "code": stolen["code"]})
    assert answer.code == "provider_refused"
    assert await nobody_is_in(thief.browser)


async def test_an_attempt_ends_only_in_the_browser_that_began_it(dana: Staff, newly: Newly, clinic: str) -> None:
    """So nobody can be signed in as somebody else by a link."""
    begun, lured = newly("thief"), newly()
    _, returned = await begun.way(f"/api/providers/{clinic}/sign-in")
    assert (await lured.comes_back(clinic, returned)).code == "provider_attempt_over"
    _, own = await lured.way(f"/api/providers/{clinic}/sign-in")
    assert (await lured.comes_back(clinic, {**returned, "code": own["code"]})).code == "provider_attempt_over"
    assert (await lured.comes_back(clinic, own)).status == 200  # a wrong state has used nothing up


async def test_an_attempt_lasts_ten_minutes(dana: Staff, newly: Newly, clinic: str, clock: Clock) -> None:
    somebody = newly()
    _, returned = await somebody.way(f"/api/providers/{clinic}/sign-in")
    clock.advance(minutes=10)
    assert (await somebody.comes_back(clinic, returned)).code == "provider_attempt_over"


async def test_who_cancels_at_the_provider_is_not_signed_in(dana: Staff, newly: Newly, clinic: str) -> None:
    somebody = newly()
    begun = await somebody.browser.post(f"/api/providers/{clinic}/sign-in")
    returned = await somebody.person.visits(begun.body["address"], cancels=True)
    sent = {name: value for name, value in returned.items() if name in ("state", "error", "iss")}
    assert sent["error"] == "access_denied"
    assert (await somebody.comes_back(clinic, sent)).code == "provider_refused"


async def test_an_answer_that_names_another_sender_is_refused(dana: Staff, newly: Newly, clinic: str) -> None:
    """This provider says that it names itself in its answers, so one without a name is not its own either."""
    for change in ({"iss": "https://login.example.org"}, {"iss": None}):
        somebody = newly()
        _, returned = await somebody.way(f"/api/providers/{clinic}/sign-in")
        assert (await somebody.comes_back(clinic, {**returned, **change})).code == "token_of_another_issuer"


async def test_a_provider_that_asked_long_ago_does_not_get_past_a_locked_page(
    dana: Staff, newly: Newly, clinic: str, provider: Provider, clock: Clock
) -> None:
    for said in ({"auth_time": int(clock.now.timestamp()) - 1000}, {"auth_time": None}):
        provider.claims(**said)
        assert (await newly().signs_in(clinic)).code == "token_too_old"


async def test_within_fifteen_minutes_the_provider_does_not_ask_again(dana: Staff, clinic: str) -> None:
    """She linked her account a moment ago, in this browser."""
    assert (await dana.browser.post("/api/sign-out")).status == 204
    before = dana.person.typed
    assert (await dana.signs_in(clinic)).status == 200
    assert dana.person.typed == before


async def test_a_clinics_provider_signs_in_only_that_clinics_people(
    dana: Staff, newly: Newly, clinic: str, elsewhere: House, theirs: Browser
) -> None:
    """Both clinics use one provider, and Dana's account is linked in hers only."""
    there = newly()
    assert (await there.signs_in(elsewhere.clinic)).code == "not_linked"
    own = Staff(theirs, "dana")
    assert (await own.goes("/api/me/provider/link")).status == 200  # a link of its own, of another person
    assert (await newly().signs_in(elsewhere.clinic)).body["me"]["person"] == elsewhere.administrator
    assert (await newly().signs_in(clinic)).body["me"]["clinic"] == clinic


async def test_two_clinics_ways_cannot_be_mixed_up(
    dana: Staff, newly: Newly, clinic: str, elsewhere: House, theirs: Browser
) -> None:
    somebody = newly()
    _, here = await somebody.way(f"/api/providers/{clinic}/sign-in")
    assert (await somebody.comes_back(elsewhere.clinic, here)).code == "provider_attempt_over"
    _, there = await somebody.way(f"/api/providers/{elsewhere.clinic}/sign-in")
    answer = await somebody.comes_back(elsewhere.clinic, {**there, "code": here["code"]})
    assert answer.code == "provider_refused"


async def test_whose_access_is_off_is_not_signed_in(
    dana: Staff, newly: Newly, clinic: str, house: House, administrator: Browser
) -> None:
    assert (await administrator.post(f"/api/persons/{house.facilitator}/deactivation")).status < 300
    assert (await newly().signs_in(clinic)).code == "not_linked"
    assert await nobody_is_in(dana.browser)


async def test_her_own_second_factor_is_asked_for_unless_the_token_names_one(
    dana: Staff, newly: Newly, clinic: str, clock: Clock
) -> None:
    phone, _ = await add_phone(dana.browser, clock)
    plain = newly()
    answer = await plain.signs_in(clinic)
    assert answer.body["me"] is None and answer.body["factor"]["one_time_code"]
    assert await nobody_is_in(plain.browser)
    clock.advance(seconds=30)
    given = {"pending": answer.body["factor"]["pending"], "code": phone.code()}
    assert (await plain.browser.post("/api/sign-in/factor", given)).body["me"]["second_factor"] == "present"
    with_factor = newly(factor="mfa")
    assert (await with_factor.signs_in(clinic)).body["me"]["second_factor"] == "present"


async def test_a_clinic_that_asks_for_a_factor_takes_the_providers_only_as_it_has_set(
    dana: Staff, newly: Newly, clinic: str, administrator: Browser, clock: Clock
) -> None:
    clock.advance(seconds=1)
    policy = {"required": "always", "roles": []}
    assert (await administrator.ask("PUT", "/api/clinic/second-factor", policy)).status == 200
    clock.advance(seconds=1)
    for factor, standing in ((None, "factor_missing"), ("otp", "factor_missing"), ("mfa", "open")):
        somebody = newly(factor=factor)
        assert (await somebody.signs_in(clinic)).body["me"]["standing"] == standing, factor


async def test_the_provider_opens_a_locked_page_and_asks_again_first(dana: Staff, clinic: str) -> None:
    assert (await dana.browser.post("/api/me/lock")).status == 204
    assert (await dana.browser.get("/api/sessions")).code == "locked"
    before = dana.person.typed
    assert (await dana.goes("/api/me/provider/confirmation")).status == 200
    assert dana.person.typed == before + 1
    assert (await dana.browser.get("/api/sessions")).status == 200


async def test_a_page_stays_locked_for_another_account_and_for_a_provider_that_did_not_ask_again(
    dana: Staff, clinic: str, provider: Provider, clock: Clock
) -> None:
    assert (await dana.browser.post("/api/me/lock")).status == 204
    colleague = Staff(dana.browser, "colleague")
    assert (await colleague.goes("/api/me/provider/confirmation")).code == "not_linked"
    provider.claims(auth_time=int(clock.now.timestamp()) - 120)
    assert (await dana.goes("/api/me/provider/confirmation")).code == "token_too_old"
    assert (await dana.browser.get("/api/sessions")).code == "locked"


async def test_a_confirmation_counts_for_the_sign_in_that_began_it(dana: Staff, clinic: str, house: House) -> None:
    _, returned = await dana.way("/api/me/provider/confirmation")
    assert (await dana.browser.post("/api/sign-out")).status == 204
    assert (await dana.browser.sign_in(house.email("supervisor"), PASSWORD)).status == 200
    assert (await dana.comes_back(clinic, returned)).code == "not_signed_in"
