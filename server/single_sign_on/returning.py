"""Back from the provider: its token is checked, and what it proves is done, once."""

import hmac
from datetime import datetime

import msgspec
from aiohttp import web

from domain.access.single_sign_on import Attempt, Provider, Vouched, check_recent, questions, return_address
from domain.errors import (
    LinkRevoked,
    NotLinked,
    NotSignedIn,
    ProviderAttemptOver,
    ProviderRefused,
    TokenOfAnotherIssuer,
)
from runtime.secrets import random_secrets
from server.access import sign_ins
from server.access.factors.proofs import Whose
from server.access.payloads import SignInAnswer
from server.http import homes
from server.http.calls import Actor, Call
from server.http.dispatch import respond
from server.http.routes import ANYONE, Route
from server.single_sign_on import going, secrets, tokens
from server.single_sign_on.documents import DOCUMENTS
from server.single_sign_on.payloads import ProviderReturn
from store.access import invitations
from store.access import sign_ins as stored_sign_ins
from store.single_sign_on import accounts, attempts


class Proved(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an attempt: the account, when its owner was asked, and whether that was a second factor too."""

    vouched: Vouched
    at: datetime
    with_factor: bool

    @property
    def factor_at(self) -> datetime | None:
        """When a second factor was given, if one was."""
        return self.at if self.with_factor else None


async def come_back(call: Call[ProviderReturn]) -> web.StreamResponse:
    """Come back from the provider: to be signed in, to accept an invitation, to link an account, or to confirm."""
    secret = call.request.cookies.get(going.COOKIE, "")
    attempt = await _take(call, secret)
    call.acts(Actor(clinic=attempt.clinic, kind="unknown"))
    call.concerns(*([attempt.person] if attempt.person else []))
    proved = await _prove(call, attempt, secret)
    response = await _ACTS[attempt.purpose](call, attempt, proved)
    going.forget(response)
    return response


async def _take(call: Call[ProviderReturn], secret: str) -> Attempt:
    """The attempt of this browser, which from now on is used up.

    Raises:
        ProviderAttemptOver
    """
    digest, clinic = random_secrets.digest(secret), call.ids["clinic"]
    await homes.settle(call, lambda tx: attempts.with_secret(tx, digest, call.now))
    async with call.database.transaction() as tx:
        attempt = await attempts.with_secret(tx, digest, call.now)
        same = hmac.compare_digest(questions(secret).state.encode(), call.asked.state.encode(errors="replace"))
        if attempt is None or not same or attempt.clinic != clinic or not await attempts.finish(tx, attempt):
            raise ProviderAttemptOver
    return attempt


async def _prove(call: Call[ProviderReturn], attempt: Attempt, secret: str) -> Proved:
    asked, documents = call.asked, call.request.app[DOCUMENTS]
    async with call.database.transaction() as tx:
        provider = await going.provider_of(tx, attempt.clinic)
        client_secret = await secrets.decrypt(tx, call.settings, provider)
    discovery = await documents.discovery(provider.issuer)
    _check_sender(provider, asked.iss, named=discovery.authorization_response_iss_parameter_supported)
    if asked.code is None:
        raise ProviderRefused
    expected = questions(secret)
    handed_in = tokens.Exchange(
        code=asked.code,
        verifier=expected.verifier,
        redirect_uri=return_address(call.settings.public_origin, attempt.clinic),
    )
    given = await tokens.exchange(documents.fetcher, discovery, provider, client_secret, handed_in)
    vouched = await tokens.read(documents, provider, given, expected, call.now)
    return Proved(
        vouched=vouched,
        at=check_recent(attempt, vouched, call.now),
        with_factor=provider.counts_as_factor(vouched),
    )


def _check_sender(provider: Provider, sender: str | None, *, named: bool) -> None:
    """Refuse an answer that another provider sent (RFC 9207).

    Raises:
        TokenOfAnotherIssuer
    """
    if sender != provider.issuer and (named or sender is not None):
        raise TokenOfAnotherIssuer


async def _sign_in(call: Call[ProviderReturn], attempt: Attempt, proved: Proved) -> web.StreamResponse:
    async with call.database.transaction() as tx:
        person = await accounts.use(tx, attempt.clinic, proved.vouched, call.now)
    if person is None:
        raise NotLinked
    return await _go_in(call, Whose(attempt.clinic, person), proved)


async def _accept(call: Call[ProviderReturn], attempt: Attempt, proved: Proved) -> web.StreamResponse:
    if attempt.person is None or attempt.invitation is None:
        raise ProviderAttemptOver
    async with call.database.transaction() as tx:
        accepted = await invitations.accept(tx, attempt.clinic, attempt.invitation, call.now)
        if not accepted:
            raise LinkRevoked("This invitation was used or withdrawn a moment ago. Try to sign in.")
        await accounts.link(tx, attempt.clinic, attempt.person, proved.vouched, call.now)
        if await accounts.use(tx, attempt.clinic, proved.vouched, call.now) is None:
            raise LinkRevoked("Your access is switched off. Ask an administrator of your clinic.")
    return await _go_in(call, Whose(attempt.clinic, attempt.person), proved)


async def _go_in(call: Call[ProviderReturn], whose: Whose, proved: Proved) -> web.StreamResponse:
    """Sign in; who has a second factor here is asked for it, unless the provider's own counts."""
    call.concerns(whose.person)
    if not proved.with_factor:
        wanted = await sign_ins.ask_for_factor(call, whose)
        if wanted is not None:
            return respond(SignInAnswer(factor=wanted))
    by_provider = sign_ins.ByProvider(at=proved.at, with_factor=proved.with_factor)
    return await sign_ins.begin(call, whose, proved.factor_at, by_provider)


async def _link(call: Call[ProviderReturn], attempt: Attempt, proved: Proved) -> web.StreamResponse:
    person = _still_signed_in(call, attempt)
    async with call.database.transaction() as tx:
        await accounts.link(tx, attempt.clinic, person, proved.vouched, call.now)
    return respond(SignInAnswer())


async def _confirm(call: Call[ProviderReturn], attempt: Attempt, proved: Proved) -> web.StreamResponse:
    person, sign_in = _still_signed_in(call, attempt), call.own.sign_in
    async with call.database.transaction() as tx:
        if await accounts.use(tx, attempt.clinic, proved.vouched, call.now) != person:
            raise NotLinked("That is not the account that is linked with you.")
        await stored_sign_ins.confirm(tx, attempt.clinic, sign_in, call.now, factor=proved.with_factor)
        if proved.with_factor:
            await stored_sign_ins.take_factor_of_provider(tx, attempt.clinic, sign_in)
    return respond(SignInAnswer())


def _still_signed_in(call: Call[ProviderReturn], attempt: Attempt) -> str:
    """The person who began the attempt, in the same sign-in.

    Raises:
        NotSignedIn
    """
    if attempt.sign_in != call.own.sign_in or attempt.person != call.own.person:
        raise NotSignedIn
    call.acts(Actor(clinic=attempt.clinic, kind="person", id=call.own.person))
    return call.own.person


_ACTS = {"sign_in": _sign_in, "invitation": _accept, "link": _link, "confirm": _confirm}

ROUTES = (
    Route(
        method="POST", path="/api/providers/{clinic}/return", handler=come_back, who=ANYONE, audited=True,
        request=ProviderReturn, response=SignInAnswer,
    ),
)  # fmt: skip
