"""A clinic's provider as administrators set it: what is kept, what is refused, and what a try finds out."""

import json
from typing import Any

import pytest
from aiohttp import web

from domain.access.single_sign_on import return_address
from store.database import Database
from tests.provider.proxy import Provider, free_port
from tests.server.conftest import ORIGIN, Browser, Clock, House
from tests.server.single_sign_on.conftest import Staff, set_up

CONFIGURATION = "/.well-known/openid-configuration"


async def a_body(provider: Provider, house: House, **changed: Any) -> dict[str, Any]:
    client, secret = await provider.register(return_address(ORIGIN, house.clinic))
    return {
        "issuer": provider.issuer, "client_id": client, "client_secret": secret, "algorithms": ["RS256"],
        "label": " Riverbend account ", "factor_values": ["mfa"], **changed,
    }  # fmt: skip


async def test_the_secret_is_encrypted_and_never_shown(
    administrator: Browser, provider: Provider, house: House, database: Database
) -> None:
    body = await a_body(provider, house)
    answer = await administrator.ask("PUT", "/api/clinic/provider", body)
    assert answer.body["provider"]["label"] == "Riverbend account"
    assert answer.body["return_address"] == f"{ORIGIN}/sign-in/{house.clinic}/return"
    shown = await administrator.get("/api/clinic/provider")
    assert shown.body == answer.body and body["client_secret"] not in json.dumps(shown.body)
    async with database.transaction() as tx:
        stored = await tx.fetchval("SELECT client_secret FROM providers")
    assert body["client_secret"].encode() not in stored


async def test_who_may_not_manage_the_clinic_neither_sees_nor_sets_it(supervisor: Browser, clinic: str) -> None:
    for method, path in (("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/try")):
        assert (await supervisor.ask(method, f"/api/clinic/provider{path}", {})).code == "forbidden"


async def test_a_change_without_a_secret_keeps_the_one_that_is_there(
    administrator: Browser, provider: Provider, house: House, dana: Staff
) -> None:
    known = (await administrator.get("/api/clinic/provider")).body["provider"]
    body = {name: known[name] for name in ("issuer", "client_id", "algorithms", "factor_values")} | {
        "label": "Our account"
    }
    assert (await administrator.ask("PUT", "/api/clinic/provider", body)).status == 200
    assert (await dana.signs_in(house.clinic)).status == 200
    refused = await administrator.ask("PUT", "/api/clinic/provider", {**body, "issuer": "https://login.example.org"})
    assert refused.body["path"] == "$.client_secret"


async def test_the_first_needs_a_secret(administrator: Browser, provider: Provider, house: House) -> None:
    body = await a_body(provider, house, client_secret=None)
    assert (await administrator.ask("PUT", "/api/clinic/provider", body)).body["path"] == "$.client_secret"


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"issuer": "login.example.org"}, "$.issuer"),
        ({"issuer": "http://login.example.org"}, "$.issuer"),
        ({"issuer": "https://192.168.1.1"}, "$.issuer"),
        ({"issuer": "https://login.example.org?tenant=1"}, "$.issuer"),
        ({"algorithms": ["HS256"]}, "$.algorithms[0]"),
        ({"algorithms": ["none"]}, "$.algorithms[0]"),
        ({"algorithms": []}, "$.algorithms"),
        ({"label": " "}, "$.label"),
        ({"client_id": ""}, "$.client_id"),
        ({"factor_values": ["two words"]}, "$.factor_values[0]"),
    ],
)
async def test_what_cannot_be_right_is_refused_at_its_field(
    changed: dict[str, Any], path: str, administrator: Browser, provider: Provider, house: House
) -> None:
    answer = await administrator.ask("PUT", "/api/clinic/provider", await a_body(provider, house, **changed))
    assert (answer.status, answer.body["path"]) == (422, path)


async def test_setting_it_asks_who_this_is(
    administrator: Browser, provider: Provider, house: House, clock: Clock
) -> None:
    body = await a_body(provider, house)
    clock.advance(minutes=6)
    assert (await administrator.ask("PUT", "/api/clinic/provider", body)).code == "confirmation_wanted"


async def test_it_says_who_depends_on_it_and_what_tokens_have_said(
    administrator: Browser, dana: Staff, noor: Staff
) -> None:
    shown = (await administrator.get("/api/clinic/provider")).body["provider"]
    assert (shown["linked"], shown["without_password"], shown["methods"]) == (2, 1, ["pwd"])


async def test_without_it_nobody_signs_in_by_it_and_links_wait_for_its_return(
    administrator: Browser, dana: Staff, house: House, provider: Provider
) -> None:
    assert (await administrator.ask("DELETE", "/api/clinic/provider")).status == 204
    assert (await administrator.ask("DELETE", "/api/clinic/provider")).code == "not_found"
    assert (await dana.browser.post(f"/api/providers/{house.clinic}/sign-in")).code == "not_found"
    assert (await set_up(administrator, provider, house.clinic)).status == 200
    assert (await dana.signs_in(house.clinic)).status == 200


async def findings(administrator: Browser, body: dict[str, Any]) -> list[str]:
    answer = await administrator.post("/api/clinic/provider/try", body)
    assert answer.status == 200, answer.body
    return list(answer.body["findings"])


async def test_a_try_finds_nothing_wrong_with_what_is_right(
    administrator: Browser, provider: Provider, house: House
) -> None:
    assert await findings(administrator, await a_body(provider, house)) == []


async def test_a_try_says_what_is_wrong(administrator: Browser, provider: Provider, house: House) -> None:
    body = await a_body(provider, house)
    tried = {
        "client_refused": {"client_secret": "a mistake in copying"},
        "secret_missing": {"client_secret": None},
        "no_algorithm": {"algorithms": ["ES256"]},
        "away": {"issuer": f"http://localhost:{free_port()}"},
        "other_issuer": {"issuer": f"{provider.issuer}/"},
        "no_configuration": {"issuer": f"{provider.issuer}/nothing"},
        "not_https": {"issuer": "http://login.example.org"},
        "not_public": {"issuer": "https://10.0.0.7"},
        "address_wrong": {"issuer": "riverbend"},
    }
    assert {finding: await findings(administrator, {**body, **changed}) for finding, changed in tried.items()} == {
        finding: [finding] for finding in tried
    }


async def test_a_try_says_what_the_providers_documents_lack(
    administrator: Browser, provider: Provider, house: House
) -> None:
    body = await a_body(provider, house)
    full = {
        "issuer": provider.issuer, "authorization_endpoint": f"{provider.issuer}/auth",
        "token_endpoint": f"{provider.issuer}/token", "jwks_uri": f"{provider.issuer}/jwks",
        "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256"],
    }  # fmt: skip
    for finding, changed in {
        "no_code_flow": {"response_types_supported": ["id_token"]},
        "no_pkce": {"code_challenge_methods_supported": ["plain"]},
        "not_https": {"token_endpoint": "http://login.example.org/token"},
        "not_public": {"jwks_uri": "https://169.254.169.254/latest"},
        "no_keys": {"jwks_uri": f"{provider.issuer}/none"},
    }.items():
        provider.documents[CONFIGURATION] = web.json_response({**full, **changed})
        assert await findings(administrator, body) == [finding]
    provider.documents[CONFIGURATION] = web.Response(text="hello")
    assert await findings(administrator, body) == ["no_configuration"]
