"""Signing in and out, and who is signed in."""

from datetime import datetime

from aiohttp import web

from domain.errors import WrongCredentials
from domain.people.roles import permissions_of
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.access import attempts, known_browsers
from server.access.payloads import Me, SignIn
from server.http import callers, homes, origins
from server.http.calls import Actor, Call, SignedIn
from server.http.dispatch import respond
from server.http.routes import ANYONE, Route
from store.access import sign_ins
from store.people import passwords, persons
from store.people.passwords import Password


async def sign_in(call: Call[SignIn]) -> web.StreamResponse:
    """Sign in with an e-mail address and a password.

    The attempt counts as failed until its password proves right, so that concurrent attempts cannot outrun the count.
    An unknown address takes as long as a wrong password.
    """
    await homes.settle(call, lambda tx: persons.with_email(tx, call.asked.email))
    origin, key = origins.origin_of(call.request), call.settings.ticket_key
    async with call.database.transaction() as tx:
        subjects = attempts.sign_in_subjects(await persons.as_compared(tx, call.asked.email), origin, key)
        found = await passwords.of_address(tx, call.asked.email, call.now)
        _claim(call, found)
        known = found is not None and await known_browsers.knows(tx, call.request, found)
        if not known:
            await attempts.check(tx, subjects, call.now)
            await attempts.fail(tx, subjects, call.now)
    right = await call.services.passwords.match(found.hash if found else None, call.asked.password, always=known)
    if found is None or not right:
        raise WrongCredentials
    call.acts(Actor(clinic=found.clinic, kind="person", id=found.person))
    secret = random_secrets.new()
    async with call.database.transaction() as tx:
        if not known:
            await attempts.forgive(tx, subjects, call.now)
        remembered = await known_browsers.remember(tx, call.request, found, call.now)
        begun = await sign_ins.begin(tx, _new_sign_in(found, secret, call.now))
    response = respond(_me(callers.signed_in(begun)))
    _set_cookie(response, secret, call)
    if remembered is not None:
        known_browsers.set_cookie(response, remembered, secure=_is_https(call))
    return response


async def sign_out(call: Call[None]) -> web.StreamResponse:
    """End the sign-in, with all copies of its cookie and all that it opened. Without a sign-in, nothing happens."""
    if secret := call.request.cookies.get(callers.COOKIE):
        digest = random_secrets.digest(secret)
        await homes.settle(call, lambda tx: sign_ins.end(tx, digest, call.now))  # a second end changes nothing
        async with call.database.transaction() as tx:
            ended = await sign_ins.end(tx, digest, call.now)
        if ended is not None:
            call.acts(Actor(clinic=ended.clinic, kind="person", id=ended.person))
            call.concerns(ended.person)
    response = respond(None)
    response.del_cookie(callers.COOKIE, path="/", httponly=True, samesite="Strict", secure=_is_https(call))
    return response


async def me(call: Call[None]) -> Me | None:
    """Who is signed in, if anybody; every visit asks this first, so the lack of a sign-in is no error."""
    return _me(call.caller) if isinstance(call.caller, SignedIn) else None


def _claim(call: Call[SignIn], claimed: Password | None) -> None:
    """Name the claimed person in the access audit, so that failed attempts are audited too."""
    if claimed is not None:
        call.acts(Actor(clinic=claimed.clinic, kind="unknown"))
        call.concerns(claimed.person)


def _new_sign_in(password: Password, secret: str, now: datetime) -> sign_ins.NewSignIn:
    return sign_ins.NewSignIn(
        id=new_id(),
        clinic=password.clinic,
        person=password.person,
        secret_hash=random_secrets.digest(secret),
        at=now,
        expires=now + callers.ABSOLUTE,
    )


def _me(staff: SignedIn) -> Me:
    return Me(
        person=staff.person,
        clinic=staff.clinic,
        clinic_name=staff.clinic_name,
        name=staff.name,
        roles=tuple(sorted(staff.roles)),
        permissions=permissions_of(staff.roles),
    )


def _set_cookie(response: web.StreamResponse, secret: str, call: Call[SignIn]) -> None:
    response.set_cookie(
        callers.COOKIE,
        secret,
        max_age=int(callers.ABSOLUTE.total_seconds()),
        path="/",
        httponly=True,
        samesite="Strict",
        secure=_is_https(call),
    )


def _is_https(call: Call[None] | Call[SignIn]) -> bool:
    return call.settings.public_origin.startswith("https:")


ROUTES = (
    Route(
        method="POST",
        path="/api/sign-in",
        handler=sign_in,
        who=ANYONE,
        audited=True,
        request=SignIn,
        response=Me,
    ),
    Route(method="POST", path="/api/sign-out", handler=sign_out, who=ANYONE, audited=True),
    Route(method="GET", path="/api/me", handler=me, who=ANYONE, audited=False, response=Me | None),
)
