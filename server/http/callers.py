"""The caller: a member of staff by cookie, or a program by API token; and whether a route admits them."""

from datetime import datetime, timedelta

from aiohttp import web

from domain.access import standing
from domain.access.standing import FactorPolicy, Times
from domain.errors import Forbidden, NotSignedIn
from domain.people.roles import may, may_change
from runtime.secrets import random_secrets
from server.http.calls import Caller, SignedIn, TokenHolder
from server.http.routes import Anyone, Route, Scope, Staff
from store.access import api_tokens, sign_ins
from store.database import Database, Transaction
from store.schedule import sessions

COOKIE = "vesper_sign_in"
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
        NotSignedIn, Locked, FactorMissing, Forbidden
    """
    match route.who, caller:
        case Anyone(), _:
            return
        case Staff(permission, borne), SignedIn() as staff:
            staff.check_standing(*borne)
            reads_only = route.changes and permission != "sign_in.own" and not may_change(staff.roles)
            allowed = may(staff.roles, permission) and not reads_only
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
        found = await sign_ins.current(tx, random_secrets.digest(secret), now)
        if found is None or not await _lasts(tx, found, now):
            return None
        if now - found.last_used_at >= TOUCH_EVERY:
            await sign_ins.touch(tx, found.clinic, found.id, now)
    return signed_in(found, now)


async def _lasts(tx: Transaction, found: sign_ins.Current, now: datetime) -> bool:
    """Whether the sign-in is not over: by its own limits or, beyond them, by the session that it entered."""
    times = _times(found)
    if now < standing.lasts_until(times, None):
        return True
    if found.session is None:
        return False
    session = await sessions.find(tx, found.clinic, found.session)
    return session is not None and now < standing.lasts_until(times, session.window_ends)


def signed_in(found: sign_ins.Current, now: datetime) -> SignedIn:
    """The caller with this stored sign-in."""
    policy = FactorPolicy(required=found.required, roles=tuple(found.required_roles), since=found.required_since)
    times, asked = _times(found), policy.asks(found.roles)
    has_factor = found.has_factor or found.factor_by_provider
    return SignedIn(
        sign_in=found.id,
        person=found.person,
        clinic=found.clinic,
        clinic_name=found.clinic_name,
        clinic_timezone=found.clinic_timezone,
        name=found.name,
        roles=frozenset(found.roles),
        standing=standing.standing(times, asked=asked, has_factor=has_factor, since=policy.since, now=now),
        locks=standing.locks_at(times.active, times.locked),
        asked_for_factor=asked,
        has_factor=has_factor,
        own_factor=found.has_factor,
        recovery_codes=found.recovery_codes,
        confirmed=found.confirmed_at,
        factor=found.factor_at,
    )


def _times(found: sign_ins.Current) -> Times:
    return Times(begun=found.created_at, used=found.last_used_at, active=found.active_at, locked=found.locked_at)
