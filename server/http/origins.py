"""The origin of a request: the web page that made it, and its network address."""

import msgspec
from aiohttp import web

from domain.errors import WrongOrigin
from runtime.proxies import neighbourhood_of, network_of

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Origin(msgspec.Struct, frozen=True):
    """The network address of a request, and the network around it."""

    address: str
    network: str


def check(request: web.Request, public_origin: str) -> None:
    """Refuse a change that another site's page requests. Programs are no browsers and send neither header.

    Raises:
        WrongOrigin
    """
    if request.method in _READING:
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if origin not in (None, public_origin) or site != "same-origin":
        raise WrongOrigin


def origin_of(request: web.Request) -> Origin:
    """The origin of a request, also behind our own proxy."""
    come = (request.remote or "", request.headers.get("X-Forwarded-For", ""))
    return Origin(address=network_of(*come), network=neighbourhood_of(*come))
