"""API tokens for other systems: made, listed and revoked by administrators."""

from domain.errors import InvalidInput, NotFound
from domain.people.names import checked_name
from domain.schedule import plans
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.access.payloads import ApiToken, CreateApiToken
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from store.access import api_tokens


async def create_api_token(call: Call[CreateApiToken]) -> ApiToken:
    """Make a token. Its secret is shown this once."""
    asked = call.asked
    if asked.expires is not None:
        plans.instant_in_reach(asked.expires, "$.expires")
        if asked.expires <= call.now:
            raise InvalidInput("The token would have expired already.", "$.expires")
    secret = random_secrets.new()
    token = api_tokens.ApiToken(
        id=new_id(),
        clinic=call.staff.clinic,
        name=checked_name(asked.name, "$.name"),
        scopes=sorted(set(asked.scopes)),
        created_at=call.now,
        expires_at=asked.expires,
    )
    call.concerns(token.id)
    async with call.database.transaction() as tx:
        await api_tokens.create(tx, token, random_secrets.digest(secret))
    return _view(token, secret)


async def list_api_tokens(call: Call[None]) -> Page[ApiToken]:
    """Every token of the clinic, without its secret."""
    async with call.database.transaction() as tx:
        found = await api_tokens.of_clinic(tx, call.staff.clinic)
    return Page(items=tuple(_view(token) for token in found), next=None)


async def revoke_api_token(call: Call[None]) -> None:
    """Revoke a token: from now on it reads nothing."""
    async with call.database.transaction() as tx:
        if not await api_tokens.revoke(tx, call.staff.clinic, call.ids["token"], call.now):
            raise NotFound


def _view(token: api_tokens.ApiToken, secret: str | None = None) -> ApiToken:
    return ApiToken(
        id=token.id,
        name=token.name,
        scopes=tuple(token.scopes),
        expires=token.expires_at,
        revoked=token.revoked_at is not None,
        secret=secret,
    )


ROUTES = (
    Route(
        method="POST",
        path="/api/api-tokens",
        handler=create_api_token,
        who=Staff("tokens.manage"),
        audited=True,
        request=CreateApiToken,
        response=ApiToken,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/api-tokens",
        handler=list_api_tokens,
        who=Staff("tokens.manage"),
        audited=False,
        response=Page[ApiToken],
    ),
    Route(
        method="DELETE",
        path="/api/api-tokens/{token}",
        handler=revoke_api_token,
        who=Staff("tokens.manage"),
        audited=True,
    ),
)
