"""From a code to what the provider vouches for: the exchange, and the checks of its token (OpenID Connect Core 3.1.3).

Authlib knows the claims of a token and their rules, joserfc the signatures. Both are asked for everything here, so that
no rule of the standard is written twice.
"""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus

import msgspec
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from joserfc.jwk import Key

from domain.access.single_sign_on import LEEWAY, Provider, Questions, Vouched
from domain.errors import (
    ProviderRefused,
    ProviderUnusable,
    Refusal,
    TokenExpired,
    TokenForAnother,
    TokenNotSigned,
    TokenOfAnotherIssuer,
    TokenOfAnotherSignIn,
    TokenUnreadable,
)
from runtime.fetching import Fetcher, NotFetched
from server.single_sign_on.documents import Discovery, Documents, refusal

BY_CLAIM: dict[str, type[Refusal]] = {
    "iss": TokenOfAnotherIssuer,
    "aud": TokenForAnother,
    "azp": TokenForAnother,
    "nonce": TokenOfAnotherSignIn,
    "exp": TokenExpired,
    "iat": TokenExpired,
    "nbf": TokenExpired,
}
"""The refusal for a claim that is wrong or missing; any other is `TokenUnreadable`."""
CLIENT_UNKNOWN = {"invalid_client", "unauthorized_client"}
LONGEST_SUBJECT = 255
MOST_METHODS = 20


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """What the token endpoint answers; the access token is not kept, as nothing is asked of the provider."""

    id_token: str
    access_token: str | None = None


class _TokenError(msgspec.Struct, frozen=True):
    error: str


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """What is handed in for tokens."""

    code: str
    verifier: str
    redirect_uri: str


async def exchange(fetcher: Fetcher, discovery: Discovery, provider: Provider, secret: str, asked: Exchange) -> Tokens:
    """The tokens for a code.

    Raises:
        ProviderAway, ProviderRefused, ProviderUnusable, TokenUnreadable
    """
    try:
        return msgspec.json.decode(await ask(fetcher, discovery, provider, secret, asked), type=Tokens)
    except NotFetched as error:
        raise _said_no(error) from None
    except (msgspec.MsgspecError, UnicodeError):
        raise TokenUnreadable from None


async def ask(fetcher: Fetcher, discovery: Discovery, provider: Provider, secret: str, asked: Exchange) -> bytes:
    """What the token endpoint answers.

    Raises:
        NotFetched
    """
    form = {
        "grant_type": "authorization_code",
        "code": asked.code,
        "code_verifier": asked.verifier,
        "redirect_uri": asked.redirect_uri,
    }
    if "client_secret_basic" in discovery.token_endpoint_auth_methods_supported:
        basic = {"Authorization": _basic(provider.client_id, secret)}
        return await fetcher.post(discovery.token_endpoint, form, basic)
    form |= {"client_id": provider.client_id, "client_secret": secret}
    return await fetcher.post(discovery.token_endpoint, form, {})


async def read(documents: Documents, provider: Provider, tokens: Tokens, asked: Questions, now: datetime) -> Vouched:
    """What the token says, once its signature and claims are right.

    Raises:
        TokenNotSigned, TokenOfAnotherIssuer, TokenForAnother, TokenOfAnotherSignIn, TokenExpired, TokenUnreadable,
        ProviderAway, ProviderUnusable
    """
    keys = await documents.keys(provider.issuer, _kid(tokens.id_token))
    token = _signed(tokens.id_token, keys, provider.algorithms)
    claims = CodeIDToken(
        token.claims,
        token.header,
        {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True, "value": provider.client_id}},
        {"nonce": asked.nonce, "client_id": provider.client_id, "access_token": tokens.access_token},
    )
    try:
        claims.validate(now=int(now.timestamp()), leeway=int(LEEWAY.total_seconds()))
    except ExpiredTokenError:
        raise TokenExpired from None
    except ClaimError as error:
        raise BY_CLAIM.get(error.claim, TokenUnreadable) from None
    return Vouched(
        issuer=provider.issuer,
        subject=_subject(claims),
        at=_instant(claims.get("auth_time")),
        methods=_methods(claims),
    )


def _kid(token: str) -> str | None:
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError, TypeError):
        raise TokenUnreadable from None
    return kid if isinstance(kid, str) else None


def _signed(token: str, keys: Sequence[Key], algorithms: Sequence[str]) -> jwt.Token:
    for key in keys:
        try:
            return jwt.decode(token, key, algorithms=list(algorithms))
        except (JoseError, ValueError, TypeError):
            continue  # another key may have signed it
    raise TokenNotSigned


def _subject(claims: dict[str, Any]) -> str:
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject.isprintable() or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise TokenUnreadable
    return subject


def _instant(seconds: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None
    except (ValueError, OverflowError, OSError):
        raise TokenUnreadable from None


def _methods(claims: dict[str, Any]) -> tuple[str, ...]:
    said = [*(claims.get("amr") or ()), claims.get("acr")]
    return tuple(one for one in said if isinstance(one, str) and 0 < len(one) <= 200 and one.isprintable())[
        :MOST_METHODS
    ]


def _said_no(error: NotFetched) -> Refusal:
    if error.problem != "refused":
        return refusal(error)
    return ProviderUnusable() if error_of(error) in CLIENT_UNKNOWN else ProviderRefused()


def error_of(error: NotFetched) -> str:
    """The code of a refusal by the token endpoint (RFC 6749, section 5.2); a 401 alone says `invalid_client`."""
    try:
        return msgspec.json.decode(error.body, type=_TokenError).error
    except (msgspec.MsgspecError, UnicodeError):
        return "invalid_client" if error.status == 401 else ""


def _basic(client: str, secret: str) -> str:
    """RFC 6749, section 2.3.1: both are encoded as in a form first."""
    pair = f"{quote_plus(client)}:{quote_plus(secret)}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
