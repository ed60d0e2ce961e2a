"""What a route declares: its address, who may call it, what it takes and answers, and whether it is audited. The
OpenAPI document is made from these declarations; each handler module lists its own in `ROUTES`.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

import msgspec
from aiohttp import web

from domain.access.standing import Standing
from domain.people.roles import Permission
from server.http.calls import Call

Method = Literal["GET", "POST", "PUT", "DELETE"]
Handler = Callable[[Call[Any]], Awaitable[msgspec.Struct | web.StreamResponse | None]]
"""Its result is sent as JSON: a view, or a shape of the domain that may be shown whole; None is 204."""

BODY_LIMIT = 64 * 1024
"""The most bytes of a request body, unless a route sets its own limit."""
BODY_SECONDS = 10.0
"""How long a body may take to arrive, unless a route sets its own limit."""


class Anyone(msgspec.Struct, frozen=True):
    """Anyone, signed in or not; `call.caller` holds the sign-in if there is one."""


class Staff(msgspec.Struct, frozen=True):
    """Staff who are signed in with a role that has the permission; `borne` are the standings, besides `open`, in which
    the sign-in may use the route."""

    may: Permission
    borne: tuple[Standing, ...] = ()


class Scope(msgspec.Struct, frozen=True):
    """A program with an API token of this scope."""

    name: Literal["feed"]


ANYONE = Anyone()
BILLING = Scope("feed")


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One method at one address of the API.

    `path` names its ids in braces (`/api/persons/{person}`); an id that is no UUID is answered 404. `request` is
    the Struct of the JSON body or of a GET's query; `response` is the Struct answered, or None for 204.
    An `audited` route writes an access-audit row with the subjects that its handler passed to `call.concerns`. A
    handler that answers with its own response (a cookie, a document) sets its own status.
    """

    method: Method
    path: str
    handler: Handler
    who: Anyone | Staff | Scope
    audited: bool
    request: Any = None
    response: Any = None
    status: int = 200
    reads: bool = False
    """Whether a POST only reads: its question travels in the body because it must stand in no address."""
    body_limit: int = BODY_LIMIT
    body_seconds: float = BODY_SECONDS

    @property
    def changes(self) -> bool:
        """Whether the route changes anything but the access audit."""
        return self.method != "GET" and not self.reads

    @property
    def summary(self) -> str:
        """The first line of the handler's docstring."""
        return (self.handler.__doc__ or "").strip().split("\n")[0]
