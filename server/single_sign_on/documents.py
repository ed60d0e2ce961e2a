"""What a provider publishes of itself: its addresses (discovery) and the keys that it signs with, kept for a while."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from aiohttp import web
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key

from domain.errors import ProviderAway, ProviderUnusable
from runtime.fetching import Fetcher, NotFetched

KEPT_SECONDS = 3600.0
"""How long both documents are used before they are fetched again."""
KEYS_AT_MOST_EVERY = 60.0
"""A token signed by a key that is not known has the keys fetched again, this often at most."""
MOST = 500
"""Providers whose documents are kept."""


class Discovery(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a provider's configuration that is used (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    response_types_supported: tuple[str, ...] = ()
    id_token_signing_alg_values_supported: tuple[str, ...] = ()
    code_challenge_methods_supported: tuple[str, ...] | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class _KeySet(msgspec.Struct, frozen=True):
    keys: tuple[dict[str, Any], ...]


class _Kept:
    def __init__(self, discovery: Discovery, at: float) -> None:
        self.discovery, self.at = discovery, at
        self.keys: Sequence[Key] = ()
        self.keys_at = -KEYS_AT_MOST_EVERY


class Documents:
    """The documents of all clinics' providers, by issuer."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher
        self._kept: dict[str, _Kept] = {}

    async def discovery(self, issuer: str) -> Discovery:
        """The provider's configuration.

        Raises:
            ProviderAway, ProviderUnusable
        """
        return (await self._found(issuer)).discovery

    async def keys(self, issuer: str, kid: str | None) -> Sequence[Key]:
        """The keys that may have signed a token with this key id; without one, all.

        Raises:
            ProviderAway, ProviderUnusable
        """
        kept = await self._found(issuer)
        named = _named(kept.keys, kid)
        if not named and _now() - kept.keys_at >= KEYS_AT_MOST_EVERY:
            kept.keys, kept.keys_at = await fetch_keys(self.fetcher, kept.discovery), _now()
            named = _named(kept.keys, kid)
        return named

    async def _found(self, issuer: str) -> _Kept:
        kept = self._kept.get(issuer)
        if kept is None or _now() - kept.at > KEPT_SECONDS:
            kept = self._kept[issuer] = _Kept(await fetch_discovery(self.fetcher, issuer), _now())
            while len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]
        return kept


DOCUMENTS = web.AppKey("provider_documents", Documents)
"""Where the application keeps them."""


async def fetch_discovery(fetcher: Fetcher, issuer: str) -> Discovery:
    """The provider's configuration, from where its issuer says that it is.

    Raises:
        ProviderAway, ProviderUnusable
    """
    try:
        text = await fetcher.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        discovery = msgspec.json.decode(text, type=Discovery)
        for address in (discovery.authorization_endpoint, discovery.token_endpoint, discovery.jwks_uri):
            fetcher.check(address)
    except NotFetched as error:
        raise refusal(error) from None
    except (msgspec.MsgspecError, UnicodeError):
        raise ProviderUnusable from None
    if discovery.issuer != issuer:
        raise ProviderUnusable
    return discovery


async def fetch_keys(fetcher: Fetcher, discovery: Discovery) -> Sequence[Key]:
    """The provider's public keys that can sign. Shared secrets are no such keys, whatever the document says.

    Raises:
        ProviderAway, ProviderUnusable
    """
    try:
        listed = msgspec.json.decode(await fetcher.get(discovery.jwks_uri), type=_KeySet).keys
    except NotFetched as error:
        raise refusal(error) from None
    except (msgspec.MsgspecError, UnicodeError):
        raise ProviderUnusable from None
    read = (_read(one) for one in listed[:100] if one.get("use", "sig") == "sig")
    return [key for key in read if isinstance(key, RSAKey | ECKey | OKPKey)]


def refusal(error: NotFetched) -> ProviderAway | ProviderUnusable:
    """What people read when a document cannot be had."""
    return ProviderAway() if error.problem == "away" else ProviderUnusable()


def _read(one: dict[str, Any]) -> Key | None:
    try:
        return import_key(one)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _named(keys: Sequence[Key], kid: str | None) -> Sequence[Key]:
    return keys if kid is None else [key for key in keys if key.kid == kid]


def _now() -> float:
    return asyncio.get_running_loop().time()
