"""Refusals at the HTTP edge: a status for each code, and problem details (RFC 9457) for every failed request."""

import logging
import re
import traceback

import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from domain.decoding import without_values
from domain.errors import (
    InvalidInput,
    MethodNotAllowed,
    NotFound,
    NotSignedIn,
    Refusal,
    TooLarge,
    TooManyAttempts,
    WrongCredentials,
)
from runtime.clock import new_id
from server.http.payloads import Problem

log = logging.getLogger(__name__)

REQUEST_ID = web.RequestKey("request_id", str)
"""The key of the request's id, which logs and the answer to an internal error carry."""

STATUS: dict[str, int] = {
    "malformed": 400,
    "not_signed_in": 401,
    "wrong_credentials": 401,
    "wrong_factor": 403,
    "factor_missing": 403,
    "confirmation_wanted": 403,
    "provider_refused": 403,
    "not_linked": 403,
    "token_of_another_issuer": 403,
    "token_for_another": 403,
    "token_of_another_sign_in": 403,
    "token_not_signed": 403,
    "token_expired": 403,
    "token_unreadable": 403,
    "token_too_old": 403,
    "forbidden": 403,
    "wrong_origin": 403,
    "identity_needed": 403,
    "wrong_code": 403,
    "not_on_roster": 403,
    "licence_missing": 409,
    "on_leave": 403,
    "discharged": 403,
    "not_found": 404,
    "link_unknown": 404,
    "method_not_allowed": 405,
    "request_too_slow": 408,
    "conflict": 409,
    "session_not_open": 409,
    "rule_not_agreed": 409,
    "session_over": 409,
    "has_facilitator": 409,
    "session_cancelled": 409,
    "session_begun": 409,
    "note_already_signed": 409,
    "note_unreadable": 409,
    "session_set_aside": 409,
    "reset_unknown": 410,
    "provider_attempt_over": 410,
    "link_expired": 410,
    "link_revoked": 410,
    "too_large": 413,
    "wrong_content_type": 415,
    "invalid_input": 422,
    "locked": 423,
    "too_many_attempts": 429,
    "provider_unusable": 502,
    "provider_away": 503,
    "rooms_unavailable": 503,
    "database_away": 503,
}
"""The status of each refusal that a handler may raise. All others belong to the sockets and are bugs here."""

RETRY_AFTER_S = 5
"""Seconds after which a 503 suggests another attempt."""

_PATH = re.compile(r"^(?P<sentence>.*) - at `(?P<path>\$[^`]*)`$", re.DOTALL)


def invalid(error: msgspec.ValidationError) -> InvalidInput:
    """The refusal for input of the wrong shape, with the path to the field."""
    said = without_values(error)
    parts = _PATH.match(said)
    sentence, path = (parts["sentence"], parts["path"]) if parts else (said, "$")
    if " matching regex " in sentence:
        return InvalidInput("This is not of the form that is asked for here.", path)
    return InvalidInput(f"{sentence}.", path)


@web.middleware
async def answer_problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer refusals and failures of handlers with problem details."""
    request[REQUEST_ID] = new_id()
    try:
        return await handler(request)
    except Refusal as refusal:
        return _refused(request, refusal) if refusal.code in STATUS else _bug(request, refusal)
    except web.HTTPMethodNotAllowed as error:
        response = problem(MethodNotAllowed())
        response.headers["Allow"] = ", ".join(sorted(error.allowed_methods))
        return response
    except web.HTTPNotFound:
        return problem(NotFound())
    except web.HTTPRequestEntityTooLarge:
        return problem(TooLarge())
    except web.HTTPException:
        raise
    except Exception as error:
        return _bug(request, error)


def _refused(request: web.Request, refusal: Refusal) -> web.Response:
    if STATUS[refusal.code] >= 500:
        details = {"request": request[REQUEST_ID], "route": route_of(request), "code": refusal.code}
        log.warning("could not answer", extra=details)
    return problem(refusal)


def problem(refusal: Refusal) -> web.Response:
    """The answer to a refusal."""
    path = refusal.path if isinstance(refusal, InvalidInput) else None
    response = _respond(refusal.code, STATUS[refusal.code], refusal.sentence, path)
    if isinstance(refusal, TooManyAttempts):
        response.headers["Retry-After"] = str(refusal.retry_after_s)
    elif response.status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    elif isinstance(refusal, NotSignedIn | WrongCredentials):
        # RFC 9110 §11.6.1 requires a challenge; no browser opens a dialogue for this one.
        response.headers["WWW-Authenticate"] = 'Bearer realm="vesper"'
    return response


def _bug(request: web.Request, error: Exception) -> web.Response:
    # Without the error's own message: a database error quotes the values that it refused.
    frames = "".join(traceback.format_tb(error.__traceback__))
    details = {"request": request[REQUEST_ID], "route": route_of(request), "error": type(error).__qualname__}
    log.error("internal error\n%s", frames, extra=details)
    return _respond("internal_error", 500, f"Internal error. Its number is {request[REQUEST_ID]}.", None)


def route_of(request: web.Request) -> str:
    """The pattern of the requested address, without its values."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"


def _respond(code: str, status: int, detail: str, path: str | None) -> web.Response:
    title = code.replace("_", " ").capitalize()
    body = Problem(type=f"urn:vesper:problem:{code}", title=title, status=status, detail=detail, code=code, path=path)
    return web.Response(status=status, body=msgspec.json.encode(body), content_type="application/problem+json")
