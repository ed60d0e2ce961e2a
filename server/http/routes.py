"""What a route says of itself. From these come the address, who may call it, what it takes and gives, whether it is
audited, and its page in the OpenAPI document; a handler module lists its own in `ROUTES`.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

import msgspec
from aiohttp import web

from domain.people.roles import StaffRole
from server.http.calls import Call

Method = Literal["GET", "POST", "PUT", "DELETE"]
Handler = Callable[[Call[Any]], Awaitable[msgspec.Struct | web.StreamResponse | None]]
"""What it answers is sent as JSON: a view, or a shape of the domain that may be seen whole; None is 204."""

BODY_LIMIT = 64 * 1024
"""Bytes a request body may have, where a route does not say otherwise."""


BODY_SECONDS = 10.0
"""How long a body may take to arrive, where a route does not say otherwise."""


class Anyone(msgspec.Struct, frozen=True):
    """No sign-in asked for; where there is one, `call.caller` holds it."""


class Staff(msgspec.Struct, frozen=True):
    """Whoever is signed in with one of these roles."""

    roles: frozenset[StaffRole]


class Scope(msgspec.Struct, frozen=True):
    """A program with an API token of this scope."""

    name: Literal["feed"]


ANYONE = Anyone()
ANY_STAFF = Staff(frozenset({"facilitator", "supervisor", "administrator"}))
OVERSEERS = Staff(frozenset({"supervisor", "administrator"}))
ADMINISTRATORS = Staff(frozenset({"administrator"}))
BILLING = Scope("feed")


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One address and method of the API.

    `path` names its ids in braces (`/api/persons/{person}`): each must be a UUID, or nothing is found. `request` is
    the Struct of the JSON body or, of a GET, of the query; `response` the Struct answered, or None for 204.
    An `audited` route writes an access-audit row with what the handler told `call.concerns`. A handler that answers
    with a response of its own (a cookie, a document) sets its own status.
    """

    method: Method
    path: str
    handler: Handler
    who: Anyone | Staff | Scope
    audited: bool
    request: Any = None
    response: Any = None
    status: int = 200
    body_limit: int = BODY_LIMIT
    body_seconds: float = BODY_SECONDS

    @property
    def summary(self) -> str:
        """The first line of the handler's docstring."""
        return (self.handler.__doc__ or "").strip().split("\n")[0]
