"""Whether the server works, and how much an operator has to check: counts, for anyone who asks."""

from datetime import timedelta

from domain.chart.notes import SealedDraft
from domain.projection.gathering import Aside
from runtime.release import VERSION
from store.attendance import set_aside as set_aside_sessions
from store.chart import drafts as note_drafts
from store.database import Database
from store.ledger import set_aside
from store.ledger.set_aside import SetAside
from tests.server.conftest import EVENING, Browser, House


async def test_health_is_ok_while_nothing_is_set_aside(visitor: Browser) -> None:
    answer = await visitor.get("/api/health")
    assert (answer.status, answer.body["status"]) == (200, "ok")
    assert answer.body["version"] == VERSION


async def test_health_counts_what_is_set_aside_and_names_nobody(
    visitor: Browser, house: House, database: Database
) -> None:
    """The server still answers 200, because a restart would repair nothing."""
    aside = Aside(session=house.session, clinic=house.clinic, position=7, reason="fact_unreadable")
    draft = SealedDraft(
        clinic=house.clinic, session=house.session, client=house.client, kind="progress", author=house.facilitator,
        revision=1, at=EVENING + timedelta(minutes=10), key_id="k", sealed=b"",
    )  # fmt: skip
    async with database.transaction() as tx:
        for consumer in ("attendance", "statements"):
            await set_aside_sessions.keep(tx, consumer, aside, "1")
        await set_aside.keep(tx, SetAside(kind="fact", reason="DataError 22003", entry=b"{}"))
        await note_drafts.save(tx, draft)
        await note_drafts.set_aside(tx, draft.clinic, draft.note.id)
    answer = await visitor.get("/api/health")
    assert answer.status == 200
    assert answer.body == {
        "status": "degraded",
        "version": VERSION,
        "sessions_set_aside": 1,
        "entries_set_aside": 1,
        "drafts_set_aside": 1,
    }
