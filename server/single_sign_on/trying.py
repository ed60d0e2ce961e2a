"""Trying a provider before it is set: what an administrator would otherwise learn from the first who cannot sign in."""

import msgspec

from domain.access.single_sign_on import Provider
from domain.errors import Refusal
from runtime.fetching import Fetcher, NotFetched
from server.single_sign_on import tokens
from server.single_sign_on.documents import Discovery, fetch_keys
from server.single_sign_on.payloads import ProviderFinding, SetProvider

NO_CODE = "tried-by-vesper"
"""A code that no provider has given out: one that knows the client refuses the code, any other the client."""


async def findings(
    fetcher: Fetcher, asked: SetProvider, secret: str | None, redirect_uri: str
) -> tuple[ProviderFinding, ...]:
    """What is wrong with the provider; nothing if all is well."""
    try:
        text = await fetcher.get(f"{asked.issuer.rstrip('/')}/.well-known/openid-configuration")
        discovery = msgspec.json.decode(text, type=Discovery)
        for address in (discovery.authorization_endpoint, discovery.token_endpoint, discovery.jwks_uri):
            fetcher.check(address)
    except NotFetched as error:
        return ("no_configuration" if error.problem == "refused" else error.problem,)
    except (msgspec.MsgspecError, UnicodeError):
        return ("no_configuration",)
    if discovery.issuer != asked.issuer:
        return ("other_issuer",)
    found = _shortcomings(discovery, asked)
    try:
        if not await fetch_keys(fetcher, discovery):
            found.append("no_keys")
    except Refusal:
        found.append("no_keys")
    found.extend(await _about_client(fetcher, discovery, asked, secret, redirect_uri))
    return tuple(found)


def _shortcomings(discovery: Discovery, asked: SetProvider) -> list[ProviderFinding]:
    found: list[ProviderFinding] = []
    if "code" not in discovery.response_types_supported:
        found.append("no_code_flow")
    challenges = discovery.code_challenge_methods_supported
    if challenges is not None and "S256" not in challenges:
        found.append("no_pkce")
    if set(discovery.id_token_signing_alg_values_supported).isdisjoint(asked.algorithms):
        found.append("no_algorithm")
    return found


async def _about_client(
    fetcher: Fetcher, discovery: Discovery, asked: SetProvider, secret: str | None, redirect_uri: str
) -> tuple[ProviderFinding, ...]:
    """Whether the provider knows the client and its secret: asked with a code that cannot be right."""
    if secret is None:
        return ("secret_missing",)
    provider = Provider(
        clinic="", clinic_name="", issuer=asked.issuer, client_id=asked.client_id, client_secret=b"",
        algorithms=asked.algorithms, label=asked.label, factor_values=(),
    )  # fmt: skip
    handed_in = tokens.Exchange(code=NO_CODE, verifier="v" * 43, redirect_uri=redirect_uri)
    try:
        await tokens.ask(fetcher, discovery, provider, secret, handed_in)
    except NotFetched as error:
        if error.problem == "refused":
            return ("client_refused",) if tokens.error_of(error) in tokens.CLIENT_UNKNOWN else ()
        return (error.problem,)
    return ()
