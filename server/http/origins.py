"""Where a request comes from: which web page made it, and from which network address."""

import msgspec
from aiohttp import web

from domain.errors import WrongOrigin
from runtime.proxies import neighbourhood_of, network_of

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Origin(msgspec.Struct, frozen=True):
    """Where a request comes from: its network address, and the network around it."""

    address: str
    network: str


def check(request: web.Request, public_origin: str) -> None:
    """Refuse a change asked for by another site's page. Programs, which send neither header, are not browsers.

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
    """Where a request comes from, behind our own proxy too."""
    come = (request.remote or "", request.headers.get("X-Forwarded-For", ""))
    return Origin(address=network_of(*come), network=neighbourhood_of(*come))
