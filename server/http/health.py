"""Whether the server can do its work, and whether anything was set aside that an operator has to look at."""

from typing import Literal

from runtime.release import VERSION
from server.http.calls import Call
from server.http.payloads import View
from server.http.routes import ANYONE, Route
from store.attendance import set_aside as set_aside_sessions
from store.chart import drafts as note_drafts
from store.ledger import set_aside


class Health(View, frozen=True, kw_only=True):
    """The server answers and so does its database. Counts alone: whoever asks is nobody in particular.

    `degraded` says that something was set aside: all the rest goes on, and to start a process again mends nothing.
    `vesper set-aside` lists what it is.
    """

    status: Literal["ok", "degraded"] = "ok"
    version: str = VERSION
    """The release that answers; while several servers are being renewed, they may differ."""
    sessions_set_aside: int = 0
    """Sessions whose attendance or statements cannot be worked out."""
    entries_set_aside: int = 0
    """Entries of nodes' journals that the database refuses for ever."""
    drafts_set_aside: int = 0
    """Drafts of notes that cannot be made versions of them."""


async def show_health(call: Call[None]) -> Health:
    """How the server and its databases are; 503 when one does not answer."""
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
