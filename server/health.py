"""Whether the server can do its work."""

from typing import Literal

from server.calls import Call
from server.payloads import View
from server.routes import ANYONE, Route


class Health(View, frozen=True, kw_only=True):
    """The server answers and so does its database."""

    status: Literal["ok"] = "ok"


def routes() -> list[Route]:
    """One: health."""
    return [Route(method="GET", path="/api/health", handler=show_health, who=ANYONE, audited=False, response=Health)]


async def show_health(call: Call[None]) -> Health:
    """Whether the server and its database answer; 503 when the database does not."""
    async with call.database.transaction() as tx:
        await tx.execute("SELECT")
    return Health()
