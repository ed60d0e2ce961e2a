"""From a route to an answer: the caller, the decoded request, the handler and the access audit, for every route."""

import logging
from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from domain.errors import Refusal
from domain.people.roles import READS_ONLY
from server.http import callers, decoding, homes, origins
from server.http.calls import Call, Caller, Services, SignedIn
from server.http.errors import STATUS
from server.http.routes import Route, Staff
from store.privacy import access_audit

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 1.8
"""The total time that a request waits for the database; the answer is then 503, within two seconds."""
_WORTH_COMPRESSING = 1024
"""Bytes. A shorter answer fits one packet uncompressed."""
_RECORDS = frozenset({"person", "session", "program", "token"})
"""The ids in a path that name subjects for the access access_audit."""


def answering(route: Route, services: Services) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The handler that aiohttp calls for `route`."""

    async def answer(request: web.Request) -> web.StreamResponse:
        now = services.clock()
        origins.check(request, services.settings.public_origin)
        ids = decoding.ids(request)
        home, caller = await homes.identify(request, services.patient_for(PATIENCE_SECONDS), now)
        call = Call[None](request, home, now, caller, ids, None)
        if subjects := [id for name, id in ids.items() if name in _RECORDS]:
            call.concerns(*subjects)
        return await (_audited(route, call) if route.audited or _is_watched(route, caller) else _handled(route, call))

    return answer


def _is_watched(route: Route, caller: Caller | None) -> bool:
    """Whether the access audit records the call because of who calls: each read of an auditor."""
    return isinstance(route.who, Staff) and isinstance(caller, SignedIn) and not READS_ONLY.isdisjoint(caller.roles)


async def _handled(route: Route, call: Call[None]) -> web.StreamResponse:
    callers.admit(route, call.caller)
    call.asked = await decoding.asked(call.request, route)
    response = respond(await route.handler(call), route.status)
    if route.method == "GET" and route.response is not None:
        _compress(response)
    return response


def _compress(response: web.StreamResponse) -> None:
    """Compress a long answer to a GET. Other answers may hold a secret, which the compressed length could betray."""
    if isinstance(response, web.Response) and (response.content_length or 0) >= _WORTH_COMPRESSING:
        response.enable_compression()


async def _audited(route: Route, call: Call[None]) -> web.StreamResponse:
    """Answer, and write the audit row before the answer leaves: without a row there is no answer."""
    status = 500
    try:
        response = await _handled(route, call)
        status = response.status
        _check_named(route, call)
    except Refusal as refusal:
        status = STATUS.get(refusal.code, status)
        raise
    finally:
        await _write_access(route, call, status)
    return response


def _check_named(route: Route, call: Call[None]) -> None:
    """Report an audited handler that names no subject, which is a bug: its audit row would be worthless."""
    if call.named or call.actor is None or not route.audited:
        return
    if call.services.strict:
        raise AssertionError(f"{route.method} {route.path} is audited and names no subject")
    log.error("an audited route names no subject", extra={"route": route.path})


async def _write_access(route: Route, call: Call[None], status: int) -> None:
    if call.actor is None or call.untraced:
        return
    access = access_audit.Access(
        clinic=call.actor.clinic,
        at=call.now,
        actor_kind=call.actor.kind,
        actor=call.actor.id,
        method=route.method,
        route=route.path,
        subjects=sorted(call.subjects),
        status=status,
    )
    async with call.database.transaction() as tx:
        await access_audit.append(tx, access)


def respond(answer: msgspec.Struct | web.StreamResponse | None, status: int = 200) -> web.StreamResponse:
    """A handler's answer as a response: a shape as JSON, None as 204, a response as it is."""
    if isinstance(answer, web.StreamResponse):
        return answer
    if answer is None:
        return web.Response(status=204)
    return web.Response(status=status, body=msgspec.json.encode(answer), content_type="application/json")
