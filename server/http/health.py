"""Whether the server works, and whether anything was set aside that an operator has to check."""

from typing import Literal

from runtime.release import VERSION
from server.http.calls import Call
from server.http.payloads import View
from server.http.routes import ANYONE, Route
from store.attendance import set_aside as set_aside_sessions
from store.chart import drafts as note_drafts
from store.ledger import set_aside


class Health(View, frozen=True, kw_only=True):
    """The server and its database answer. Only counts, since anyone may ask.

    `degraded` means that something was set aside: everything else goes on, and a restart repairs nothing.
    `vesper set-aside` lists what was set aside.
    """

    status: Literal["ok", "degraded"] = "ok"
    version: str = VERSION
    """The release that answers; during an upgrade of several servers, their releases may differ."""
    sessions_set_aside: int = 0
    """Sessions whose attendance or statements cannot be computed."""
    entries_set_aside: int = 0
    """Entries of nodes' journals that the database refuses permanently."""
    drafts_set_aside: int = 0
    """Drafts of notes that cannot become versions."""


async def show_health(call: Call[None]) -> Health:
    """The state of the server and its databases; 503 when a database does not answer."""
    sessions = entries = drafts = 0
    for database in call.services.databases:
        async with database.transaction() as tx:
            sessions += await set_aside_sessions.count(tx)
            entries += await set_aside.count(tx)
            drafts += await note_drafts.count_set_aside(tx)
    return Health(
        status="degraded" if sessions or entries or drafts else "ok",
        sessions_set_aside=sessions,
        entries_set_aside=entries,
        drafts_set_aside=drafts,
    )


ROUTES = (Route(method="GET", path="/api/health", handler=show_health, who=ANYONE, audited=False, response=Health),)
