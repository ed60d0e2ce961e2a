"""What a provider publishes is fetched once, checked, and fetched again when it signs with a new key."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from joserfc.jwk import ECKey, OctKey, RSAKey

from domain.errors import ProviderAway, ProviderUnusable
from runtime.fetching import Fetcher
from server.single_sign_on import documents as module
from server.single_sign_on.documents import Documents, fetch_keys
from tests.provider.proxy import Provider

CONFIGURATION = "/.well-known/openid-configuration"


@pytest.fixture
async def documents() -> AsyncIterator[Documents]:
    fetcher = Fetcher(loopback=True)
    yield Documents(fetcher)
    await fetcher.close()


async def test_both_documents_are_fetched_once(documents: Documents, provider: Provider) -> None:
    for _ in range(3):
        assert [key.kid for key in await documents.keys(provider.issuer, provider.key.kid)] == ["2026"]
    assert provider.asked == [CONFIGURATION, "/jwks"]


async def test_a_new_key_is_fetched_and_an_unknown_one_not_again_and_again(
    documents: Documents, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await documents.keys(provider.issuer, "2026")
    for _ in range(5):
        assert await documents.keys(provider.issuer, "2027") == []
    assert provider.asked.count("/jwks") == 1
    monkeypatch.setattr(module, "KEYS_AT_MOST_EVERY", 0.0)
    new = RSAKey.generate_key(2048, {"kid": "2027"}, private=True)
    provider.documents["/jwks"] = web.json_response({"keys": [new.as_dict(private=False)]})
    assert [key.kid for key in await documents.keys(provider.issuer, "2027")] == ["2027"]


async def test_only_public_keys_that_sign_are_taken(documents: Documents, provider: Provider) -> None:
    good = ECKey.generate_key("P-256", {"kid": "good"}, private=True).as_dict(private=False)
    keys = [
        OctKey.generate_key(256, {"kid": "shared"}).as_dict(private=True),
        {**good, "kid": "for encryption", "use": "enc"},
        {"kty": "unheard of", "kid": "strange"},
        {"kty": "RSA", "kid": "broken", "n": "?"},
        good,
    ]
    discovery = await documents.discovery(provider.issuer)
    provider.documents["/jwks"] = web.json_response({"keys": keys})
    assert [key.kid for key in await fetch_keys(documents.fetcher, discovery)] == ["good"]


async def test_a_provider_that_calls_itself_otherwise_is_not_used(documents: Documents, provider: Provider) -> None:
    with pytest.raises(ProviderUnusable):
        await documents.discovery(f"{provider.issuer}/")


async def test_a_provider_that_names_private_addresses_is_not_used(documents: Documents, provider: Provider) -> None:
    provider.documents[CONFIGURATION] = web.json_response({
        "issuer": provider.issuer, "authorization_endpoint": f"{provider.issuer}/auth",
        "token_endpoint": "https://10.0.0.7/token", "jwks_uri": f"{provider.issuer}/jwks",
    })  # fmt: skip
    with pytest.raises(ProviderUnusable):
        await documents.discovery(provider.issuer)


async def test_a_provider_that_is_away_is_asked_again_next_time(documents: Documents, provider: Provider) -> None:
    provider.documents[CONFIGURATION] = web.Response(status=503)
    with pytest.raises(ProviderAway):
        await documents.discovery(provider.issuer)
    assert (await documents.discovery(provider.issuer)).issuer == provider.issuer
