"""The caller: a member of staff by cookie, or a program by API token; and whether a route admits them."""

from datetime import datetime, timedelta

from aiohttp import web

from domain.errors import Forbidden, NotSignedIn
from domain.people.roles import may, may_change
from runtime.secrets import random_secrets
from server.http.calls import Caller, SignedIn, TokenHolder
from server.http.routes import Anyone, Route, Scope, Staff
from store.access import api_tokens, sign_ins
from store.database import Database

COOKIE = "vesper_sign_in"
IDLE = timedelta(hours=4)
"""A sign-in unused for this long ends. Longer than an evening session, when the page talks only to the room."""
ABSOLUTE = timedelta(hours=12)
"""A sign-in ends after this long, however often it is used."""
TOUCH_EVERY = timedelta(minutes=1)
"""The precision to which the last use is stored."""


async def identify(request: web.Request, database: Database, now: datetime) -> Caller | None:
    """The owner of the request's cookie or bearer token, if it is still valid."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return await _token_holder(database, token.strip(), now)
    if secret := request.cookies.get(COOKIE):
        return await _signed_in(database, secret, now)
    return None


def admit(route: Route, caller: Caller | None) -> None:
    """Admit the caller to the route.

    Raises:
        NotSignedIn, Forbidden
    """
    match route.who, caller:
        case Anyone(), _:
            return
        case Staff(permission), SignedIn() as staff:
            allowed = may(staff.roles, permission) and (may_change(staff.roles) or not route.changes)
        case Scope(name), TokenHolder() as holder:
            allowed = name in holder.scopes
        case _:
            raise NotSignedIn
    if not allowed:
        raise Forbidden


async def _token_holder(database: Database, token: str, now: datetime) -> TokenHolder | None:
    async with database.transaction() as tx:
        found = await api_tokens.current(tx, random_secrets.digest(token), now)
    if found is None:
        return None
    return TokenHolder(token=found.id, clinic=found.clinic, name=found.name, scopes=frozenset(found.scopes))


async def _signed_in(database: Database, secret: str, now: datetime) -> SignedIn | None:
    async with database.transaction() as tx:
        found = await sign_ins.current(tx, random_secrets.digest(secret), now, now - IDLE)
        if found is None:
            return None
        if now - found.last_used_at >= TOUCH_EVERY:
            await sign_ins.touch(tx, found.clinic, found.id, now)
    return signed_in(found)


def signed_in(found: sign_ins.Current) -> SignedIn:
    """The caller with this stored sign-in."""
    return SignedIn(
        sign_in=found.id,
        person=found.person,
        clinic=found.clinic,
        clinic_name=found.clinic_name,
        clinic_timezone=found.clinic_timezone,
        name=found.name,
        roles=frozenset(found.roles),
    )
