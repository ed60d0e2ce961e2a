"""From bytes to Structs: a request's body, its query and the ids in its path, checked strictly."""

import asyncio
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.http import HttpProcessingError

from domain.errors import InvalidInput, Malformed, NotFound, RequestTooSlow, TooLarge, WrongContentType
from domain.ids import is_id
from server.http.errors import invalid
from server.http.routes import Route

COMPRESSED = "Send the request as it is, without a Content-Encoding."
BROKEN_OFF = "The request ended before it was whole. Send it again."


def ids(request: web.Request) -> dict[str, str]:
    """The ids in the path.

    Raises:
        NotFound: an id is no UUID, so nothing can have it.
    """
    found = dict(request.match_info)
    if not all(is_id(value) for value in found.values()):
        raise NotFound
    return found


async def asked(request: web.Request, route: Route) -> Any:
    """The decoded query of a GET, or body of any other request; None when the route takes nothing.

    Raises:
        InvalidInput, Malformed, RequestTooSlow, TooLarge, WrongContentType
    """
    if route.request is None:
        return None
    if route.method == "GET":
        return _query(request, route.request)
    if request.content_type != "application/json":
        raise WrongContentType
    if any(encoding.strip().lower() != "identity" for encoding in request.headers.getall("Content-Encoding", ())):
        raise WrongContentType(COMPRESSED)
    return _body(await _in_time(request, route), route.request)


def _query(request: web.Request, shape: Any) -> Any:
    names = (field.encode_name for field in msgspec.structs.fields(shape))
    if twice := next((name for name in names if len(request.query.getall(name, ())) > 1), None):
        raise InvalidInput("It is given twice.", f"$.{twice}")
    try:
        return msgspec.convert(dict(request.query), shape, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(error) from None


def _body(text: bytes, shape: Any) -> Any:
    try:
        return msgspec.json.decode(text, type=shape)
    except msgspec.ValidationError as error:
        raise invalid(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed from None


async def _in_time(request: web.Request, route: Route) -> bytes:
    try:
        async with asyncio.timeout(route.body_seconds):
            return await _read(request, route.body_limit)
    except TimeoutError:
        raise RequestTooSlow from None
    except (web.RequestPayloadError, HttpProcessingError, ConnectionError):  # no chunks, or the end came too soon
        raise Malformed(BROKEN_OFF) from None


async def _read(request: web.Request, limit: int) -> bytes:
    if (request.content_length or 0) > limit:
        raise TooLarge
    parts: list[bytes] = []
    size = 0
    async for part in request.content.iter_any():
        size += len(part)
        if size > limit:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)
