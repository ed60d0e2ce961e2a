"""On the way to the provider: the attempt is noted, the browser gets its secret, and the address to go to."""

from typing import Any

from aiohttp import web
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from domain.access.single_sign_on import ATTEMPT_LIFE, Attempt, Provider, Purpose, questions, return_address
from domain.errors import NotFound
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.http.calls import Call
from server.http.dispatch import respond
from server.single_sign_on.documents import DOCUMENTS
from server.single_sign_on.payloads import ProviderQuestion
from store.database import Transaction
from store.single_sign_on import attempts, providers

COOKIE = "vesper_provider"
PATH = "/api/providers"


async def provider_of(tx: Transaction, clinic: str) -> Provider:
    """The clinic's provider.

    Raises:
        NotFound
    """
    provider = await providers.of_clinic(tx, clinic)
    if provider is None:
        raise NotFound("This clinic has no sign-in of its own here. Sign in with your e-mail address and password.")
    return provider


async def send(
    call: Call[Any], provider: Provider, purpose: Purpose, *, person: str | None = None, invitation: str | None = None
) -> web.StreamResponse:
    """Send the browser to the provider. Whoever is signed in already comes back to that sign-in.

    Raises:
        ProviderAway, ProviderUnusable
    """
    discovery = await call.request.app[DOCUMENTS].discovery(provider.issuer)
    secret = random_secrets.new()
    attempt = Attempt(
        id=new_id(),
        clinic=provider.clinic,
        purpose=purpose,
        person=person,
        sign_in=call.own.sign_in if purpose in {"link", "confirm"} else None,
        invitation=invitation,
        begun_at=call.now,
        expires_at=call.now + ATTEMPT_LIFE,
    )
    async with call.database.transaction() as tx:
        await attempts.begin(tx, attempt, random_secrets.digest(secret))
    response = respond(
        ProviderQuestion(address=_address(call, discovery.authorization_endpoint, provider, attempt, secret))
    )
    _set_cookie(response, call, secret)
    return response


def forget(response: web.StreamResponse) -> None:
    """Take the attempt's secret from the browser again."""
    response.del_cookie(COOKIE, path=PATH, httponly=True, samesite="Strict")


def _address(call: Call[Any], endpoint: str, provider: Provider, attempt: Attempt, secret: str) -> str:
    asked = questions(secret)
    return str(
        prepare_grant_uri(
            endpoint,
            provider.client_id,
            "code",
            redirect_uri=return_address(call.settings.public_origin, provider.clinic),
            scope="openid",
            state=asked.state,
            nonce=asked.nonce,
            code_challenge=create_s256_code_challenge(asked.verifier),
            code_challenge_method="S256",
            max_age=str(int(attempt.max_age.total_seconds())),
            prompt="login" if attempt.asks_again else None,
        )
    )


def _set_cookie(response: web.StreamResponse, call: Call[Any], secret: str) -> None:
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(ATTEMPT_LIFE.total_seconds()),
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=call.settings.public_origin.startswith("https:"),
    )
