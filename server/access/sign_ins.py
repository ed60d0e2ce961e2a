"""Signing in and out, and who is signed in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from aiohttp import web

from domain.access import browsers, standing
from domain.errors import NotSignedIn, WrongCredentials
from domain.people.roles import permissions_of
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.access import attempts, known_browsers
from server.access.factors import passkeys, proofs
from server.access.factors.proofs import Whose
from server.access.payloads import FactorProof, FactorWanted, Me, SignIn, SignInAnswer
from server.http import callers, homes, origins
from server.http.calls import Actor, Call, SignedIn
from server.http.dispatch import respond
from server.http.routes import ANYONE, Route
from store.access import pending_sign_ins, recovery_codes, second_factors, sign_ins
from store.access.pending_sign_ins import Pending
from store.access.second_factors import Factor
from store.database import Transaction
from store.people import passwords, persons
from store.people.passwords import Password

PENDING_LIFE = timedelta(minutes=10)
"""How long the second factor may follow the password."""
TOO_LATE = "This took too long. Begin again with your password."
COOKIE_LIFE = timedelta(hours=36)
"""How long a browser keeps the cookie: longer than any evening. When the sign-in is over, the server decides."""


async def sign_in(call: Call[SignIn]) -> web.StreamResponse:
    """Sign in with an e-mail address and a password; who has a second factor is asked for it, and gets no cookie yet.

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
    whose = Whose(found.clinic, found.person)
    async with call.database.transaction() as tx:
        if not known:
            await attempts.forgive(tx, subjects, call.now)
    if wanted := await ask_for_factor(call, whose):
        return respond(SignInAnswer(factor=wanted))
    return await begin(call, whose)


async def give_factor(call: Call[FactorProof]) -> web.StreamResponse:
    """Give the second factor after the password, and be signed in."""
    digest = random_secrets.digest(call.asked.pending)
    await homes.settle(call, lambda tx: pending_sign_ins.with_secret(tx, digest, call.now))
    async with call.database.transaction() as tx:
        pending = await pending_sign_ins.with_secret(tx, digest, call.now)
    if pending is None:
        raise NotSignedIn(TOO_LATE)
    call.acts(Actor(clinic=pending.clinic, kind="unknown"))
    call.concerns(pending.person)
    whose = Whose(pending.clinic, pending.person)
    await proofs.prove(call, whose, call.asked)
    async with call.database.transaction() as tx:
        if not await pending_sign_ins.finish(tx, pending):
            raise NotSignedIn(TOO_LATE)
    return await begin(call, whose, factor_at=call.now)


class ByProvider(msgspec.Struct, frozen=True, kw_only=True):
    """The clinic's provider says who this is: since when it knows, and whether by a second factor too."""

    at: datetime
    with_factor: bool


async def begin(
    call: Call[Any], whose: Whose, factor_at: datetime | None = None, by_provider: ByProvider | None = None
) -> web.StreamResponse:
    """Sign the person in, who has proved who they are: the cookie, and who they are."""
    call.acts(Actor(clinic=whose.clinic, kind="person", id=whose.person))
    call.concerns(whose.person)
    secret = random_secrets.new()
    async with call.database.transaction() as tx:
        remembered = await known_browsers.remember(tx, call.request, whose, call.now)
        sign_in = _new_sign_in(call, whose, secret, factor_at)
        if by_provider is not None:
            sign_in = msgspec.structs.replace(
                sign_in, confirmed=by_provider.at, factor_by_provider=by_provider.with_factor
            )
        begun = await sign_ins.begin(tx, sign_in)
    response = respond(SignInAnswer(me=_me(callers.signed_in(begun, call.now))))
    _set_cookie(response, secret, call)
    if remembered is not None:
        known_browsers.set_cookie(response, remembered, secure=_is_https(call))
    return response


async def ask_for_factor(call: Call[Any], whose: Whose) -> FactorWanted | None:
    """The question for the second factor of a person who has proved the first; None if they have none."""
    async with call.database.transaction() as tx:
        factors = await second_factors.of_person(tx, whose.clinic, whose.person)
        return await _question(tx, call, factors) if factors else None


async def _question(tx: Transaction, call: Call[Any], factors: Sequence[Factor]) -> FactorWanted:
    secret, (first, *_) = random_secrets.new(), factors
    pending = Pending(id=new_id(), clinic=first.clinic, person=first.person, expires_at=call.now + PENDING_LIFE)
    await pending_sign_ins.begin(tx, pending, random_secrets.digest(secret), call.now)
    keys = [factor for factor in factors if factor.kind == "passkey"]
    return FactorWanted(
        pending=secret,
        one_time_code=any(factor.kind == "one_time_code" for factor in factors),
        recovery_code=await recovery_codes.left(tx, first.clinic, first.person) > 0,
        passkey=await passkeys.ask(tx, call, keys) if keys else None,
    )


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


def _new_sign_in(call: Call[Any], whose: Whose, secret: str, factor_at: datetime | None) -> sign_ins.NewSignIn:
    return sign_ins.NewSignIn(
        id=new_id(),
        clinic=whose.clinic,
        person=whose.person,
        secret_hash=random_secrets.digest(secret),
        at=call.now,
        expires=call.now + standing.ABSOLUTE,
        factor_at=factor_at,
        browser=browsers.in_words(call.request.headers.get("User-Agent", "")),
    )


def _me(staff: SignedIn) -> Me:
    return Me(
        person=staff.person,
        clinic=staff.clinic,
        clinic_name=staff.clinic_name,
        name=staff.name,
        roles=tuple(sorted(staff.roles)),
        permissions=permissions_of(staff.roles),
        standing=staff.standing,
        locks=staff.locks,
        second_factor="present" if staff.has_factor else "missing" if staff.asked_for_factor else "not_asked",
        recovery_codes=staff.recovery_codes,
    )


def _set_cookie(response: web.StreamResponse, secret: str, call: Call[Any]) -> None:
    response.set_cookie(
        callers.COOKIE,
        secret,
        max_age=int(COOKIE_LIFE.total_seconds()),
        path="/",
        httponly=True,
        samesite="Strict",
        secure=_is_https(call),
    )


def _is_https(call: Call[Any]) -> bool:
    return call.settings.public_origin.startswith("https:")


ROUTES = (
    Route(
        method="POST",
        path="/api/sign-in",
        handler=sign_in,
        who=ANYONE,
        audited=True,
        request=SignIn,
        response=SignInAnswer,
    ),
    Route(
        method="POST",
        path="/api/sign-in/factor",
        handler=give_factor,
        who=ANYONE,
        audited=True,
        request=FactorProof,
        response=SignInAnswer,
    ),
    Route(method="POST", path="/api/sign-out", handler=sign_out, who=ANYONE, audited=True),
    Route(method="GET", path="/api/me", handler=me, who=ANYONE, audited=False, response=Me | None),
)
